package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/**
 * One nucleus: an ellipse with a wavy outline, possibly bent. Lengths in pixels.
 *
 * @param type its kind
 * @param x column of its centre
 * @param y row of its centre
 * @param a half of its length
 * @param b half of its width
 * @param angle of its length in radians
 * @param bend how much the long axis curves, per pixel
 * @param waves amplitude and phase of the 2nd, 3rd and 4th harmonic of the outline
 * @param density amount of hematoxylin
 * @param softness half of the width of its edge: larger if out of focus
 * @param texture key of its chromatin
 */
record Nucleus(
        NucleusType type,
        double x,
        double y,
        double a,
        double b,
        double angle,
        double bend,
        double[] waves,
        double density,
        double softness,
        long texture) {

    /** Draws a nucleus of a kind at a place. */
    static Nucleus draw(
            final SeededRandom random,
            final NucleusType type,
            final double x,
            final double y,
            final double angle,
            final double scale) {
        final boolean outOfFocus = random.chance(0.13);
        final double focus = outOfFocus ? random.between(1.6, 2.6) : random.between(0.5, 0.8);
        final double pale = outOfFocus ? 0.65 : 1;
        final double a;
        final double b;
        final double density;
        double bend = 0;
        double wave = 0.05;
        switch (type) {
            case LYMPHOCYTE -> {
                a = random.between(5.3, 6.9);
                b = a * random.between(0.85, 1);
                density = random.between(0.95, 1.5);
            }
            case FIBROBLAST -> {
                a = random.between(8, 14.5);
                b = random.between(2.1, 3.7);
                density = random.between(0.7, 1.25);
                bend = random.between(-0.02, 0.02) / scale;
                wave = 0.04;
            }
            default -> {
                a = random.between(7.2, 9.8);
                b = a * random.between(0.58, 0.82);
                density = random.between(0.8, 1.25);
                wave = 0.045;
            }
        }
        final double[] waves = new double[6];
        for (int k = 0; k < 3; k++) {
            waves[2 * k] = wave * random.gaussian() / (k + 1);
            waves[2 * k + 1] = random.between(0, 2 * Math.PI);
        }
        return new Nucleus(
                type, x, y, a * scale, b * scale, angle, bend, waves, density * pale, focus * scale, random.nextLong());
    }

    /** Distance from the outline in pixels, negative inside; exact on the outline, close to it nearly so. */
    double distance(final double px, final double py) {
        final double c = StrictMath.cos(angle);
        final double s = StrictMath.sin(angle);
        final double u = (px - x) * c + (py - y) * s;
        final double v = (py - y) * c - (px - x) * s - bend * u * u;
        double f = Math.sqrt(u * u / (a * a) + v * v / (b * b));
        if (f < 1e-6) {
            return -b;
        }
        final double gradient = Math.sqrt(u * u / (a * a * a * a) + v * v / (b * b * b * b)) / f;
        final double phi = StrictMath.atan2(v / b, u / a);
        double r = 1;
        for (int k = 0; k < 3; k++) {
            r += waves[2 * k] * StrictMath.cos((k + 2) * phi + waves[2 * k + 1]);
        }
        f /= r;
        return Math.max(-b, (f - 1) * r / gradient);
    }

    /** A radius that holds all of it, edge included. */
    int reach() {
        return (int) Math.ceil(1.25 * a + 3 * softness + 2);
    }
}
