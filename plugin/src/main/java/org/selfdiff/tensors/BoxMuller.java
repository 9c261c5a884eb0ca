package org.selfdiff.tensors;

/**
 * The transform of Box and Muller in plain double arithmetic. {@code Math.log} and its like may differ in the last bit
 * from one processor to the next, and {@code StrictMath} is slow; the polynomials here are exact to about 1e-12, which
 * is far below a float's precision. Pairs are made many together, step by step, in loops over plain numbers that Java's
 * compiler does several at once.
 */
final class BoxMuller {
    private static final double LN2 = 0.693147180559945309417;

    private static final double QUARTER_TURN = 0x1p-30 * 1.57079632679489661923;

    /** Bits of 1. */
    private static final long ONE = 0x3FF0000000000000L;

    /** Bits of the root of 1/2, cut. */
    static final long SQRT_HALF = 0x3FE6A09E00000000L;

    private final int[] words;

    private final double[] exponents;

    private final double[] sizes;

    private final double[] sines;

    private final double[] cosines;

    /** Room for the pairs of so many blocks of four words. */
    BoxMuller(final int blocks) {
        words = new int[4 * blocks];
        exponents = new double[2 * blocks];
        sizes = new double[2 * blocks];
        sines = new double[2 * blocks];
        cosines = new double[2 * blocks];
    }

    /** Random words to be put in, two a pair: 32 bits for the radius, 32 for the angle, a fraction of a full turn. */
    int[] words() {
        return words;
    }

    /**
     * Pairs of independent standard Gaussians out of the words.
     *
     * @param blocks of four words
     * @param out gets {@code 4 * blocks} numbers
     */
    void convert(final int blocks, final float[] out, final int at) {
        final int pairs = 2 * blocks;
        split(pairs);
        sizes(exponents, sizes, pairs);
        turns(sines, cosines, pairs);
        for (int i = 0; i < pairs; i++) {
            // By quarters the pair is (cos, sin), (-sin, cos), (-cos, -sin), (sin, -cos). Bits are chosen without
            // branches: a processor cannot guess random ones.
            final int quarter = words[2 * i + 1] + 0x20000000 >>> 30;
            final long sin = Double.doubleToRawLongBits(sines[i]);
            final long cos = Double.doubleToRawLongBits(cosines[i]);
            final long swapped = (sin ^ cos) & -(quarter & 1L);
            final long size = Double.doubleToRawLongBits(sizes[i]);
            final double first = Double.longBitsToDouble(size ^ (quarter + 1 & 2L) << 62);
            final double second = Double.longBitsToDouble(size ^ (quarter & 2L) << 62);
            out[at + 2 * i] = (float) (first * Double.longBitsToDouble(cos ^ swapped));
            out[at + 2 * i + 1] = (float) (second * Double.longBitsToDouble(sin ^ swapped));
        }
    }

    /** Bits to numbers: u = m 2^exponent with m from sqrt(1/2) to sqrt(2), and what is left of the angle's nearest quarter. */
    private void split(final int pairs) {
        for (int i = 0; i < pairs; i++) {
            final double u = ((words[2 * i] & 0xFFFFFFFFL) + 0.5) * 0x1p-32;
            final long bits = Double.doubleToRawLongBits(u) + (ONE - SQRT_HALF);
            exponents[i] = (int) (bits >> 52) - 1023;
            sizes[i] = Double.longBitsToDouble((bits & 0x000FFFFFFFFFFFFFL) + SQRT_HALF);
            final int angle = words[2 * i + 1];
            // the nearest quarter turn is taken off exactly, in whole numbers
            sines[i] = (angle - (angle + 0x20000000 >>> 30 << 30)) * QUARTER_TURN;
        }
    }

    /** {@code sqrt(-2 ln u)} in the place of m. */
    static void sizes(final double[] exponent, final double[] m, final int pairs) {
        for (int i = 0; i < pairs; i++) {
            // ln m = 2 artanh s
            final double s = (m[i] - 1) / (m[i] + 1);
            final double s2 = s * s;
            final double series =
                    1 + s2 * (1.0 / 3 + s2 * (1.0 / 5 + s2 * (1.0 / 7 + s2 * (1.0 / 9 + s2 * (1.0 / 11 + s2 / 13)))));
            m[i] = Math.sqrt(-2 * (exponent[i] * LN2 + 2 * s * series));
        }
    }

    /** Sine and cosine of angles between -pi/4 and pi/4, which lie in the sines' place. */
    private static void turns(final double[] sin, final double[] cos, final int pairs) {
        for (int i = 0; i < pairs; i++) {
            final double x = sin[i];
            final double x2 = x * x;
            sin[i] = x
                    * (1
                            + x2
                                    * (-1.0 / 6
                                            + x2
                                                    * (1.0 / 120
                                                            + x2
                                                                    * (-1.0 / 5040
                                                                            + x2 * (1.0 / 362880 - x2 / 39916800)))));
            cos[i] = 1
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
                                                                                                    + x2
                                                                                                            / 479001600)))));
        }
    }
}
