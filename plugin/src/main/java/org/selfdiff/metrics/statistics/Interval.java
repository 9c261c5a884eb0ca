package org.selfdiff.metrics.statistics;

/**
 * A confidence interval; both ends {@code NaN} where there is none.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
    /** No interval. */
    public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

    /** Estimate plus and minus the normal quantile times the standard error. */
    public static Interval normal(final double estimate, final double standardError, final double confidence) {
        final double half = Normal.quantile(0.5 + confidence / 2) * standardError;
        return new Interval(estimate - half, estimate + half);
    }

    /** The same, without what lies outside of 0 to 1. */
    public Interval clipped() {
        return new Interval(Math.min(1, Math.max(0, low)), Math.min(1, Math.max(0, high)));
    }

    /** Whether it is one. */
    public boolean isDefined() {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }
}
