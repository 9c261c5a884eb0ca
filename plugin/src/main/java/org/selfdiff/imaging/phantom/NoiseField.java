package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/**
 * Smooth noise over a plane without borders: random values at the points of a grid, joined by cubic curves, in several
 * sizes. A function of key and place alone. Mean 0, most within -1 to 1.
 *
 * @param key which noise
 * @param cell distance of the grid's points in pixels
 * @param octaves how many sizes, each half as large and half as strong as the one before
 */
record NoiseField(long key, double cell, int octaves) {
    /** Side of the squares within which values are interpolated when a rectangle is filled. */
    static final int STEP = 8;

    double at(final double x, final double y) {
        double sum = 0;
        double strength = 1;
        double size = cell;
        for (int o = 0; o < octaves; o++) {
            sum += strength * smooth(o, x / size, y / size);
            strength /= 2;
            size /= 2;
        }
        return sum;
    }

    private double smooth(final int octave, final double gx, final double gy) {
        final long x0 = (long) Math.floor(gx);
        final long y0 = (long) Math.floor(gy);
        final double tx = Plane.ease(gx - x0);
        final double ty = Plane.ease(gy - y0);
        final double upper = point(octave, x0, y0) * (1 - tx) + point(octave, x0 + 1, y0) * tx;
        final double lower = point(octave, x0, y0 + 1) * (1 - tx) + point(octave, x0 + 1, y0 + 1) * tx;
        return upper * (1 - ty) + lower * ty;
    }

    /** A number of -1 to 1. */
    private double point(final int octave, final long x, final long y) {
        return (SeededRandom.mix(key, octave, x, y) >> 11) * 0x1.0p-52;
    }

    /**
     * Values of a rectangle of pixels. Between the points of a grid of {@link #STEP} that all rectangles share they are
     * interpolated, so that rectangles side by side fit each other.
     */
    float[] fill(final int x, final int y, final int width, final int height) {
        final int left = Math.floorDiv(x, STEP);
        final int top = Math.floorDiv(y, STEP);
        final int columns = Math.floorDiv(x + width - 1, STEP) - left + 2;
        final int rows = Math.floorDiv(y + height - 1, STEP) - top + 2;
        final float[] grid = new float[columns * rows];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (float) at((double) (left + i % columns) * STEP, (double) (top + i / columns) * STEP);
        }
        final float[] out = new float[width * height];
        for (int r = 0; r < height; r++) {
            final int gy = Math.floorDiv(y + r, STEP) - top;
            final float ty = Math.floorMod(y + r, STEP) / (float) STEP;
            for (int c = 0; c < width; c++) {
                final int at = gy * columns + Math.floorDiv(x + c, STEP) - left;
                final float tx = Math.floorMod(x + c, STEP) / (float) STEP;
                final float upper = grid[at] + tx * (grid[at + 1] - grid[at]);
                final float lower = grid[at + columns] + tx * (grid[at + columns + 1] - grid[at + columns]);
                out[r * width + c] = upper + ty * (lower - upper);
            }
        }
        return out;
    }
}
