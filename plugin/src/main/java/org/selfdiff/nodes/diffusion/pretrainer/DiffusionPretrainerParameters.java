package org.selfdiff.nodes.diffusion.pretrainer;

import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.Tile;
import org.selfdiff.diffusion.BetaCurve;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.LossWeighting;
import org.selfdiff.diffusion.NoiseSchedule;
import org.selfdiff.diffusion.Objective;
import org.selfdiff.diffusion.conditions.Condition;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.unet.ContextUNetSpec;
import org.selfdiff.nodes.common.CheckpointParameters;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.NetworkParameters;
import org.selfdiff.nodes.common.SamplerChoice;
import org.selfdiff.nodes.common.TrainingParameters;
import org.selfdiff.nodes.common.VectorColumns;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.TileInput;
import org.selfdiff.stages.diffusion.DenoiserSpec;
import org.selfdiff.train.Schedule;

/** Settings of the Diffusion Pretrainer. */
final class DiffusionPretrainerParameters implements NodeParameters {

    /** How noise grows. */
    enum Schedule {
        @Label(value = "Cosine", description = "Nichol and Dhariwal 2021: spends fewer steps on pure noise.")
        COSINE,
        @Label(value = "Quadratic", description = "Square roots of beta in equal steps: the one of GenSelfDiff-HIS.")
        QUADRATIC,
        @Label(value = "Linear", description = "Ho et al. 2020.")
        LINEAR,
        @Label(value = "Sigmoid", description = "A logistic curve.")
        SIGMOID,
        @Label(value = "Scaled linear", description = "The one of Stable Diffusion.")
        SCALED_LINEAR
    }

    /** What the network predicts. */
    enum Objective {
        @Label(value = "Noise", description = "Epsilon prediction (Ho et al. 2020), the one of GenSelfDiff-HIS.")
        EPSILON,
        @Label(value = "Velocity", description = "v prediction (Salimans and Ho 2022): stable at every noise level.")
        V,
        @Label(value = "Clean picture", description = "x0 prediction.")
        X0
    }

    /** How time-steps count. */
    enum Weighting {
        @Label(
                value = "P2",
                description = "Perception-prioritised weighting (Choi et al. 2022) with k = gamma = 1: favours the "
                        + "noise levels at which content is made; the one of GenSelfDiff-HIS.")
        P2,
        @Label(
                value = "Min-SNR",
                description = "Min-SNR weighting (Hang et al. 2023) with gamma = 5: converges faster.")
        MIN_SNR,
        @Label(value = "None", description = "The plain squared error.")
        NONE
    }

    /** Whether the model is told what to make. */
    enum Told {
        @Label(value = "Nothing", description = "The model makes up pictures like those of the table.")
        NOTHING,
        @Label(
                value = "Embeddings",
                description =
                        "Each picture is shown together with its embedding, so that the model later makes variants"
                                + " of a picture from its embedding (DiNO-Diffusion).")
        EMBEDDINGS
    }

    /** Channels of the pictures that are learnt. */
    enum Colours {
        @Label(
                value = "As in the pictures",
                description = "Grey if the Tiler has found all pictures grey, such as radiographs, else colour.")
        AS_IN_PICTURES,
        @Label(value = "Colour", description = "Three channels, also where the tiles are grey.")
        COLOUR,
        @Label(value = "Grey", description = "One channel, for radiographs; colour tiles are turned grey.")
        GREY
    }

    /** Where the sizes of the network come from. */
    enum Sizes {
        @Label(value = "As below", description = "The sizes of the settings below.")
        CUSTOM,
        @Label(
                value = "DiNO-Diffusion (paper)",
                description =
                        "The U-Net of Stable Diffusion 1.5, 860 million parameters: for a large GPU, in the latents of"
                                + " an autoencoder of 4 channels, with embeddings.")
        DINO_DIFFUSION
    }

    @Section(title = "Condition")
    interface Condition {}

    @Section(title = "Network")
    @After(Condition.class)
    interface Network {}

    @Section(title = "Diffusion")
    @After(Network.class)
    interface Diffusion {}

    @Section(title = "Training")
    @After(Diffusion.class)
    interface Training {}

    @Section(title = "Samples")
    @After(Training.class)
    interface Samples {}

    @Section(title = "Execution")
    @After(Samples.class)
    interface Execution {}

    @Layout(Condition.class)
    @Widget(title = "The model is told", description = "What the model knows of a picture besides its noise.")
    @ValueSwitchWidget
    @Persist(configKey = "told")
    @Migrate(loadDefaultIfAbsent = true)
    Told told = Told.NOTHING;

    @Layout(Condition.class)
    @Widget(
            title = "Embedding column",
            description =
                    "Column of embeddings, as the Tile Embedder makes it. Empty takes the last one that an encoder made.")
    @ChoicesProvider(VectorColumns.class)
    @Persist(configKey = "embedding_column")
    @Migrate(loadDefaultIfAbsent = true)
    String embeddingColumn = "";

    @Advanced
    @Layout(Condition.class)
    @Widget(
            title = "Condition dropout",
            description =
                    "Share of the pictures that are shown without their embedding. Guidance needs it; 0.1 is usual.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "condition_dropout")
    @Migrate(loadDefaultIfAbsent = true)
    double conditionDropout = 0.1;

    @Layout(Network.class)
    @Widget(
            title = "Pictures are learnt in",
            description = "Whether the model sees colours. With an autoencoder, that decides.")
    @ValueSwitchWidget
    @Persist(configKey = "colours")
    @Migrate(loadDefaultIfAbsent = true)
    Colours colours = Colours.AS_IN_PICTURES;

    @Layout(Network.class)
    @Widget(title = "Sizes", description = "Where the sizes of the network come from.")
    @ValueSwitchWidget
    @Persist(configKey = "sizes")
    @Migrate(loadDefaultIfAbsent = true)
    Sizes sizes = Sizes.CUSTOM;

    @Layout(Network.class)
    @Persist(configKey = "network")
    NetworkParameters network = new NetworkParameters();

    @Layout(Diffusion.class)
    @Widget(title = "Noise schedule", description = "How the share of noise grows from one time-step to the next.")
    @Persist(configKey = "schedule")
    Schedule schedule = Schedule.COSINE;

    @Advanced
    @Layout(Diffusion.class)
    @Widget(title = "Time-steps", description = "Number of noise levels.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "timesteps")
    int timesteps = 1000;

    @Layout(Diffusion.class)
    @Widget(title = "Objective", description = "What the network learns to predict from the noisy picture.")
    @ValueSwitchWidget
    @Persist(configKey = "objective")
    Objective objective = Objective.V;

    @Layout(Diffusion.class)
    @Widget(title = "Loss weighting", description = "How much each noise level counts in the loss.")
    @ValueSwitchWidget
    @Persist(configKey = "weighting")
    Weighting weighting = Weighting.MIN_SNR;

    @Layout(Training.class)
    @Persist(configKey = "training")
    TrainingParameters training = new TrainingParameters();

    @Layout(Training.class)
    @Widget(
            title = "Augment",
            description =
                    "Whether tiles are flipped and turned by right angles at random. Colours stay as they are, as they "
                            + "are what is learned.")
    @Persist(configKey = "augment")
    boolean augment = true;

    @Layout(Training.class)
    @Persist(configKey = "checkpoints")
    CheckpointParameters checkpoints = new CheckpointParameters();

    @Layout(Samples.class)
    @Widget(
            title = "Samples",
            description = "Pictures drawn from the finished model, shown as a grid at the third port. 0 draws none.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "samples")
    int samples = 16;

    @Advanced
    @Layout(Samples.class)
    @Widget(title = "Sampler", description = "How samples are drawn.")
    @Migrate(loadDefaultIfAbsent = true)
    @Persist(configKey = "sampler")
    SamplerChoice sampler = SamplerChoice.DDIM;

    @Advanced
    @Layout(Samples.class)
    @Widget(title = "Steps per sample", description = "Steps of the sampler; more steps, finer pictures.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "sample_steps")
    int sampleSteps = 50;

    @Layout(Execution.class)
    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    /**
     * The network.
     *
     * @param channels of what it takes the noise away from
     * @param latents whether those are latents
     * @param contextWidth numbers of an embedding; 0 where it is told nothing
     */
    DenoiserSpec denoiser(final int channels, final boolean latents, final int contextWidth) throws RunFailed {
        if (sizes == Sizes.DINO_DIFFUSION) {
            if (!latents || channels != 4 || contextWidth == 0) {
                throw new RunFailed(
                        "The sizes of DiNO-Diffusion are for latents of 4 channels and for embeddings",
                        "setting \"Sizes\"",
                        "Connect an autoencoder and choose that the model is told embeddings, or choose own sizes.");
            }
            return new DenoiserSpec.Context(ContextUNetSpec.stable15(contextWidth));
        }
        return latents || contextWidth > 0
                ? new DenoiserSpec.Context(network.contextSpec(channels, contextWidth))
                : new DenoiserSpec.Plain(network.spec(channels));
    }

    /**
     * Channels of the pictures where there is no autoencoder.
     *
     * @param tiles what it is trained on; none while this is not known
     */
    int channels(final List<Tile> tiles) {
        return switch (colours) {
            case GREY -> 1;
            case COLOUR -> BatchSettings.COLOUR;
            case AS_IN_PICTURES -> TileInput.channels(tiles);
        };
    }

    DiffusionProcess process() {
        return new DiffusionProcess(
                new NoiseSchedule(BetaCurve.valueOf(schedule.name()), timesteps),
                org.selfdiff.diffusion.Objective.valueOf(objective.name()),
                switch (weighting) {
                    case P2 -> new LossWeighting.P2(1, 1);
                    case MIN_SNR -> new LossWeighting.MinSnr(5);
                    case NONE -> new LossWeighting.None();
                });
    }

    @Override
    public void validate() throws InvalidSettingsException {
        network.validate();
        training.validate();
        checkpoints.validate();
        compute.validate();
        Checks.range("Condition dropout", conditionDropout, 0, 0.99);
        Checks.range("Time-steps", timesteps, 2, 100_000);
        Checks.range("Samples", samples, 0, 1024);
        Checks.range("Steps per sample", sampleSteps, 1, timesteps);
    }
}
