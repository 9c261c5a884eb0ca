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
    static final int SIDE = 26;

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
            out[v] = (int) Math.max(0, Math.min(SIDE - 1.0, Math.floor(STEPS * density + 0.5)));
        }
        return out;
    }

    /** The bin of two films that lie over each other. */
    static int sum(final int a, final int b) {
        final int red = Math.min(SIDE - 1, a / (SIDE * SIDE) + b / (SIDE * SIDE));
        final int green = Math.min(SIDE - 1, a / SIDE % SIDE + b / SIDE % SIDE);
        final int blue = Math.min(SIDE - 1, a % SIDE + b % SIDE);
        return (red * SIDE + green) * SIDE + blue;
    }
}
