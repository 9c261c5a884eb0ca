package org.selfdiff.metrics.statistics;

/** The gamma function and its incomplete ratio. */
final class Gamma {
    private static final double EPSILON = 1e-17;

    private static final double TINY = 1e-300;

    private static final int ENOUGH = 10_000;

    /** Coefficients of 1/x, 1/x³, ... in Stirling's series. */
    private static final double[] STIRLING = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156
    };

    private static final double LARGE = 15;

    private Gamma() {}

    /** Natural logarithm of the gamma function of a positive number, by Stirling's series and recurrence. */
    static double log(final double x) {
        double shift = 1;
        double large = x;
        double logShift = 0;
        while (large < LARGE) {
            shift *= large++;
            if (shift > 1e200) {
                logShift += Math.log(shift);
                shift = 1;
            }
        }
        double series = 0;
        final double square = 1 / (large * large);
        for (int i = STIRLING.length - 1; i >= 0; i--) {
            series = series * square + STIRLING[i];
        }
        return (large - 0.5) * Math.log(large)
                - large
                + 0.5 * Math.log(2 * Math.PI)
                + series / large
                - logShift
                - Math.log(shift);
    }

    /** Upper incomplete gamma ratio Q(a, x): series near zero, continued fraction farther out. */
    static double upper(final double a, final double x) {
        if (x <= 0) {
            return 1;
        }
        if (Double.isInfinite(x)) {
            return 0;
        }
        final double scale = Math.exp(a * Math.log(x) - x - log(a));
        return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
    }

    private static double series(final double a, final double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < ENOUGH && term > sum * EPSILON; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** Lentz's method. */
    private static double fraction(final double a, final double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        for (int i = 1; i < ENOUGH; i++) {
            final double an = -i * (i - a);
            b += 2;
            d = 1 / nonZero(an * d + b);
            c = nonZero(b + an / c);
            final double factor = c * d;
            value *= factor;
            if (Math.abs(factor - 1) < 1e-16) {
                break;
            }
        }
        return value;
    }

    private static double nonZero(final double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }
}
