package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.unet.ContextUNetSpec;
import org.selfdiff.run.RunFailed;

/** Width, depth and attention of the U-Net. */
public final class NetworkParameters implements NodeParameters {

    /** Where the U-Net attends. */
    public enum Attention {
        /** Linear attention, full attention at the coarsest level and in the middle. */
        @Label(
                value = "All levels",
                description = "Linear attention at every level, full attention at the coarsest one and in the middle.")
        ALL_LEVELS,
        /** Full attention at the coarsest level and in the middle. */
        @Label(value = "Coarsest level", description = "Full attention at the coarsest level and in the middle only.")
        COARSEST,
        /** None. */
        @Label(value = "None", description = "Convolutions only: the fastest, with the smallest view.")
        NONE
    }

    private static final int HEAD_WIDTH = 32;

    /** Channels at full resolution. */
    @Widget(
            title = "Base width",
            description = "Channels at full resolution, a multiple of 8. 64 is the paper's; 24 to 32 suits a CPU.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "base_width")
    public int baseWidth = 64;

    /** Multiples of the base width, level by level. */
    @Widget(
            title = "Channel multipliers",
            description =
                    "Multiples of the base width, from full resolution downwards, separated by commas. Each further "
                            + "level halves the resolution, so the tile size must be a multiple of 2 to the number of levels less one.")
    @Persist(configKey = "channel_multipliers")
    public String multipliers = "1, 2, 4, 8";

    /** Residual blocks a level. */
    @Advanced
    @Widget(
            title = "Blocks per level",
            description = "Residual blocks of each level, on the way down and on the way up.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "blocks_per_level")
    public int blocks = 2;

    /** Where the network attends. */
    @Advanced
    @Widget(title = "Attention", description = "Where the network attends over the whole picture.")
    @ValueSwitchWidget
    @Persist(configKey = "attention")
    public Attention attention = Attention.ALL_LEVELS;

    /** Whether the finest features skip to the output. */
    @Advanced
    @Widget(
            title = "Finest skip",
            description =
                    "Hands the features of full resolution straight to the output. Samples become sharp sooner: edges and "
                            + "nuclei after hundreds of steps, not thousands. The paper's network does without.")
    @Persist(configKey = "finest_skip")
    @Migrate(loadDefaultIfAbsent = true)
    public boolean finestSkip;

    /** Creates the defaults. */
    public NetworkParameters() {}

    /**
     * The sizes as the networks know them.
     *
     * @param channels of the pictures
     */
    public UNetSpec spec(final int channels) throws RunFailed {
        final List<Integer> levels;
        try {
            levels = levels();
        } catch (InvalidSettingsException e) {
            throw new RunFailed(e.getMessage(), "network settings", "Correct the setting.", e);
        }
        final List<AttentionKind> kinds = new ArrayList<>(Collections.nCopies(
                levels.size(), attention == Attention.ALL_LEVELS ? AttentionKind.LINEAR : AttentionKind.NONE));
        if (attention != Attention.NONE) {
            kinds.set(kinds.size() - 1, AttentionKind.FULL);
        }
        final UNetSpec spec = UNetSpec.of(channels, baseWidth, levels, blocks, kinds);
        return (finestSkip ? spec.withFinestSkip() : spec).checked();
    }

    /**
     * The sizes for a network that works in latents, or is told embeddings.
     *
     * @param channels of what it takes the noise away from
     * @param contextWidth numbers of an embedding; 0 for a network that is told nothing
     */
    public ContextUNetSpec contextSpec(final int channels, final int contextWidth) throws RunFailed {
        final UNetSpec plain = spec(channels);
        final List<Integer> widths = new ArrayList<>();
        final List<Boolean> seen = new ArrayList<>();
        final List<Integer> heads = new ArrayList<>();
        for (int level = 0; level < plain.levels(); level++) {
            widths.add(plain.width(level));
            seen.add(attention == Attention.ALL_LEVELS
                    || attention == Attention.COARSEST && level == plain.levels() - 1);
            heads.add(largestDivisor(plain.width(level), Math.max(1, plain.width(level) / HEAD_WIDTH)));
        }
        return new ContextUNetSpec(
                        channels,
                        channels,
                        widths,
                        seen,
                        heads,
                        blocks,
                        contextWidth,
                        false,
                        largestDivisor(baseWidth, 32))
                .checked();
    }

    private static int largestDivisor(final int number, final int most) {
        int divisor = Math.min(number, most);
        while (number % divisor != 0) {
            divisor--;
        }
        return divisor;
    }

    private List<Integer> levels() throws InvalidSettingsException {
        try {
            return Arrays.stream(multipliers.split(","))
                    .map(String::trim)
                    .map(Integer::valueOf)
                    .toList();
        } catch (NumberFormatException e) {
            throw new InvalidSettingsException(
                    "Setting \"Channel multipliers\" is \"" + multipliers
                            + "\". Give whole numbers separated by commas, for instance 1, 2, 4, 8.",
                    e);
        }
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Base width", baseWidth, 8, 1024);
        if (baseWidth % 8 != 0) {
            throw new InvalidSettingsException("Setting \"Base width\" is " + baseWidth + ". Choose a multiple of 8.");
        }
        final List<Integer> levels = levels();
        Checks.range("Blocks per level", blocks, 1, 8);
        Checks.range("Channel multipliers (count)", levels.size(), 1, 8);
        for (final int level : levels) {
            Checks.range("Channel multipliers", level, 1, 64);
        }
    }
}
