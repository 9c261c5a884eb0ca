package org.selfdiff.nodes.diffusion.pretrainer;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.diffusion.BetaCurve;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.diffusion.LossWeighting;
import org.selfdiff.diffusion.NoiseSchedule;
import org.selfdiff.nodes.common.CheckpointParameters;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.NetworkParameters;
import org.selfdiff.nodes.common.SamplerChoice;
import org.selfdiff.nodes.common.TrainingParameters;

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

    @Section(title = "Network")
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
        Checks.range("Time-steps", timesteps, 2, 100_000);
        Checks.range("Samples", samples, 0, 1024);
        Checks.range("Steps per sample", sampleSteps, 1, timesteps);
    }
}
