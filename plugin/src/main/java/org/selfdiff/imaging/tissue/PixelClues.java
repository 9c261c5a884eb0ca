package org.selfdiff.imaging.tissue;

import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.stain.GlassColour;
import org.selfdiff.imaging.stain.StainMix;

/**
 * What the colour of every pixel says, after the glass was made white: saturation (HSV, 0 to 255), stain density (sum
 * of the positive amounts of hematoxylin, eosin and DAB, in hundredths, natural logarithm, up to 255), and ink.
 *
 * @param saturation one byte a pixel, unsigned
 * @param density one byte a pixel, unsigned
 * @param ink one byte a pixel, one of the constants of {@link Ink}
 */
record PixelClues(byte[] saturation, byte[] density, byte[] ink) {
    /** Steps of density in one unit of optical density. */
    static final int STEPS = 100;

    private static final int WHITE = 255;

    static PixelClues of(final Picture picture, final GlassColour glass) {
        final int n = picture.width() * picture.height();
        final PixelClues clues = new PixelClues(new byte[n], new byte[n], new byte[n]);
        final Light light = new Light(glass);
        final byte[] rgb = picture.rgb();
        for (int i = 0; i < n; i++) {
            final int r = light.white[0][rgb[3 * i] & 0xff];
            final int g = light.white[1][rgb[3 * i + 1] & 0xff];
            final int b = light.white[2][rgb[3 * i + 2] & 0xff];
            final int max = Math.max(r, Math.max(g, b));
            final int min = Math.min(r, Math.min(g, b));
            final int s = light.saturation(max, min);
            clues.saturation[i] = (byte) s;
            clues.density[i] = (byte) light.density(r, g, b);
            clues.ink[i] = max - min < Ink.LEAST_RANGE && max > Ink.DARK ? Ink.NONE : Ink.of(r, g, b, max, min, s);
        }
        return clues;
    }

    /** Tables for one colour of glass. */
    private static final class Light {
        private final int[][] white = new int[3][WHITE + 1];

        private final float[] perMax = new float[WHITE + 1];

        /** Amount of each stain by channel and value. */
        private final float[][] amounts = new float[9][WHITE + 1];

        Light(final GlassColour glass) {
            final double[] colour = {glass.red(), glass.green(), glass.blue()};
            for (int v = 0; v <= WHITE; v++) {
                perMax[v] = v == 0 ? 0 : (float) WHITE / v;
                final double density = -Math.log((v + 1) / (WHITE + 1.0));
                for (int c = 0; c < 3; c++) {
                    white[c][v] = (int) Math.min(WHITE, Math.round(WHITE * v / colour[c]));
                    for (int s = 0; s < 3; s++) {
                        amounts[3 * s + c][v] =
                                (float) (STEPS * density * StainMix.hed().unmixing(c, s));
                    }
                }
            }
        }

        int saturation(final int max, final int min) {
            return (int) ((max - min) * perMax[max]);
        }

        int density(final int r, final int g, final int b) {
            float sum = 0;
            for (int s = 0; s < 3; s++) {
                sum += Math.max(0, amounts[3 * s][r] + amounts[3 * s + 1][g] + amounts[3 * s + 2][b]);
            }
            return (int) Math.min(WHITE, sum + 0.5f);
        }
    }
}
