package org.selfdiff.nodes.tiler;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.grid.TileGrid;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.PictureTable;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.CutTiles;

/** From the Tiler's settings and tables to {@link CutTiles} and back. */
final class TilerNode {
    static final String PICTURES = "Pictures";

    private TilerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final TilerParameters parameters = in.getParameters();
        if (parameters.imageFolder.isBlank()) {
            if (in.getInPortSpecs().length == 0) {
                throw new InvalidSettingsException(
                        "There are no pictures. Set an image folder, or add the input port and connect a table of pictures.");
            }
            PictureTable.check((DataTableSpec) in.getInPortSpecs()[0], PICTURES);
        }
        out.setOutSpecs(TileTable.spec(), reportSpec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final TilerParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final CutTiles.Result result = CutTiles.run(request(parameters, in.getInPortObjects()), control);
            if (result.tiles().isEmpty()) {
                control.warn("No tile has enough tissue. Lower the minimum, or look at the picture report.");
            }
            out.setOutData(TileTable.write(exec, result.tiles()), report(exec, result.report()));
        });
    }

    private static CutTiles.Request request(final TilerParameters p, final PortObject[] ports) throws RunFailed {
        return new CutTiles.Request(
                p.imageFolder.isBlank()
                        ? new PictureFiles.Listed(PictureTable.read((BufferedDataTable) ports[0]))
                        : folder(p),
                new TileGrid(p.tileSize, p.tileSize - p.overlap, TileGrid.Border.valueOf(p.border.name())),
                p.minTissue,
                switch (p.groupBy) {
                    case PICTURE -> Grouping.byPicture();
                    case FOLDER -> Grouping.byFolder();
                    case PATTERN -> Grouping.byPattern(p.groupPattern);
                },
                p.masksRequired,
                CutTiles.OnFailure.valueOf(p.onFailure.name()),
                DecodeLimits.standard());
    }

    private static PictureFiles folder(final TilerParameters p) throws RunFailed {
        final Optional<Path> masks =
                p.maskFolder.isBlank() ? Optional.empty() : Optional.of(UserPath.resolve(p.maskFolder, "Mask folder"));
        return new PictureFiles.Folder(
                UserPath.resolve(p.imageFolder, "Image folder"), p.recursive, masks, p.maskSuffix);
    }

    private static DataTableSpec reportSpec() {
        return new DataTableSpec(
                new String[] {"Image", "Mask", "Group", "Width", "Height", "Tiles", "Dropped", "Note"}, new DataType[] {
                    StringCell.TYPE,
                    StringCell.TYPE,
                    StringCell.TYPE,
                    IntCell.TYPE,
                    IntCell.TYPE,
                    IntCell.TYPE,
                    IntCell.TYPE,
                    StringCell.TYPE
                });
    }

    private static BufferedDataTable report(final ExecutionContext exec, final List<CutTiles.PictureReport> report) {
        final BufferedDataContainer container = exec.createDataContainer(reportSpec());
        long row = 0;
        for (final CutTiles.PictureReport r : report) {
            final DataCell missing = DataType.getMissingCell();
            container.addRowToTable(new DefaultRow(
                    "Picture" + row++,
                    new StringCell(r.image().toString()),
                    r.mask().isPresent() ? new StringCell(r.mask().get().toString()) : missing,
                    new StringCell(r.group()),
                    r.failed() ? missing : new IntCell(r.width()),
                    r.failed() ? missing : new IntCell(r.height()),
                    new IntCell(r.kept()),
                    new IntCell(r.dropped()),
                    new StringCell(r.note())));
        }
        container.close();
        return container.getTable();
    }
}
