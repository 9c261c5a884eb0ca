package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/**
 * A gland: a ring of epithelium round a lumen. Lengths in pixels.
 *
 * @param x column of its centre
 * @param y row of its centre
 * @param radius mean outer radius
 * @param lumen mean radius of the lumen
 * @param waves amplitude and phase of harmonics 2 to 5 of the outline
 * @param mucin how pale the cells are towards the lumen, 0 to 1
 * @param cells number of cells round the ring
 */
record Gland(double x, double y, double radius, double lumen, double[] waves, double mucin, int cells) {
    private static final int HARMONICS = 4;

    static Gland draw(
            final SeededRandom random, final double x, final double y, final double radius, final double scale) {
        final double[] waves = new double[2 * HARMONICS];
        for (int k = 0; k < HARMONICS; k++) {
            waves[2 * k] = random.between(-0.13, 0.13) / (1 + 0.5 * k);
            waves[2 * k + 1] = random.between(0, 2 * Math.PI);
        }
        final double thickness = random.between(21, 31) * scale;
        final int cells = (int) (2 * Math.PI * (radius - 10 * scale) / (random.between(9, 12) * scale));
        return new Gland(x, y, radius, Math.max(4 * scale, radius - thickness), waves, random.between(0, 0.8), cells);
    }

    /** The outline's radius in a direction, as a multiple of the mean. */
    double shape(final double phi) {
        double r = 1;
        for (int k = 0; k < HARMONICS; k++) {
            r += waves[2 * k] * StrictMath.cos((k + 2) * phi + waves[2 * k + 1]);
        }
        return r;
    }

    double direction(final double px, final double py) {
        return StrictMath.atan2(py - y, px - x);
    }

    /** Distance from the outer border along the ray from the centre, negative inside. */
    double outside(final double px, final double py) {
        return StrictMath.hypot(px - x, py - y) - radius * shape(direction(px, py));
    }

    /** Where a point lies in the epithelium: 0 at the outer border, 1 at the lumen, above 1 in the lumen. */
    double depth(final double px, final double py) {
        final double outer = radius * shape(direction(px, py));
        return (outer - StrictMath.hypot(px - x, py - y)) / (radius - lumen);
    }
}
