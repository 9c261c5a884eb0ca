package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/**
 * A closed polygon that does not cross itself, in pixels of level 0. The point (0, 0) is the upper left corner of the first
 * pixel, whose centre is (0.5, 0.5).
 *
 * @param x columns of the corners
 * @param y rows of the corners
 */
public record Outline(double[] x, double[] y) {
    private static final int HARMONICS = 28;

    private static final double LEAST_RADIUS = 0.4;

    /**
     * Draws a smooth, irregular outline: an ellipse whose radius waves, bent along its length.
     *
     * @param rx mean radius along its axis
     * @param ry mean radius across
     * @param roughness how much the radius waves, about 0 to 0.5
     * @param corners at least 8
     */
    static Outline draw(
            final SeededRandom random,
            final double cx,
            final double cy,
            final double rx,
            final double ry,
            final double roughness,
            final int corners) {
        final double[] amplitude = new double[HARMONICS];
        final double[] phase = new double[HARMONICS];
        for (int k = 0; k < HARMONICS; k++) {
            amplitude[k] = roughness * random.gaussian() / StrictMath.pow(k + 1.6, 1.6);
            phase[k] = random.between(0, 2 * Math.PI);
        }
        final double angle = random.between(-0.5, 0.5);
        final double bend = random.between(-0.3, 0.3) * ry / (rx * rx);
        final double c = StrictMath.cos(angle);
        final double s = StrictMath.sin(angle);
        final double[] x = new double[corners];
        final double[] y = new double[corners];
        for (int i = 0; i < corners; i++) {
            final double phi = 2 * Math.PI * i / corners;
            double r = 1;
            for (int k = 0; k < HARMONICS; k++) {
                r += amplitude[k] * StrictMath.cos((k + 1) * phi + phase[k]);
            }
            r = Math.max(LEAST_RADIUS, r);
            final double u = rx * r * StrictMath.cos(phi);
            final double v = ry * r * StrictMath.sin(phi) + bend * u * u;
            x[i] = tenth(cx + u * c - v * s);
            y[i] = tenth(cy + u * s + v * c);
        }
        return new Outline(x, y);
    }

    private static double tenth(final double v) {
        return Math.rint(10 * v) / 10;
    }

    /** Whether a point lies inside (even-odd rule). */
    public boolean contains(final double px, final double py) {
        boolean inside = false;
        for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
            if (y[i] <= py != y[j] <= py && px < x[i] + (py - y[i]) / (y[j] - y[i]) * (x[j] - x[i])) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** Area in square pixels (Gauss's formula). */
    public double area() {
        double twice = 0;
        for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
            twice += x[j] * y[i] - x[i] * y[j];
        }
        return Math.abs(twice) / 2;
    }

    /** Whether every corner of this, drawn larger about a point by a factor, lies inside of another outline. */
    boolean within(final Outline other, final double cx, final double cy, final double factor) {
        for (int i = 0; i < x.length; i++) {
            if (!other.contains(cx + factor * (x[i] - cx), cy + factor * (y[i] - cy))) {
                return false;
            }
        }
        return true;
    }

    /** Largest distance of a corner from a point. */
    double reach(final double cx, final double cy) {
        double reach = 0;
        for (int i = 0; i < x.length; i++) {
            reach = Math.max(reach, StrictMath.hypot(x[i] - cx, y[i] - cy));
        }
        return reach;
    }

    /**
     * Writes a value wherever the centre of a cell of a grid lies inside.
     *
     * @param map the grid, row by row
     * @param width cells in a row
     * @param x0 left border of the grid
     * @param y0 upper border of the grid
     * @param step side of a cell in pixels
     */
    void paint(
            final byte[] map, final int width, final double x0, final double y0, final double step, final byte value) {
        final int height = map.length / width;
        final double[] crossings = new double[x.length];
        for (int row = 0; row < height; row++) {
            final double py = y0 + (row + 0.5) * step;
            int count = 0;
            for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
                if (y[i] <= py != y[j] <= py) {
                    crossings[count++] = x[i] + (py - y[i]) / (y[j] - y[i]) * (x[j] - x[i]);
                }
            }
            java.util.Arrays.sort(crossings, 0, count);
            for (int k = 0; k + 1 < count; k += 2) {
                // cells whose centre lies at or right of the first crossing and left of the second
                final int from = (int) Math.max(0, Math.ceil((crossings[k] - x0) / step - 0.5));
                final int to = (int) Math.min(width, Math.ceil((crossings[k + 1] - x0) / step - 0.5));
                for (int c = from; c < to; c++) {
                    map[row * width + c] = value;
                }
            }
        }
    }

    /** Whether the smallest upright rectangle round it meets another rectangle. */
    boolean meets(final double left, final double top, final double right, final double bottom) {
        double x0 = Double.MAX_VALUE;
        double y0 = Double.MAX_VALUE;
        double x1 = -Double.MAX_VALUE;
        double y1 = -Double.MAX_VALUE;
        for (int i = 0; i < x.length; i++) {
            x0 = Math.min(x0, x[i]);
            y0 = Math.min(y0, y[i]);
            x1 = Math.max(x1, x[i]);
            y1 = Math.max(y1, y[i]);
        }
        return x0 <= right && x1 >= left && y0 <= bottom && y1 >= top;
    }
}
