package org.selfdiff.data.features;

import java.util.Arrays;

/**
 * Where the tiles of a slide lie.
 *
 * @param x left columns
 * @param y upper rows
 * @param side side of a tile in the same unit, {@code NaN} if it is not stated and there are too few tiles to tell
 * @param stated whether the file states the side; else it is the smallest step between tiles
 * @param micrometres whether the unit is the micrometre; else it is the pixel of level 0
 */
public record TilePlaces(double[] x, double[] y, double side, boolean stated, boolean micrometres) {
    /** Checks that there are as many columns as rows. */
    public TilePlaces {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " columns, " + y.length + " rows");
        }
    }

    /** Places whose side is stated, or else taken from their smallest step. */
    static TilePlaces of(final double[] x, final double[] y, final double side, final boolean micrometres) {
        final boolean stated = side > 0;
        return new TilePlaces(x, y, stated ? side : step(x, y), stated, micrometres);
    }

    private static double step(final double[] x, final double[] y) {
        final double step = Math.min(step(x), step(y));
        return Double.isFinite(step) ? step : Double.NaN;
    }

    private static double step(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] > sorted[i - 1]) {
                step = Math.min(step, sorted[i] - sorted[i - 1]);
            }
        }
        return step;
    }

    /** Number of tiles. */
    public int count() {
        return x.length;
    }

    /**
     * The same places in pixels of level 0.
     *
     * @param mpp micrometres along the side of a pixel of level 0; without a meaning where the unit is the pixel already
     */
    public TilePlaces inPixels(final double mpp) {
        if (!micrometres) {
            return this;
        }
        return new TilePlaces(
                Arrays.stream(x).map(v -> v / mpp).toArray(),
                Arrays.stream(y).map(v -> v / mpp).toArray(),
                side / mpp,
                stated,
                false);
    }
}
