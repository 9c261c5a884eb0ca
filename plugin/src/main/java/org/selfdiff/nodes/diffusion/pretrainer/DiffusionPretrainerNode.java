package org.selfdiff.nodes.diffusion.pretrainer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.nodes.common.ModelStore;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.PretrainDiffusion;

/** From the Diffusion Pretrainer's settings and table to {@link PretrainDiffusion} and back. */
final class DiffusionPretrainerNode {
    private static final int CHANNELS = 3;

    private DiffusionPretrainerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DiffusionPretrainerParameters p = in.getParameters();
        TileTable.check(in.getInTableSpec(0), "Tiles");
        try {
            out.setOutSpecs(
                    new ModelPortSpec(PretrainDiffusion.planned(p.network.spec(CHANNELS), p.process())),
                    TrainingOutput.logSpec(),
                    TrainingOutput.picturesSpec());
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final DiffusionPretrainerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final FileStore store = ModelStore.create(exec);
            final PretrainDiffusion.Result result = PretrainDiffusion.run(
                    new PretrainDiffusion.Request(
                            TileTable.read(in.getInTable(0)),
                            p.network.spec(CHANNELS),
                            p.process(),
                            p.training.plan(p.checkpoints, p.training.steps),
                            p.augment,
                            p.compute.seed,
                            DeviceChoice.parse(p.compute.device),
                            p.checkpoints.path(),
                            p.samples,
                            p.sampler.sampler(p.sampleSteps),
                            ModelStore.file(store)),
                    control);
            final Map<String, byte[]> pictures = new LinkedHashMap<>();
            pictures.put("Loss curve", TrainingOutput.curve("Diffusion pre-training", result.log()));
            result.samples().ifPresent(samples -> pictures.put("Samples", PngEncoder.picture(samples)));
            out.setOutData(
                    new ModelPortObject(result.card(), store),
                    TrainingOutput.log(exec, result.log()),
                    TrainingOutput.pictures(exec, pictures));
        });
    }
}
