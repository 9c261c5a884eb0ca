package org.selfdiff.imaging.jpeg2000;

import java.util.Arrays;

/**
 * One level of the inverse 9/7 wavelet (T.800 F.3.8.2) without its scaling by K, which {@link BandScale} puts into the
 * quantisation steps. Rows are made one by one and lifted along columns as soon as their neighbours are there, so that
 * a level passes through the memory once, and what is worked on stays in the fastest cache.
 */
final class IrreversibleWavelet {
    /** Delta, gamma, beta, alpha (T.800 table F.4), negative because this is the inverse. */
    private static final float[] STEPS = {
        -0.443506852043971f, -0.882911075530934f, 0.052980118572961f, 1.586134342059924f
    };

    private static final int RING = 7;

    /** The last eight rows, of which six take part in a step. */
    private final float[][] rows = new float[RING + 1][0];

    private float[] low = {};

    private float[] high = {};

    /** Of the row that is lifted with, each sample's neighbour at the place of the sample. */
    private float[] beside = {};

    /**
     * Puts four bands together.
     *
     * @param bands LL, HL, LH, HH, each row by row without gaps
     * @param area the result, in the resolution's coordinates
     * @param out takes it, row by row
     */
    void synthesise(final float[][] bands, final Area area, final float[] out) {
        final int width = area.width();
        final int height = area.height();
        final int odd = area.y0() & 1;
        final int lows = (width + 1 - (area.x0() & 1)) / 2;
        if (low.length < width / 2 + 3) {
            low = new float[width / 2 + 3];
            high = new float[width / 2 + 3];
            beside = new float[width / 2 + 3];
        }
        if (rows[0].length < width) {
            Arrays.setAll(rows, i -> new float[width]);
        }
        for (int t = 0; t <= height + STEPS.length; t++) {
            if (t < height) {
                final int first = (t + odd & 1) * 2;
                row(bands[first], bands[first + 1], t / 2, lows, width, area.x0() & 1, rows[t & RING]);
            }
            if ((t - 1 + odd & 1) == 0 && height > 1) {
                for (int s = 0; s < STEPS.length; s++) {
                    final int y = t - 1 - s;
                    if (y >= 0 && y < height) {
                        final float[] above = rows[(y == 0 ? 1 : y - 1) & RING];
                        final float[] below = rows[(y == height - 1 ? y - 1 : y + 1) & RING];
                        lift(rows[y & RING], above, below, width, STEPS[s]);
                    }
                }
            }
            final int done = t - 1 - STEPS.length;
            if (done >= 0) {
                System.arraycopy(rows[done & RING], 0, out, done * width, width);
            }
        }
    }

    /** Three arrays and not one, because only then the compiler takes several samples at once. */
    private static void lift(
            final float[] a, final float[] above, final float[] below, final int width, final float step) {
        for (int x = 0; x < width; x++) {
            a[x] += step * (above[x] + below[x]);
        }
    }

    /** One row of the result from row {@code i} of a low-pass and a high-pass band. */
    private void row(
            final float[] lowBand,
            final float[] highBand,
            final int i,
            final int lows,
            final int width,
            final int odd,
            final float[] out) {
        final int highs = width - lows;
        if (width == 1) {
            out[0] = lows == 1 ? lowBand[i] : highBand[i];
            return;
        }
        System.arraycopy(lowBand, i * lows, low, 1, lows);
        System.arraycopy(highBand, i * highs, high, 1, highs);
        for (int s = 0; s < STEPS.length; s += 2) {
            mirror(high, highs);
            lift(low, lows, high, odd, STEPS[s]);
            mirror(low, lows);
            lift(high, highs, low, 1 - odd, STEPS[s + 1]);
        }
        merge(low, lows, out, odd);
        merge(high, highs, out, 1 - odd);
    }

    /** The samples beyond an end mirror those within (T.800 F.3.7): the neighbour on the other side comes again. */
    private static void mirror(final float[] a, final int count) {
        a[0] = a[1];
        a[count + 1] = a[count];
    }

    /** Place 0 is lifted with the others: it is that of a mirrored sample, which is written before it is read. */
    private void lift(final float[] a, final int count, final float[] b, final int shift, final float step) {
        System.arraycopy(b, 2 * shift, beside, 1, count);
        lift(a, b, beside, count + 1, step);
    }

    private static void merge(final float[] from, final int count, final float[] out, final int to) {
        for (int x = 0; x < count; x++) {
            out[to + 2 * x] = from[x + 1];
        }
    }
}
