package org.selfdiff.stages.compute;

import org.selfdiff.run.RunFailed;

/** What a setting of a stage may be. */
public final class Setting {
    private Setting() {}

    /**
     * Checks a range, ends included.
     *
     * @param name of the setting, in words
     * @throws RunFailed if the value lies outside, or is no number
     */
    public static void check(final String name, final double value, final double low, final double high)
            throws RunFailed {
        if (!(value >= low && value <= high)) {
            throw new RunFailed(
                    "The value " + plain(value) + " is out of range",
                    name,
                    "Choose " + plain(low) + " to " + plain(high) + ".");
        }
    }

    private static String plain(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
