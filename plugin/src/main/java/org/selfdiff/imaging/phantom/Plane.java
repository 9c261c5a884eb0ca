package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/** A number for every pixel, row by row: the amount of a stain, or noise. Whatever works on planes may be cancelled in each row. */
record Plane(int width, int height, float[] values) {

    static Plane empty(final int width, final int height) {
        return new Plane(width, height, new float[width * height]);
    }

    float at(final int x, final int y) {
        return values[y * width + x];
    }

    /** Adds to a pixel, if it is inside. */
    void add(final int x, final int y, final double amount) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            values[y * width + x] += (float) amount;
        }
    }

    /** Independent normal noise. */
    static Plane white(final SeededRandom random, final int width, final int height, final RunControl control)
            throws RunCancelled {
        final Plane plane = empty(width, height);
        for (int i = 0; i < plane.values.length; i++) {
            if (i % width == 0) {
                control.checkCancelled();
            }
            plane.values[i] = (float) random.gaussian();
        }
        return plane;
    }

    /**
     * Smooth noise: random values on a grid, joined by cubic curves; mean 0, most within -1 to 1.
     *
     * @param cell pixels between grid points
     */
    static Plane smooth(
            final SeededRandom random, final int width, final int height, final double cell, final RunControl control)
            throws RunCancelled {
        final int columns = (int) (width / cell) + 3;
        final int rows = (int) (height / cell) + 3;
        final double offsetX = random.nextDouble();
        final double offsetY = random.nextDouble();
        final Plane grid = white(random, columns, rows, control);
        final Plane plane = empty(width, height);
        for (int y = 0; y < height; y++) {
            control.checkCancelled();
            final double gy = y / cell + offsetY;
            final int y0 = (int) gy;
            final double ty = ease(gy - y0);
            for (int x = 0; x < width; x++) {
                final double gx = x / cell + offsetX;
                final int x0 = (int) gx;
                final double tx = ease(gx - x0);
                final double upper = grid.at(x0, y0) * (1 - tx) + grid.at(x0 + 1, y0) * tx;
                final double lower = grid.at(x0, y0 + 1) * (1 - tx) + grid.at(x0 + 1, y0 + 1) * tx;
                plane.values[y * width + x] = (float) (0.7 * (upper * (1 - ty) + lower * ty));
            }
        }
        return plane;
    }

    /** Smooth noise of several sizes, each half as large and half as strong as the one before. */
    static Plane fractal(
            final SeededRandom random,
            final int width,
            final int height,
            final double cell,
            final int octaves,
            final RunControl control)
            throws RunCancelled {
        final Plane sum = empty(width, height);
        double strength = 1;
        double size = cell;
        for (int o = 0; o < octaves; o++) {
            final Plane part = smooth(random, width, height, Math.max(1, size), control);
            for (int i = 0; i < sum.values.length; i++) {
                sum.values[i] += (float) (strength * part.values[i]);
            }
            strength /= 2;
            size /= 2;
        }
        return sum;
    }

    /** Blurred by a Gaussian, the border repeated. */
    Plane blurred(final double sigma, final RunControl control) throws RunCancelled {
        if (sigma < 0.1) {
            return this;
        }
        final int radius = (int) Math.ceil(3 * sigma);
        final double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int k = -radius; k <= radius; k++) {
            kernel[k + radius] = StrictMath.exp(-k * k / (2 * sigma * sigma));
            sum += kernel[k + radius];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
        return along(kernel, 1, 0, control).along(kernel, 0, 1, control);
    }

    private Plane along(final double[] kernel, final int dx, final int dy, final RunControl control)
            throws RunCancelled {
        final Plane out = empty(width, height);
        final int radius = kernel.length / 2;
        for (int y = 0; y < height; y++) {
            control.checkCancelled();
            for (int x = 0; x < width; x++) {
                double sum = 0;
                for (int k = -radius; k <= radius; k++) {
                    final int sx = Math.max(0, Math.min(width - 1, x + k * dx));
                    final int sy = Math.max(0, Math.min(height - 1, y + k * dy));
                    sum += kernel[k + radius] * values[sy * width + sx];
                }
                out.values[y * width + x] = (float) sum;
            }
        }
        return out;
    }

    /** 0 below 0, 1 above 1, a smooth step between. */
    static double ease(final double t) {
        final double c = Math.max(0, Math.min(1, t));
        return c * c * (3 - 2 * c);
    }
}
