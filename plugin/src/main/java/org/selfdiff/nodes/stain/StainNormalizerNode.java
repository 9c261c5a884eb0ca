package org.selfdiff.nodes.stain;

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
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.stain.StainFit;
import org.selfdiff.imaging.stain.StainMethod;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.NormalizeStain;

/** From the Stain Normalizer's settings and table to {@link NormalizeStain} and back. */
final class StainNormalizerNode {
    private StainNormalizerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        TileTable.check(in.getInTableSpec(0), "Tiles");
        out.setOutSpecs(TileTable.spec(), slidesSpec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final StainNormalizerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final NormalizeStain.Result result = NormalizeStain.run(
                    new NormalizeStain.Request(
                            TileTable.read(in.getInTable(0)),
                            StainMethod.valueOf(p.method.name()),
                            target(p),
                            p.threads),
                    control);
            out.setOutData(TileTable.write(exec, result.tiles()), slides(exec, result));
        });
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

    private static BufferedDataTable slides(final ExecutionContext exec, final NormalizeStain.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(slidesSpec());
        for (final NormalizeStain.SlideLook look : result.slides()) {
            container.addRowToTable(new DefaultRow(
                    "Slide" + container.size(),
                    new StringCell(look.image().toString()),
                    TileTable.text(look.fit().map(StainFit::text)),
                    new StringCell(result.target().text()),
                    TrainingOutput.png(PngEncoder.picture(look.before())),
                    look.after()
                            .map(after -> TrainingOutput.png(PngEncoder.picture(after)))
                            .orElseGet(DataType::getMissingCell),
                    new StringCell(look.note())));
        }
        container.close();
        return container.getTable();
    }
}
