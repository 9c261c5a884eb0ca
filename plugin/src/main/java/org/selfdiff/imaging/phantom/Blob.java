package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.annotation.Ring;

/** Smooth, irregular outlines as tissue has them, in tenths of a pixel of level 0. They do not cross themselves. */
final class Blob {
    private static final int HARMONICS = 28;

    private static final double LEAST_RADIUS = 0.4;

    private Blob() {}

    /**
     * Draws an outline: an ellipse whose radius waves, bent along its length.
     *
     * @param rx mean radius along its axis
     * @param ry mean radius across
     * @param roughness how much the radius waves, about 0 to 0.5
     * @param corners at least 8
     */
    static Ring draw(
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
        final double[] xy = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            final double phi = 2 * Math.PI * i / corners;
            double r = 1;
            for (int k = 0; k < HARMONICS; k++) {
                r += amplitude[k] * StrictMath.cos((k + 1) * phi + phase[k]);
            }
            r = Math.max(LEAST_RADIUS, r);
            final double u = rx * r * StrictMath.cos(phi);
            final double v = ry * r * StrictMath.sin(phi) + bend * u * u;
            xy[2 * i] = tenth(cx + u * c - v * s);
            xy[2 * i + 1] = tenth(cy + u * s + v * c);
        }
        return Ring.of(xy);
    }

    private static double tenth(final double v) {
        return Math.rint(10 * v) / 10;
    }

    /** Whether every corner of an outline, drawn larger about a point by a factor, lies inside of another one. */
    static boolean within(final Ring ring, final Ring other, final double cx, final double cy, final double factor) {
        for (int i = 0; i < ring.size(); i++) {
            if (!other.contains(cx + factor * (ring.x(i) - cx), cy + factor * (ring.y(i) - cy))) {
                return false;
            }
        }
        return true;
    }

    /** Largest distance of a corner from a point. */
    static double reach(final Ring ring, final double cx, final double cy) {
        double reach = 0;
        for (int i = 0; i < ring.size(); i++) {
            reach = Math.max(reach, StrictMath.hypot(ring.x(i) - cx, ring.y(i) - cy));
        }
        return reach;
    }
}
