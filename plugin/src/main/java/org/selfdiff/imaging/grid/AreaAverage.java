package org.selfdiff.imaging.grid;

import java.util.Arrays;
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
    /** Sums of boxes up to this side fit an int. */
    private static final int LARGEST_BOX = 2048;

    /**
     * A coarser picture; its sides are rounded down, at least 1.
     *
     * @param factor pixels along the side of one pixel of the result, at least 1
     */
    public static Picture shrink(final Picture fine, final double factor) {
        final int width = (int) Math.max(1, fine.width() / factor);
        final int height = (int) Math.max(1, fine.height() / factor);
        final byte[] out = new byte[3 * width * height];
        new AreaAverage(0, 0, factor).into(fine.rgb(), fine.width(), fine.height(), width, height, out, 0, 3 * width);
        return new Picture(width, height, out);
    }

    /**
     * Averages.
     *
     * @param fine the finer picture, red, green, blue, interleaved, row by row; it may be longer
     * @param fineWidth its width, at least {@code x + width * factor}
     * @param fineHeight its height, at least {@code y + height * factor}
     * @param width of the result
     * @param height of the result
     * @param out where the result goes, 3 bytes a pixel
     * @param offset of its first pixel in {@code out}, in bytes
     * @param stride from row to row of {@code out}, in bytes
     */
    void into(
            final byte[] fine,
            final int fineWidth,
            final int fineHeight,
            final int width,
            final int height,
            final byte[] out,
            final int offset,
            final int stride) {
        if (x == (int) x && y == (int) y && factor == (int) factor && factor < LARGEST_BOX) {
            boxes(fine, fineWidth, width, height, out, offset, stride);
        } else {
            parts(fine, fineWidth, fineHeight, width, height, out, offset, stride);
        }
    }

    /** Every pixel of the result covers whole pixels: sums of whole numbers, rounded half up. */
    private void boxes(
            final byte[] fine,
            final int fineWidth,
            final int width,
            final int height,
            final byte[] out,
            final int offset,
            final int stride) {
        final int side = (int) factor;
        final int area = side * side;
        final int[] sums = new int[3 * width];
        for (int j = 0; j < height; j++) {
            Arrays.fill(sums, area / 2);
            for (int r = 0; r < side; r++) {
                final int row = 3 * (((int) y + j * side + r) * fineWidth + (int) x);
                if (side == 2) {
                    addPairs(fine, row, sums);
                } else {
                    addBoxes(fine, row, side, sums);
                }
            }
            final int to = offset + j * stride;
            if (side == 2) {
                for (int i = 0; i < sums.length; i++) {
                    out[to + i] = (byte) (sums[i] >> 2);
                }
            } else {
                for (int i = 0; i < sums.length; i++) {
                    out[to + i] = (byte) (sums[i] / area);
                }
            }
        }
    }

    private static void addPairs(final byte[] fine, final int row, final int[] sums) {
        int at = row;
        for (int i = 0; i < sums.length; i += 3, at += 6) {
            sums[i] += (fine[at] & 0xff) + (fine[at + 3] & 0xff);
            sums[i + 1] += (fine[at + 1] & 0xff) + (fine[at + 4] & 0xff);
            sums[i + 2] += (fine[at + 2] & 0xff) + (fine[at + 5] & 0xff);
        }
    }

    private static void addBoxes(final byte[] fine, final int row, final int side, final int[] sums) {
        int at = row;
        for (int i = 0; i < sums.length; i += 3) {
            int r = 0;
            int g = 0;
            int b = 0;
            for (int k = 0; k < side; k++, at += 3) {
                r += fine[at] & 0xff;
                g += fine[at + 1] & 0xff;
                b += fine[at + 2] & 0xff;
            }
            sums[i] += r;
            sums[i + 1] += g;
            sums[i + 2] += b;
        }
    }

    /** Down the rows first, then along them, each pixel times the part of it that is covered. */
    private void parts(
            final byte[] fine,
            final int fineWidth,
            final int fineHeight,
            final int width,
            final int height,
            final byte[] out,
            final int offset,
            final int stride) {
        final Span[] columns = new Span[width];
        for (int i = 0; i < width; i++) {
            columns[i] = Span.of(x + i * factor, factor, fineWidth);
        }
        final int left = 3 * columns[0].first;
        final float[] sums = new float[3 * (columns[width - 1].first + columns[width - 1].weights.length) - left];
        for (int j = 0; j < height; j++) {
            final Span rows = Span.of(y + j * factor, factor, fineHeight);
            Arrays.fill(sums, 0);
            for (int r = 0; r < rows.weights.length; r++) {
                final float weight = rows.weights[r];
                final int row = 3 * (rows.first + r) * fineWidth + left;
                for (int k = 0; k < sums.length; k++) {
                    sums[k] += weight * (fine[row + k] & 0xff);
                }
            }
            along(sums, left, columns, out, offset + j * stride);
        }
    }

    private static void along(
            final float[] sums, final int left, final Span[] columns, final byte[] out, final int offset) {
        int to = offset;
        for (final Span column : columns) {
            int at = 3 * column.first - left;
            float r = 0.5f;
            float g = 0.5f;
            float b = 0.5f;
            for (final float weight : column.weights) {
                r += weight * sums[at];
                g += weight * sums[at + 1];
                b += weight * sums[at + 2];
                at += 3;
            }
            out[to++] = (byte) Math.min(255, (int) r);
            out[to++] = (byte) Math.min(255, (int) g);
            out[to++] = (byte) Math.min(255, (int) b);
        }
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
}
