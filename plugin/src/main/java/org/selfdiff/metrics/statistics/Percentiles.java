package org.selfdiff.metrics.statistics;

import java.util.Arrays;

/** Quantiles of a sample by linear interpolation (type 7 of Hyndman and Fan 1996, the one of numpy). */
public final class Percentiles {
    private Percentiles() {}

    /**
     * A quantile.
     *
     * @param sorted ascending values
     * @param share 0 to 1
     * @return {@code NaN} for no values
     */
    public static double of(final double[] sorted, final double share) {
        if (sorted.length == 0 || Double.isNaN(share)) {
            return Double.NaN;
        }
        final double place = share * (sorted.length - 1);
        final int below = (int) Math.floor(place);
        final int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The middle of values in any order. */
    public static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return of(sorted, 0.5);
    }
}
