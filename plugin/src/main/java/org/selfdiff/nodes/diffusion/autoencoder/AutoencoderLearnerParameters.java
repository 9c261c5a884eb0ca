package org.selfdiff.nodes.diffusion.autoencoder;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nn.vae.AutoencoderSpec;
import org.selfdiff.nodes.common.CheckpointParameters;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.LearntColours;
import org.selfdiff.nodes.common.TrainingParameters;
import org.selfdiff.run.RunFailed;

/** Settings of the Autoencoder Learner. */
@LoadDefaultsForAbsentFields
final class AutoencoderLearnerParameters implements NodeParameters {

    /** How much smaller latents are. */
    enum Factor {
        @Label(value = "4", description = "A tile of 256 pixels becomes a latent of 64: finer, slower diffusion.")
        FOUR,
        @Label(value = "8", description = "A tile of 256 pixels becomes a latent of 32: that of Stable Diffusion.")
        EIGHT
    }

    @Widget(title = "Factor", description = "How many times smaller the sides of a latent are.")
    @ValueSwitchWidget
    @Persist(configKey = "factor")
    Factor factor = Factor.FOUR;

    @Widget(title = "Pictures are learnt in", description = "Whether the autoencoder sees colours.")
    @ValueSwitchWidget
    @Persist(configKey = "colours")
    LearntColours colours = LearntColours.COLOUR;

    @Widget(title = "Latent channels", description = "Channels of a latent; 4 is usual.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "latent_channels")
    int latentChannels = 4;

    @Widget(
            title = "Base width",
            description =
                    "Channels at full resolution, a multiple of 8; each level doubles them, up to four times. 128 is "
                            + "Stable Diffusion's; 16 to 32 suits a CPU.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "base_width")
    int baseWidth = 32;

    @Advanced
    @Widget(
            title = "Blocks per level",
            description = "Residual blocks of each level on the way down; one more on the way up.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "blocks")
    int blocks = 1;

    @Advanced
    @Widget(
            title = "Divergence",
            description =
                    "Weight of the term that keeps latents near a normal distribution. More is smoother and blurrier.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "divergence")
    double divergence = 1e-6;

    @Persist(configKey = "training")
    TrainingParameters training = new TrainingParameters();

    @Widget(title = "Augment", description = "Whether tiles are flipped and turned by right angles at random.")
    @Persist(configKey = "augment")
    boolean augment = true;

    @Persist(configKey = "checkpoints")
    CheckpointParameters checkpoints = new CheckpointParameters();

    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    AutoencoderSpec spec() throws RunFailed {
        final int levels = factor == Factor.FOUR ? 3 : 4;
        final List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < levels; i++) {
            widths.add(baseWidth * Math.min(4, 1 << i));
        }
        final int groups = baseWidth % 32 == 0 ? 32 : 8;
        return new AutoencoderSpec(colours.channels(), latentChannels, widths, blocks, groups, true).checked();
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Latent channels", latentChannels, 1, 64);
        Checks.range("Base width", baseWidth, 8, 1024);
        if (baseWidth % 8 != 0) {
            throw new InvalidSettingsException("Setting \"Base width\" is " + baseWidth + ". Choose a multiple of 8.");
        }
        Checks.range("Blocks per level", blocks, 1, 8);
        Checks.range("Divergence", divergence, 0, 1);
        training.validate();
        checkpoints.validate();
        compute.validate();
    }
}
