package org.selfdiff.metrics.statistics;

/** The beta distribution, and through it the binomial and Student's. */
final class Beta {
    private static final double TINY = 1e-300;

    private static final int ENOUGH = 10_000;

    private Beta() {}

    /** Regularised incomplete beta function, the share of the beta distribution below {@code x}. */
    static double cdf(final double a, final double b, final double x) {
        if (x <= 0) {
            return 0;
        }
        if (x >= 1) {
            return 1;
        }
        final double scale =
                Math.exp(Gamma.log(a + b) - Gamma.log(a) - Gamma.log(b) + a * Math.log(x) + b * Math.log1p(-x));
        return x < (a + 1) / (a + b + 2) ? scale * fraction(a, b, x) / a : 1 - scale * fraction(b, a, 1 - x) / b;
    }

    /** The value below which a share {@code p} lies. */
    static double quantile(final double a, final double b, final double p) {
        return Bisection.of(x -> cdf(a, b, x) - p, 0, 1);
    }

    /** Probability that Student's t with some degrees of freedom lies farther from 0 than {@code t}, on either side. */
    static double studentTwoSided(final double t, final double freedom) {
        return cdf(freedom / 2, 0.5, freedom / (freedom + t * t));
    }

    /** Lentz's method. */
    private static double fraction(final double a, final double b, final double x) {
        double c = 1;
        double d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        double value = d;
        for (int m = 1; m < ENOUGH; m++) {
            final double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            value *= d * c;
            final double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            value *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        return value;
    }

    private static double nonZero(final double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
