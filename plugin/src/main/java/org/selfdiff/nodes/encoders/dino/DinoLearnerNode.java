package org.selfdiff.nodes.encoders.dino;

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
import org.selfdiff.nodes.common.ModelStore;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.stages.encoders.LearnDino;

/** From the DINO Learner's settings and table to {@link LearnDino} and back. */
final class DinoLearnerNode {
    private static final String ENTROPY = "Teacher entropy";

    private DinoLearnerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DinoLearnerParameters p = in.getParameters();
        TileTable.check(in.getInTableSpec(0), "Tiles");
        out.setOutSpecs(
                new ModelPortSpec(LearnDino.planned(p.spec(), p.views())),
                TrainingOutput.logSpec(ENTROPY),
                TrainingOutput.picturesSpec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final DinoLearnerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final FileStore store = ModelStore.create(exec);
            final LearnDino.Result result = LearnDino.run(
                    new LearnDino.Request(
                            TileTable.read(in.getInTable(0)),
                            p.spec(),
                            p.views(),
                            p.head(),
                            p.plan(),
                            p.finalDecay,
                            p.temperature,
                            p.compute.seed,
                            DeviceChoice.parse(p.compute.device),
                            p.checkpoints.path(),
                            ModelStore.file(store)),
                    control);
            out.setOutData(
                    new ModelPortObject(result.card(), store),
                    TrainingOutput.log(exec, TrainingOutput.logSpec(ENTROPY), result.log()),
                    TrainingOutput.pictures(
                            exec,
                            Map.of(
                                    "Loss curve",
                                    TrainingOutput.curve("Self-distillation", "teacher entropy", result.log()))));
        });
    }
}
