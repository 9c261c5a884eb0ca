package org.selfdiff.nodes.slides.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.Rows;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.nodes.common.UnreadableSlide;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.slides.ExportTiles;

/** From the Tile Exporter's settings and table to {@link ExportTiles} and back. */
final class TileExporterNode {
    private static final double FILES_SHARE = 0.7;

    private TileExporterNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        TileTable.check(in.getInTableSpec(0), "Tiles");
        out.setOutSpec(0, added(in.getInTableSpec(0), in.getParameters()).spec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final TileExporterParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final BufferedDataTable table = in.getInTable(0);
            final List<Tile> tiles = TileTable.read(table);
            if (tiles.isEmpty()) {
                control.warn(TileTable.EMPTY);
                out.setOutData(
                        0,
                        exec.createVoidTable(added(table.getDataTableSpec(), p).spec()));
                return;
            }
            final Optional<ExportTiles.Result> written = p.folder.isBlank()
                    ? Optional.empty()
                    : Optional.of(ExportTiles.run(
                            new ExportTiles.Request(
                                    tiles,
                                    UserPath.resolve(p.folder, "Folder"),
                                    ExportTiles.Format.valueOf(p.format.name()),
                                    p.quality,
                                    p.labels ? Optional.of(p.maskValues.coding(p.classColours)) : Optional.empty(),
                                    p.onFailure.policy(),
                                    p.threads),
                            control.part(0, p.withPictures ? FILES_SHARE : 1)));
            final RunControl rest = control.part(p.folder.isBlank() ? 0 : FILES_SHARE, 1);
            out.setOutData(0, exported(exec, p, table, tiles, written, rest));
        });
    }

    private static AddedColumns added(final DataTableSpec table, final TileExporterParameters p) {
        final AddedColumns columns = AddedColumns.to(table);
        if (!p.folder.isBlank()) {
            columns.add(new DataColumnSpecCreator("File", StringCell.TYPE).createSpec());
            columns.add(new DataColumnSpecCreator("Label file", StringCell.TYPE).createSpec());
        }
        if (p.withPictures) {
            columns.add(new DataColumnSpecCreator("Picture", PNGImageContent.TYPE).createSpec());
        }
        return columns;
    }

    private static BufferedDataTable exported(
            final ExecutionContext exec,
            final TileExporterParameters p,
            final BufferedDataTable table,
            final List<Tile> tiles,
            final Optional<ExportTiles.Result> written,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final AddedColumns columns = added(table.getDataTableSpec(), p);
        final BufferedDataContainer container = exec.createDataContainer(columns.spec());
        final WorkflowFolder workflow = WorkflowFolder.current();
        final Pace pace = new Pace("pictures", 0, tiles.size());
        try (Rows rows = new Rows(table);
                PictureCache cache = PictureCache.standard();
                Workers workers = p.threads > 0 ? new Workers(p.threads) : Workers.all()) {
            workers.<Shown>inOrder(
                    tiles.size(),
                    (i, c) -> {
                        final double share = (double) i / tiles.size();
                        return p.withPictures && !leftOut(written, i)
                                ? picture(p, tiles.get(i), cache, c.part(share, share))
                                : Shown.NOTHING;
                    },
                    (i, shown) -> {
                        shown.failure.ifPresent(failure -> control.warn(failure.getMessage()));
                        // a tile that could not be read has no row
                        if (!leftOut(written, i) && shown.failure.isEmpty()) {
                            final Optional<ExportTiles.TileFiles> files =
                                    written.flatMap(result -> result.files().get(i));
                            container.addRowToTable(columns.row(rows.at(i), cells(files, shown.png, workflow)));
                        }
                        control.progress((i + 1.0) / tiles.size(), pace.line(i + 1));
                    },
                    control);
        }
        container.close();
        return container.getTable();
    }

    /** Whether files were written, but none of this tile, because its slide cannot be read; that is reported then. */
    private static boolean leftOut(final Optional<ExportTiles.Result> written, final int tile) {
        return written.isPresent() && written.get().files().get(tile).isEmpty();
    }

    /**
     * What the table shows of a tile.
     *
     * @param png its pixels as a PNG file, if asked for
     * @param failure why it cannot be read
     */
    private record Shown(Optional<byte[]> png, Optional<RunFailed> failure) {
        private static final Shown NOTHING = new Shown(Optional.empty(), Optional.empty());
    }

    private static Shown picture(
            final TileExporterParameters p, final Tile tile, final PictureCache cache, final RunControl control)
            throws RunFailed, RunCancelled {
        try {
            return new Shown(Optional.of(PngEncoder.picture(cache.pixels(tile, control))), Optional.empty());
        } catch (final RunFailed e) {
            if (p.onFailure == UnreadableSlide.FAIL) {
                throw e;
            }
            return new Shown(Optional.empty(), Optional.of(e));
        }
    }

    private static List<DataCell> cells(
            final Optional<ExportTiles.TileFiles> files, final Optional<byte[]> png, final WorkflowFolder workflow) {
        final List<DataCell> cells = new ArrayList<>();
        files.ifPresent(of -> {
            cells.add(new StringCell(workflow.name(of.picture())));
            cells.add(TileTable.text(of.labels().map(workflow::name)));
        });
        png.ifPresent(bytes -> cells.add(TrainingOutput.png(bytes)));
        return cells;
    }
}
