package org.selfdiff.nodes.common;

import org.knime.core.node.InvalidSettingsException;

/** Range checks of settings, in one wording. They hold for values that flow variables bring, too. */
public final class Checks {
    private Checks() {}

    /** Refuses a value outside of {@code min} to {@code max}, both allowed. */
    public static void range(final String setting, final double value, final double min, final double max)
            throws InvalidSettingsException {
        if (!(value >= min && value <= max)) {
            throw new InvalidSettingsException("Setting \"" + setting + "\" is " + text(value)
                    + ". Choose a value from " + text(min) + " to " + text(max) + ".");
        }
    }

    private static String text(final double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
