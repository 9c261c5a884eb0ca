package org.selfdiff.imaging.jpeg2000;

/** One level of the inverse 5/3 wavelet in whole numbers (T.800 F.3.8.1); built as {@link IrreversibleWavelet} is. */
final class ReversibleWavelet {
    private int[] low = {};

    private int[] high = {};

    /**
     * Puts four bands together.
     *
     * @param bands LL, HL, LH, HH, each row by row without gaps
     * @param area the result, in the resolution's coordinates
     * @param out takes it, row by row
     */
    void synthesise(final int[][] bands, final Area area, final int[] out) {
        final int width = area.width();
        final int height = area.height();
        final int odd = area.y0() & 1;
        final int lows = (width + 1 - (area.x0() & 1)) / 2;
        if (low.length < width / 2 + 3) {
            low = new int[width / 2 + 3];
            high = new int[width / 2 + 3];
        }
        for (int t = 0; t < height + 2; t++) {
            if (t < height) {
                final int first = (t + odd & 1) * 2;
                row(bands[first], bands[first + 1], t / 2, lows, width, area.x0() & 1, out, t * width);
            }
            if ((t - 1 + odd & 1) == 0 && height > 1) {
                if (t >= 1 && t <= height) {
                    liftLow(out, (t - 1) * width, above(t - 1) * width, below(t - 1, height) * width, width);
                }
                if (t >= 2) {
                    liftHigh(out, (t - 2) * width, above(t - 2) * width, below(t - 2, height) * width, width);
                }
            }
        }
        if (height == 1 && odd == 1) {
            halve(out, 0, width);
        }
    }

    private static int above(final int y) {
        return y == 0 ? 1 : y - 1;
    }

    private static int below(final int y, final int height) {
        return y == height - 1 ? y - 1 : y + 1;
    }

    private static void liftLow(final int[] a, final int row, final int above, final int below, final int width) {
        for (int x = 0; x < width; x++) {
            a[row + x] -= a[above + x] + a[below + x] + 2 >> 2;
        }
    }

    private static void liftHigh(final int[] a, final int row, final int above, final int below, final int width) {
        for (int x = 0; x < width; x++) {
            a[row + x] += a[above + x] + a[below + x] >> 1;
        }
    }

    /** A single sample at an odd place was doubled (T.800 F.3.6). */
    private static void halve(final int[] a, final int from, final int count) {
        for (int x = from; x < from + count; x++) {
            a[x] >>= 1;
        }
    }

    /** One row of the result from row {@code i} of a low-pass and a high-pass band. */
    private void row(
            final int[] lowBand,
            final int[] highBand,
            final int i,
            final int lows,
            final int width,
            final int odd,
            final int[] out,
            final int to) {
        final int highs = width - lows;
        if (width == 1) {
            out[to] = lows == 1 ? lowBand[i] : highBand[i] >> 1;
            return;
        }
        System.arraycopy(lowBand, i * lows, low, 1, lows);
        System.arraycopy(highBand, i * highs, high, 1, highs);
        mirror(high, highs);
        for (int x = 1; x <= lows; x++) {
            low[x] -= high[x + odd - 1] + high[x + odd] + 2 >> 2;
        }
        mirror(low, lows);
        for (int x = 1; x <= highs; x++) {
            high[x] += low[x - odd] + low[x + 1 - odd] >> 1;
        }
        for (int x = 0; x < lows; x++) {
            out[to + odd + 2 * x] = low[x + 1];
        }
        for (int x = 0; x < highs; x++) {
            out[to + 1 - odd + 2 * x] = high[x + 1];
        }
    }

    /** The samples beyond an end mirror those within (T.800 F.3.7): the neighbour on the other side comes again. */
    private static void mirror(final int[] a, final int count) {
        a[0] = a[1];
        a[count + 1] = a[count];
    }
}
