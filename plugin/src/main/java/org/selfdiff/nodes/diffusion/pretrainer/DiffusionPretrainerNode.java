package org.selfdiff.nodes.diffusion.pretrainer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.ModelStore;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.PretrainDiffusion;

/** From the Diffusion Pretrainer's settings and table to {@link PretrainDiffusion} and back. */
final class DiffusionPretrainerNode {
    private DiffusionPretrainerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DiffusionPretrainerParameters p = in.getParameters();
        TileTable.check(in.getInTableSpec(0), "Tiles");
        final Optional<DataColumnSpec> column = column(p, in.getInTableSpec(0));
        final Optional<ModelTask.Latents> latents = latents(in);
        final int channels = p.channels(List.of());
        final Optional<ModelTask.Condition> condition =
                column.flatMap(EmbeddingColumn::encodedBy).map(DiffusionPretrainerNode::condition);
        try {
            out.setOutSpecs(
                    column.isPresent() && condition.isEmpty()
                            ? null // how many numbers an embedding has is seen when they are read
                            : new ModelPortSpec(PretrainDiffusion.planned(
                                    p.denoiser(
                                            latents.map(ModelTask.Latents::channels)
                                                    .orElse(channels),
                                            latents.isPresent(),
                                            condition
                                                    .map(ModelTask.Condition::width)
                                                    .orElse(0)),
                                    p.process(),
                                    channels,
                                    condition,
                                    latents)),
                    TrainingOutput.logSpec(),
                    TrainingOutput.picturesSpec());
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    private static Optional<DataColumnSpec> column(final DiffusionPretrainerParameters p, final DataTableSpec table)
            throws InvalidSettingsException {
        return p.told == DiffusionPretrainerParameters.Told.EMBEDDINGS
                ? Optional.of(EmbeddingColumn.require(table, p.embeddingColumn, "Tiles"))
                : Optional.empty();
    }

    private static ModelTask.Condition condition(final EncodedBy by) {
        return new ModelTask.Condition(by.encoder(), by.fingerprint(), by.width());
    }

    private static Optional<ModelTask.Latents> latents(final ConfigureInput in) throws InvalidSettingsException {
        return in.getInPortSpec(1) instanceof ModelPortSpec spec
                ? Optional.of(((ModelTask.Autoencoder) spec.require(ModelTask.Autoencoder.class, "Autoencoder Learner")
                                .task())
                        .latents())
                : Optional.empty();
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final DiffusionPretrainerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final BufferedDataTable table = in.getInTable(0);
            final List<Tile> tiles = TileTable.read(table);
            final Optional<PretrainDiffusion.Conditions> told = told(p, table, control);
            final Optional<ModelPortObject> autoencoder = Optional.ofNullable((ModelPortObject) in.getInPortObject(1));
            final int channels = autoencoder
                    .map(a ->
                            ((ModelTask.Autoencoder) a.card().task()).latents().channels())
                    .orElse(p.channels(tiles));
            final FileStore store = ModelStore.create(exec);
            final PretrainDiffusion.Result result = PretrainDiffusion.run(
                    new PretrainDiffusion.Request(
                            tiles,
                            p.denoiser(
                                    channels,
                                    autoencoder.isPresent(),
                                    told.map(t -> t.embeddings().width()).orElse(0)),
                            autoencoder.map(ModelPortObject::file),
                            told,
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

    private static Optional<PretrainDiffusion.Conditions> told(
            final DiffusionPretrainerParameters p, final BufferedDataTable table, final RunControl control)
            throws RunFailed, RunCancelled {
        try {
            final Optional<DataColumnSpec> column = column(p, table.getDataTableSpec());
            return column.isPresent()
                    ? Optional.of(new PretrainDiffusion.Conditions(
                            EmbeddingColumn.read(table, column.get(), control.part(0, 0)), p.conditionDropout))
                    : Optional.empty();
        } catch (InvalidSettingsException e) {
            throw new RunFailed(e.getMessage(), "setting \"Embedding column\"", "Correct the setting.", e);
        }
    }
}
