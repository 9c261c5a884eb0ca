package org.selfdiff.nodes.common;

import java.util.Arrays;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** Width, depth and attention of the U-Net. */
public final class NetworkParameters implements NodeParameters {

    /** Where the U-Net attends. */
    public enum Attention {
        /** Linear attention everywhere, full attention in the middle: the paper's. */
        @Label(value = "All levels", description = "Linear attention at every level, full attention in the middle.")
        ALL_LEVELS,
        /** Linear attention at the coarsest level and full attention in the middle. */
        @Label(value = "Coarsest level", description = "Linear attention at the coarsest level, full attention in the middle.")
        COARSEST,
        /** None. */
        @Label(value = "None", description = "Convolutions only: the fastest, with the smallest view.")
        NONE
    }

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
            description = "Multiples of the base width, from full resolution downwards, separated by commas. Each further "
                    + "level halves the resolution, so the tile size must be a multiple of 2 to the number of levels less one.")
    @Persist(configKey = "channel_multipliers")
    public String multipliers = "1, 2, 4, 8";

    /** Where the network attends. */
    @Advanced
    @Widget(title = "Attention", description = "Where the network attends over the whole picture.")
    @ValueSwitchWidget
    @Persist(configKey = "attention")
    public Attention attention = Attention.ALL_LEVELS;

    /** The multipliers as numbers. */
    public int[] levels() throws InvalidSettingsException {
        try {
            return Arrays.stream(multipliers.split(","))
                    .map(String::trim)
                    .mapToInt(Integer::parseInt)
                    .toArray();
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
        final int[] levels = levels();
        Checks.range("Channel multipliers (count)", levels.length, 1, 8);
        for (final int level : levels) {
            Checks.range("Channel multipliers", level, 1, 64);
        }
    }
}
