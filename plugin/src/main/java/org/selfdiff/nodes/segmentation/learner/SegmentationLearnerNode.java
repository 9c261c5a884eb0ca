package org.selfdiff.nodes.segmentation.learner;

import java.util.Map;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nodes.common.ModelStore;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.segmentation.FineTuneSegmenter;
import org.selfdiff.stages.segmentation.FineTuneSegmenter.Start;

/** From the Segmentation Learner's settings and ports to {@link FineTuneSegmenter} and back. */
final class SegmentationLearnerNode {
    static final String PRETRAINED = "Pre-trained model";

    private static final int CHANNELS = 3;

    private static final int VALIDATIONS = 20;

    private SegmentationLearnerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final SegmentationLearnerParameters p = in.getParameters();
        final PortObjectSpec[] ports = in.getInPortSpecs();
        TileTable.check((DataTableSpec) ports[0], "Labelled tiles");
        try {
            final UNetSpec network = ports.length > 1
                    ? UNetSpec.fromJson(
                            ((ModelPortSpec) ports[1])
                                    .requirePictures(ModelTask.Diffusion.class, "Diffusion Pretrainer")
                                    .architecture(),
                            "model port")
                    : p.network.spec(CHANNELS);
            out.setOutSpecs(
                    new ModelPortSpec(FineTuneSegmenter.planned(network, p.classes(), p.coding())),
                    TrainingOutput.logSpec(),
                    TrainingOutput.picturesSpec());
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final SegmentationLearnerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final PortObject[] ports = in.getInPortObjects();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final Start start = ports.length > 1
                    ? new Start.Pretrained(((ModelPortObject) ports[1]).file())
                    : new Start.Scratch(p.network.spec(CHANNELS));
            final FileStore store = ModelStore.create(exec);
            final FineTuneSegmenter.Result result = FineTuneSegmenter.run(
                    new FineTuneSegmenter.Request(
                            TileTable.read((BufferedDataTable) ports[0]),
                            start,
                            p.classes(),
                            p.coding(),
                            p.losses(),
                            p.training.plan(p.checkpoints, p.training.validateEvery(VALIDATIONS)),
                            p.validationShare,
                            p.augment,
                            p.compute.seed,
                            DeviceChoice.parse(p.compute.device),
                            p.checkpoints.path(),
                            ModelStore.file(store)),
                    control);
            final byte[] curve = TrainingOutput.curve("Segmentation fine-tuning", result.log());
            out.setOutData(
                    new ModelPortObject(result.card(), store),
                    TrainingOutput.log(exec, result.log()),
                    TrainingOutput.pictures(exec, Map.of("Loss curve", curve)));
        });
    }
}
