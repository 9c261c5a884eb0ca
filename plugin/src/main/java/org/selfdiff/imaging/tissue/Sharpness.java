package org.selfdiff.imaging.tissue;

import org.selfdiff.imaging.Picture;

/**
 * How sharp a tile is, by two measures of its luminance (Rec. 601, 0 to 255).
 *
 * <p>{@code focus} is what tiles are judged by: the share of the differences between neighbours that goes away when the
 * tile is blurred by a mean over nine pixels (Crete, Dolmiere, Ladret and Nicolas 2007, "The blur effect"; this is one
 * minus their measure, the worse of both directions). A sharp tile loses most of them, a blurred one has few to lose.
 * As a ratio it does not change when contrast or stain do, so that one limit serves for many slides: 0.55 to 0.75 for
 * tiles of a 20x scan in focus, 0.3 to 0.55 where a scan has finer pixels than its optics resolve, below 0.25 for tiles
 * that are clearly blurred. Where the luminance hardly varies, as on empty glass, there is only noise to judge, and
 * noise looks sharp; then it is {@code NaN}. A speck of dust on glass is judged, as sharp as it is.
 *
 * <p>{@code laplacian} is the usual variance of the Laplacian (Pech-Pacheco et al. 2000): of the four neighbours minus
 * four times the pixel, over the pixels that have all four. It is a mean and does not depend on the size of the tile,
 * but it grows with the square of the contrast, and is near 0 on empty glass just as on a blurred tile.
 *
 * @param focus 0 to 1, {@code NaN} if there is nothing to judge
 * @param laplacian at least 0
 */
public record Sharpness(double focus, double laplacian) {
    /** Standard deviation of the luminance below which there is nothing to judge. */
    private static final double FLAT = 2.5;

    /** The mean that blurs reaches so far to both sides. */
    private static final int REACH = 4;

    /** Measures a tile. One that is less than 11 pixels wide or high has nothing to judge, and no Laplacian below 3. */
    public static Sharpness of(final Picture tile) {
        final int w = tile.width();
        final int h = tile.height();
        final float[] luminance = luminance(tile);
        final double laplacian = w < 3 || h < 3 ? 0 : laplacian(luminance, w, h);
        if (Math.min(w, h) < 2 * REACH + 3 || deviation(luminance) < FLAT) {
            return new Sharpness(Double.NaN, laplacian);
        }
        final double across = kept(luminance, w, h, w, 1);
        final double down = kept(luminance, h, w, 1, w);
        return new Sharpness(Math.min(across, down), laplacian);
    }

    private static float[] luminance(final Picture tile) {
        final float[] out = new float[tile.width() * tile.height()];
        final byte[] rgb = tile.rgb();
        for (int i = 0; i < out.length; i++) {
            out[i] = 0.299f * (rgb[3 * i] & 0xff) + 0.587f * (rgb[3 * i + 1] & 0xff) + 0.114f * (rgb[3 * i + 2] & 0xff);
        }
        return out;
    }

    private static double deviation(final float[] values) {
        double sum = 0;
        double squares = 0;
        for (final float v : values) {
            sum += v;
            squares += (double) v * v;
        }
        final double mean = sum / values.length;
        return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
    }

    private static double laplacian(final float[] l, final int w, final int h) {
        double sum = 0;
        double squares = 0;
        for (int y = 1; y < h - 1; y++) {
            for (int i = y * w + 1; i < y * w + w - 1; i++) {
                final double v = l[i - 1] + l[i + 1] + l[i - w] + l[i + w] - 4.0 * l[i];
                sum += v;
                squares += v * v;
            }
        }
        final double n = (w - 2.0) * (h - 2.0);
        return Math.max(0, squares / n - sum / n * (sum / n));
    }

    /**
     * Share of the differences along lines that blurring takes away.
     *
     * @param length of a line
     * @param lines how many
     * @param next from a line to the next one
     * @param step from a pixel to the next one of its line
     */
    private static double kept(final float[] l, final int length, final int lines, final int next, final int step) {
        double all = 0;
        double lost = 0;
        for (int line = 0; line < lines; line++) {
            final int start = line * next;
            for (int k = REACH + 1; k < length - REACH; k++) {
                final int i = start + k * step;
                final double sharp = Math.abs(l[i] - l[i - step]);
                // two neighbouring means of nine share eight pixels
                final double blurred = Math.abs(l[i + REACH * step] - l[i - (REACH + 1) * step]) / (2 * REACH + 1);
                all += sharp;
                lost += Math.max(0, sharp - blurred);
            }
        }
        return all > 0 ? lost / all : 0;
    }
}
