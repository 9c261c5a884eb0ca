package org.selfdiff.metrics.statistics;

/** The standard normal distribution. */
public final class Normal {
    private static final double FARTHEST = 39;

    private Normal() {}

    /** Probability of at most {@code z}, with a relative error of about 1e-14 also far out on the left. */
    public static double cdf(final double z) {
        if (Double.isNaN(z)) {
            return Double.NaN;
        }
        final double tail = Gamma.upper(0.5, z * z / 2) / 2;
        return z > 0 ? 1 - tail : tail;
    }

    /** Probability of at least {@code z}. */
    public static double survival(final double z) {
        return cdf(-z);
    }

    /** Probability of at least {@code |z|} on either side. */
    public static double twoSided(final double z) {
        return 2 * cdf(-Math.abs(z));
    }

    /** The value below which a share {@code p} lies; infinite for 0 and 1, {@code NaN} outside. */
    public static double quantile(final double p) {
        if (!(p >= 0 && p <= 1)) {
            return Double.NaN;
        }
        if (p > 0.5) {
            return -quantile(1 - p);
        }
        if (p == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        return Bisection.of(z -> cdf(z) - p, -FARTHEST, 0);
    }
}
