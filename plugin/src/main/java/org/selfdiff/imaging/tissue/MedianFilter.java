package org.selfdiff.imaging.tissue;

/**
 * The median over a square window of 7 x 7 pixels, clipped at the border of the picture. A median and a threshold can
 * be swapped (threshold decomposition, Fitch, Coyle and Gallagher 1984): the filtered value reaches a threshold just
 * where more than half of the window does. So the values are filtered at a sample of the pixels, for the histogram, and
 * the mask is filtered everywhere by counting.
 */
final class MedianFilter {
    private static final int REACH = 3;

    private MedianFilter() {}

    /**
     * Histogram of the filtered values at every {@code step}-th pixel of every {@code step}-th row.
     *
     * @param values 0 to 255, unsigned
     */
    static long[] histogram(final byte[] values, final int width, final int height, final int step) {
        final long[] histogram = new long[256];
        final int[] window = new int[256];
        for (int y = step / 2; y < height; y += step) {
            for (int x = step / 2; x < width; x += step) {
                histogram[median(values, width, height, x, y, window)]++;
            }
        }
        return histogram;
    }

    /** The lower median if the window is even. {@code window} is all 0 before and after. */
    private static int median(
            final byte[] values, final int width, final int height, final int x, final int y, final int[] window) {
        final int x0 = Math.max(0, x - REACH);
        final int x1 = Math.min(width, x + REACH + 1);
        final int y0 = Math.max(0, y - REACH);
        final int y1 = Math.min(height, y + REACH + 1);
        for (int v = y0; v < y1; v++) {
            for (int u = x0; u < x1; u++) {
                window[values[v * width + u] & 0xff]++;
            }
        }
        final int half = ((x1 - x0) * (y1 - y0) + 1) / 2;
        int median = 0;
        int seen = window[0];
        while (seen < half) {
            seen += window[++median];
        }
        for (int v = y0; v < y1; v++) {
            for (int u = x0; u < x1; u++) {
                window[values[v * width + u] & 0xff] = 0;
            }
        }
        return median;
    }

    /**
     * The filtered mask: 1 where more than half of the window is 1.
     *
     * @param mask 0 or 1 for every pixel
     */
    static byte[] of(final byte[] mask, final int width, final int height) {
        final byte[] out = new byte[mask.length];
        final int[] column = new int[width];
        int rows = 0;
        for (int y = 0; y < Math.min(REACH, height); y++) {
            rows += add(mask, y * width, column, 1);
        }
        for (int y = 0; y < height; y++) {
            if (y + REACH < height) {
                rows += add(mask, (y + REACH) * width, column, 1);
            }
            if (y > REACH) {
                rows -= add(mask, (y - REACH - 1) * width, column, -1);
            }
            majority(column, rows, out, y * width);
        }
        return out;
    }

    /** Adds or takes away a row; always one row. */
    private static int add(final byte[] mask, final int row, final int[] column, final int sign) {
        for (int x = 0; x < column.length; x++) {
            column[x] += sign * mask[row + x];
        }
        return 1;
    }

    private static void majority(final int[] column, final int rows, final byte[] out, final int row) {
        final int width = column.length;
        int sum = 0;
        for (int x = 0; x < Math.min(REACH, width); x++) {
            sum += column[x];
        }
        for (int x = 0; x < width; x++) {
            sum += x + REACH < width ? column[x + REACH] : 0;
            sum -= x > REACH ? column[x - REACH - 1] : 0;
            final int columns = Math.min(width, x + REACH + 1) - Math.max(0, x - REACH);
            out[row + x] = (byte) (2 * sum > columns * rows ? 1 : 0);
        }
    }
}
