package org.selfdiff.nodes.diffusion.autoencoder;

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
import org.selfdiff.stages.diffusion.LearnAutoencoder;

/** From the Autoencoder Learner's settings and table to {@link LearnAutoencoder} and back. */
final class AutoencoderLearnerNode {
    private AutoencoderLearnerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final AutoencoderLearnerParameters p = in.getParameters();
        TileTable.check(in.getInTableSpec(0), "Tiles");
        try {
            out.setOutSpecs(
                    new ModelPortSpec(LearnAutoencoder.planned(p.spec())),
                    TrainingOutput.logSpec(),
                    TrainingOutput.picturesSpec());
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final AutoencoderLearnerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final FileStore store = ModelStore.create(exec);
            final LearnAutoencoder.Result result = LearnAutoencoder.run(
                    new LearnAutoencoder.Request(
                            TileTable.read(in.getInTable(0)),
                            p.spec(),
                            p.divergence,
                            p.training.plan(p.checkpoints, p.training.steps),
                            p.augment,
                            p.compute.seed,
                            DeviceChoice.parse(p.compute.device),
                            p.checkpoints.path(),
                            ModelStore.file(store)),
                    control);
            final Map<String, byte[]> pictures = new LinkedHashMap<>();
            pictures.put("Loss curve", TrainingOutput.curve("Autoencoder", result.log()));
            pictures.put("Tiles and their copies", PngEncoder.picture(result.comparison()));
            out.setOutData(
                    new ModelPortObject(result.card(), store),
                    TrainingOutput.log(exec, result.log()),
                    TrainingOutput.pictures(exec, pictures));
        });
    }
}
