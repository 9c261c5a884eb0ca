package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/**
 * A stroke along a line of points: of a pen on the glass, or a hair.
 *
 * @param x columns of its points
 * @param y rows of its points
 * @param half half of its width in pixels
 * @param passes share of red, green, blue light that passes
 */
record Stroke(double[] x, double[] y, double half, double[] passes) {
    private static final double[][] PENS = {{0.16, 0.55, 0.3}, {0.2, 0.28, 0.66}, {0.13, 0.13, 0.15}};

    private static final int POINTS = 96;

    /** An arc round a place, drawn by an unsteady hand, in one of three colours. */
    static Stroke pen(
            final SeededRandom random, final double cx, final double cy, final double radius, final double half) {
        final double start = random.between(0, 2 * Math.PI);
        final double turn = random.between(1.6, 5) * (random.chance(0.5) ? 1 : -1);
        final double squeeze = random.between(0.6, 1);
        return line(random, cx, cy, radius, squeeze, start, turn, half, PENS[random.nextInt(PENS.length)]);
    }

    /** A thin, dark, curved line. */
    static Stroke hair(final SeededRandom random, final double cx, final double cy, final double length) {
        final double radius = length * random.between(0.4, 1.5);
        final double shade = random.between(0.3, 0.6);
        return line(
                random,
                cx,
                cy,
                radius,
                1,
                random.between(0, 2 * Math.PI),
                length / radius,
                random.between(1.2, 2.5),
                new double[] {shade, shade, shade * 1.05});
    }

    static Stroke line(
            final SeededRandom random,
            final double cx,
            final double cy,
            final double radius,
            final double squeeze,
            final double start,
            final double turn,
            final double half,
            final double[] passes) {
        final double[] x = new double[POINTS];
        final double[] y = new double[POINTS];
        double wander = 0;
        double drift = 0;
        for (int i = 0; i < POINTS; i++) {
            drift = 0.85 * drift + 0.0012 * random.gaussian();
            wander = 0.98 * wander + drift;
            final double angle = start + turn * i / (POINTS - 1);
            x[i] = cx + radius * (1 + wander) * StrictMath.cos(angle);
            y[i] = cy + radius * squeeze * (1 + wander) * StrictMath.sin(angle);
        }
        return new Stroke(x, y, half, passes.clone());
    }

    /** Distance of a point from the middle line, in pixels. */
    double distance(final double px, final double py) {
        double least = Double.MAX_VALUE;
        for (int i = 1; i < x.length; i++) {
            final double dx = x[i] - x[i - 1];
            final double dy = y[i] - y[i - 1];
            final double along = ((px - x[i - 1]) * dx + (py - y[i - 1]) * dy) / (dx * dx + dy * dy + 1e-9);
            final double t = Math.max(0, Math.min(1, along));
            final double ex = px - x[i - 1] - t * dx;
            final double ey = py - y[i - 1] - t * dy;
            least = Math.min(least, ex * ex + ey * ey);
        }
        return Math.sqrt(least);
    }

    /** Whether any of it can lie within a distance of a rectangle. */
    boolean meets(final double left, final double top, final double width, final double height) {
        final double reach = half + 4 + StrictMath.hypot(width, height) / 2;
        return distance(left + width / 2, top + height / 2) <= reach;
    }
}
