package org.selfdiff.nodes.slides.stain;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
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
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.stain.StainFit;
import org.selfdiff.imaging.stain.StainMethod;
import org.selfdiff.imaging.stain.StainTransform;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.Rows;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.slides.NormalizeStain;

/** From the Stain Normalizer's settings and table to {@link NormalizeStain} and back. */
final class StainNormalizerNode {
    private StainNormalizerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DataTableSpec table = in.getInTableSpec(0);
        TileTable.check(table, "Tiles");
        out.setOutSpecs(TileTable.restained(table, image -> Optional.empty()).createSpec(), slidesSpec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final StainNormalizerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final BufferedDataTable table = in.getInTable(0);
            final List<Tile> tiles = TileTable.read(table);
            if (tiles.isEmpty()) {
                control.warn(TileTable.EMPTY);
                out.setOutData(restained(exec, table, image -> Optional.empty()), exec.createVoidTable(slidesSpec()));
                return;
            }
            final BufferedDataContainer slides = exec.createDataContainer(slidesSpec());
            final NormalizeStain.Result result = NormalizeStain.run(
                    new NormalizeStain.Request(
                            tiles, StainMethod.valueOf(p.method.name()), target(p), p.onFailure.policy(), p.threads),
                    look -> slides.addRowToTable(new DefaultRow("Slide" + slides.size(), cells(look))),
                    control);
            slides.close();
            final BufferedDataTable readable = Rows.keep(
                    exec, table, i -> !result.unreadable().contains(tiles.get(i).image()), control);
            out.setOutData(restained(exec, readable, result::change), slides.getTable());
        });
    }

    private static BufferedDataTable restained(
            final ExecutionContext exec,
            final BufferedDataTable table,
            final Function<Path, Optional<StainTransform>> change)
            throws CanceledExecutionException {
        return exec.createColumnRearrangeTable(
                table, TileTable.restained(table.getDataTableSpec(), change), exec.createSilentSubProgress(0));
    }

    private static NormalizeStain.Target target(final StainNormalizerParameters p) throws RunFailed {
        return switch (p.commonLook) {
            case STANDARD -> new NormalizeStain.Target.Standard();
            case FIRST -> new NormalizeStain.Target.OfFirst();
            case PICTURE -> new NormalizeStain.Target.OfPicture(UserPath.resolve(p.picture, "Picture"));
        };
    }

    private static DataTableSpec slidesSpec() {
        return new DataTableSpec(
                new String[] {TileTable.IMAGE, "Look", "Common look", "Before", "After", "Note"}, new DataType[] {
                    StringCell.TYPE,
                    StringCell.TYPE,
                    StringCell.TYPE,
                    PNGImageContent.TYPE,
                    PNGImageContent.TYPE,
                    StringCell.TYPE
                });
    }

    private static DataCell[] cells(final NormalizeStain.SlideLook look) {
        return new DataCell[] {
            new StringCell(WorkflowFolder.current().name(look.image())),
            TileTable.text(look.fit().map(StainFit::text)),
            new StringCell(look.target().text()),
            png(look.before()),
            png(look.after()),
            new StringCell(look.note())
        };
    }

    private static DataCell png(final Optional<Picture> picture) {
        return picture.map(p -> TrainingOutput.png(PngEncoder.picture(p))).orElseGet(DataType::getMissingCell);
    }
}
