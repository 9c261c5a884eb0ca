package org.selfdiff.imaging.grid;

import org.selfdiff.imaging.Picture;

/**
 * Makes a picture coarser by averaging over areas: a pixel of the result is the mean of the rectangle that it covers,
 * pixels at its border counted by the part that lies in it. No frequency folds back, and the mean of the picture stays.
 *
 * @param x left border of the result in pixels of the finer picture, at least 0
 * @param y upper border
 * @param factor pixels of the finer picture along the side of one pixel of the result, at least 1
 */
public record AreaAverage(double x, double y, double factor) {

    /**
     * A coarser picture; its sides are rounded down, at least 1.
     *
     * @param factor pixels along the side of one pixel of the result, at least 1
     */
    public static Picture shrink(final Picture fine, final double factor) {
        final int width = (int) Math.max(1, fine.width() / factor);
        final int height = (int) Math.max(1, fine.height() / factor);
        final byte[] out = new byte[3 * width * height];
        new AreaAverage(0, 0, factor).into(fine, width, height, out, 0, 3 * width);
        return new Picture(width, height, out);
    }

    /** Which pixels of the finer picture one pixel of the result covers along an axis, and how much of each. */
    private record Span(int first, float[] weights) {

        static Span of(final double from, final double factor, final int limit) {
            final double to = from + factor;
            final int first = (int) Math.floor(from + 1e-9);
            final int last = Math.min(limit - 1, (int) Math.ceil(to - 1e-9) - 1);
            final float[] weights = new float[last - first + 1];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) ((Math.min(to, first + i + 1) - Math.max(from, first + i)) / factor);
            }
            return new Span(first, weights);
        }
    }

    /**
     * Averages.
     *
     * @param fine at least {@code x + width * factor} wide and {@code y + height * factor} high
     * @param width of the result
     * @param height of the result
     * @param out where the result goes, 3 bytes a pixel
     * @param offset of its first pixel in {@code out}, in bytes
     * @param stride from row to row of {@code out}, in bytes
     */
    void into(
            final Picture fine,
            final int width,
            final int height,
            final byte[] out,
            final int offset,
            final int stride) {
        final Span[] columns = new Span[width];
        for (int i = 0; i < width; i++) {
            columns[i] = Span.of(x + i * factor, factor, fine.width());
        }
        final float[] sums = new float[3 * width];
        for (int j = 0; j < height; j++) {
            final Span rows = Span.of(y + j * factor, factor, fine.height());
            java.util.Arrays.fill(sums, 0);
            for (int r = 0; r < rows.weights.length; r++) {
                add(fine.rgb(), 3 * (rows.first + r) * fine.width(), rows.weights[r], columns, sums);
            }
            for (int i = 0; i < sums.length; i++) {
                out[offset + j * stride + i] = (byte) Math.min(255, (int) (sums[i] + 0.5f));
            }
        }
    }

    private static void add(
            final byte[] rgb, final int row, final float weight, final Span[] columns, final float[] sums) {
        for (int i = 0; i < columns.length; i++) {
            final float[] w = columns[i].weights;
            int at = row + 3 * columns[i].first;
            float r = 0;
            float g = 0;
            float b = 0;
            for (int k = 0; k < w.length; k++, at += 3) {
                r += w[k] * (rgb[at] & 0xff);
                g += w[k] * (rgb[at + 1] & 0xff);
                b += w[k] * (rgb[at + 2] & 0xff);
            }
            sums[3 * i] += weight * r;
            sums[3 * i + 1] += weight * g;
            sums[3 * i + 2] += weight * b;
        }
    }
}
