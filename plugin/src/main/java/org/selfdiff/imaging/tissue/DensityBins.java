package org.selfdiff.imaging.tissue;

import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.stain.GlassColour;

/**
 * Optical densities of red, green and blue in steps of a tenth, natural logarithm, as one number for a colour. What is
 * denser than the last step counts there. Stains and inks that lie over each other add their densities (Beer and
 * Lambert), so that their bins add as well.
 */
final class DensityBins {
    /** Bins along one channel. */
    static final int SIDE = 31;

    /** All bins. */
    static final int COUNT = SIDE * SIDE * SIDE;

    private static final double STEPS = 10;

    private DensityBins() {}

    /** The bin of every pixel. */
    static short[] of(final Picture picture, final GlassColour glass) {
        final int[][] table = {table(glass.red()), table(glass.green()), table(glass.blue())};
        final byte[] rgb = picture.rgb();
        final short[] out = new short[rgb.length / 3];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) ((table[0][rgb[3 * i] & 0xff] * SIDE + table[1][rgb[3 * i + 1] & 0xff]) * SIDE
                    + table[2][rgb[3 * i + 2] & 0xff]);
        }
        return out;
    }

    private static int[] table(final double glass) {
        final int[] out = new int[256];
        for (int v = 0; v < out.length; v++) {
            final double density = Math.log(glass / Math.max(0.5, v));
            out[v] = step(STEPS * density);
        }
        return out;
    }

    private static int red(final int bin) {
        return bin / (SIDE * SIDE);
    }

    private static int green(final int bin) {
        return bin / SIDE % SIDE;
    }

    private static int blue(final int bin) {
        return bin % SIDE;
    }

    /** A bin of any densities; those beyond the ends count there. */
    private static int bin(final double red, final double green, final double blue) {
        return (step(red) * SIDE + step(green)) * SIDE + step(blue);
    }

    private static int step(final double density) {
        return (int) Math.max(0, Math.min(SIDE - 1.0, Math.floor(density + 0.5)));
    }

    /** The bin of two films that lie over each other. */
    static int sum(final int a, final int b) {
        final int red = Math.min(SIDE - 1, red(a) + red(b));
        final int green = Math.min(SIDE - 1, green(a) + green(b));
        return (red * SIDE + green) * SIDE + Math.min(SIDE - 1, blue(a) + blue(b));
    }

    /** The bin of what is left of a film when another one is taken away. */
    static int difference(final int a, final int b) {
        return bin(red(a) - red(b), green(a) - green(b), blue(a) - blue(b));
    }

    /** The bin of a film that is thinner or thicker. */
    static int times(final int a, final double thickness) {
        return bin(thickness * red(a), thickness * green(a), thickness * blue(a));
    }

    /** Whether a channel has reached the last step, so that the film may be denser. */
    static boolean isFull(final int a) {
        return Math.max(red(a), Math.max(green(a), blue(a))) == SIDE - 1;
    }

    /** Densities of all channels together, in tenths. */
    static int total(final int a) {
        return red(a) + green(a) + blue(a);
    }

    /** The mean of some pixels, the lightest bin if there are none. */
    static int mean(final int[] counts) {
        final double[] sums = new double[4];
        for (int i = 0; i < counts.length; i++) {
            sums[0] += counts[i];
            sums[1] += (double) counts[i] * red(i);
            sums[2] += (double) counts[i] * green(i);
            sums[3] += (double) counts[i] * blue(i);
        }
        final double n = Math.max(1, sums[0]);
        return bin(sums[1] / n, sums[2] / n, sums[3] / n);
    }
}
