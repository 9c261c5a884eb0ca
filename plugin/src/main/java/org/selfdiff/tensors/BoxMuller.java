package org.selfdiff.tensors;

/**
 * The transform of Box and Muller in plain double arithmetic. {@code Math.log} and its like may differ in the last bit
 * from one processor to the next, and {@code StrictMath} is slow; the polynomials here are exact to about 1e-12, which
 * is far below a float's precision.
 */
final class BoxMuller {
    private static final double LN2 = 0.693147180559945309417;

    private static final double QUARTER_TURN = 0x1p-30 * 1.57079632679489661923;

    /** Bits of 1. */
    private static final long ONE = 0x3FF0000000000000L;

    /** Bits of the root of 1/2, cut. */
    static final long SQRT_HALF = 0x3FE6A09E00000000L;

    private BoxMuller() {}

    /**
     * Two independent standard Gaussians.
     *
     * @param radius 32 random bits
     * @param angle 32 random bits, a fraction of a full turn
     */
    static void pair(final int radius, final int angle, final float[] out, final int at) {
        final double u = ((radius & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
        final double r = Math.sqrt(-2 * log(u));
        // the nearest quarter turn is taken off exactly, in whole numbers
        final int quarter = angle + 0x20000000 >>> 30;
        final double x = (angle - (quarter << 30)) * QUARTER_TURN;
        final double x2 = x * x;
        final long sin = Double.doubleToRawLongBits(sin(x, x2));
        final long cos = Double.doubleToRawLongBits(cos(x2));
        // By quarters the pair is (cos, sin), (-sin, cos), (-cos, -sin), (sin, -cos). Bits are chosen without branches:
        // a processor cannot guess random ones.
        final long swapped = (sin ^ cos) & -(quarter & 1L);
        final long size = Double.doubleToRawLongBits(r);
        final double first = Double.longBitsToDouble(size ^ (quarter + 1 & 2L) << 62);
        final double second = Double.longBitsToDouble(size ^ (quarter & 2L) << 62);
        out[at] = (float) (first * Double.longBitsToDouble(cos ^ swapped));
        out[at + 1] = (float) (second * Double.longBitsToDouble(sin ^ swapped));
    }

    /** Natural logarithm for normal positive numbers. */
    static double log(final double u) {
        // u = m 2^exponent with m from sqrt(1/2) to sqrt(2), again without a branch
        final long bits = Double.doubleToRawLongBits(u) + (ONE - SQRT_HALF);
        final int exponent = (int) (bits >> 52) - 1023;
        final double m = Double.longBitsToDouble((bits & 0x000FFFFFFFFFFFFFL) + SQRT_HALF);
        // ln m = 2 artanh s
        final double s = (m - 1) / (m + 1);
        final double s2 = s * s;
        final double series =
                1 + s2 * (1.0 / 3 + s2 * (1.0 / 5 + s2 * (1.0 / 7 + s2 * (1.0 / 9 + s2 * (1.0 / 11 + s2 / 13)))));
        return exponent * LN2 + 2 * s * series;
    }

    /** Sine between -pi/4 and pi/4. */
    private static double sin(final double x, final double x2) {
        return x * (1 + x2 * (-1.0 / 6 + x2 * (1.0 / 120 + x2 * (-1.0 / 5040 + x2 * (1.0 / 362880 - x2 / 39916800)))));
    }

    /** Cosine between -pi/4 and pi/4. */
    private static double cos(final double x2) {
        return 1
                + x2
                        * (-0.5
                                + x2
                                        * (1.0 / 24
                                                + x2
                                                        * (-1.0 / 720
                                                                + x2
                                                                        * (1.0 / 40320
                                                                                + x2
                                                                                        * (-1.0 / 3628800
                                                                                                + x2 / 479001600)))));
    }
}
