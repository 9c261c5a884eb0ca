package org.selfdiff.imaging.stain;

/** Quantiles by linear interpolation between the neighbours in order (Hyndman and Fan 1996, type 7, as numpy). */
final class Quantiles {

    private Quantiles() {}

    /**
     * One quantile.
     *
     * @param sorted at least one value, ascending
     * @param q 0 to 1
     */
    static double of(final double[] sorted, final double q) {
        final double at = q * (sorted.length - 1);
        final int below = (int) Math.floor(at);
        final int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
