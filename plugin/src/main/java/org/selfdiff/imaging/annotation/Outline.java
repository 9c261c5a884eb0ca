package org.selfdiff.imaging.annotation;

import java.util.Arrays;

/** Questions about vertices, interleaved x and y, before they become a ring. */
final class Outline {

    private Outline() {}

    /** Without vertices that repeat the one before, and without a last one that repeats the first. */
    static double[] clean(final double[] xy) {
        final double[] out = new double[xy.length];
        int n = 0;
        for (int i = 0; i < xy.length; i += 2) {
            if (n == 0 || xy[i] != out[n - 2] || xy[i + 1] != out[n - 1]) {
                out[n++] = xy[i];
                out[n++] = xy[i + 1];
            }
        }
        while (n > 2 && out[n - 2] == out[0] && out[n - 1] == out[1]) {
            n -= 2;
        }
        return n == out.length ? out : Arrays.copyOf(out, n);
    }

    /** Whether all vertices, at least two and the first two distinct, lie on one line. */
    static boolean onOneLine(final double[] xy) {
        for (int i = 4; i < xy.length; i += 2) {
            if (Orientation.of(xy[0], xy[1], xy[2], xy[3], xy[i], xy[i + 1]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The first vertex at a point, from 1. */
    static int vertex(final double[] xy, final double x, final double y) {
        for (int i = 0; i < xy.length; i += 2) {
            if (xy[i] == x && xy[i + 1] == y) {
                return i / 2 + 1;
            }
        }
        return 0;
    }

    /**
     * The ellipse inscribed into the bounds of vertices, as a polygon that leaves it by less than a hundredth of a
     * pixel (of a slide of any size that exists).
     */
    static double[] ellipse(final Bounds b) {
        final double rx = (b.maxX() - b.minX()) / 2;
        final double ry = (b.maxY() - b.minY()) / 2;
        // the sagitta of a chord over the angle 2 a is r (1 - cos a)
        final double angle = Math.acos(1 - Math.min(1, 0.01 / Math.max(Math.max(rx, ry), 0.01)));
        final int n = 4 * (int) Math.max(8, Math.min(16_384, Math.ceil(Math.PI / 4 / angle))); // meets all four sides
        final double[] xy = new double[2 * n];
        for (int i = 0; i < n; i++) {
            xy[2 * i] = b.minX() + rx + rx * Math.cos(2 * Math.PI * i / n);
            xy[2 * i + 1] = b.minY() + ry + ry * Math.sin(2 * Math.PI * i / n);
        }
        return xy;
    }
}
