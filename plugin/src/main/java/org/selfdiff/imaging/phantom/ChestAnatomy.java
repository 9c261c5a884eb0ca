package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/**
 * A patient's chest, seen from the front. Places are in a frame of the body, in which the picture of an upright patient in
 * the middle reaches from -1 to 1, left to right and top to bottom; the patient's right lung is on the left.
 *
 * @param breadth of the rib cage, 1 on average
 * @param apex height of the lungs' tops
 * @param dome height of the right diaphragm's rim, and {@code rise} how far its dome is above it
 * @param lower how much lower the left diaphragm lies
 * @param heart size of the heart, 1 on average
 * @param pitch distance of the ribs
 * @param slope how steeply they fall towards the chest wall
 * @param breasts strength of the breasts' shadows, 0 for none
 * @param girth strength of soft tissue over all
 */
record ChestAnatomy(
        double breadth,
        double apex,
        double dome,
        double rise,
        double lower,
        double heart,
        double pitch,
        double slope,
        double breasts,
        double girth) {
    private static final double RIGHT = -1;

    static ChestAnatomy draw(final SeededRandom random) {
        return new ChestAnatomy(
                random.between(0.94, 1.1),
                random.between(-0.82, -0.72),
                random.between(0.5, 0.66),
                random.between(0.16, 0.26),
                random.between(0.02, 0.09),
                random.between(0.88, 1.22),
                random.between(0.135, 0.16),
                random.between(0.2, 0.34),
                random.chance(0.45) ? random.between(0.06, 0.14) : 0,
                random.between(0.85, 1.2));
    }

    /** Distance of the chest wall's inner side from the middle line. */
    double wall(final double y) {
        final double t = Math.max(0, Math.min(1, (y - apex + 0.06) / 1.35));
        return breadth * (0.26 + 0.55 * Math.sqrt(Math.sin(Math.PI / 2 * Math.min(1, 1.15 * t))));
    }

    /** Half of the mediastinum's width: great vessels above, hila in the middle. */
    double middle(final double y) {
        final double hilum = (y + 0.05) / 0.22;
        return 0.115 + 0.05 * Math.exp(-hilum * hilum) + 0.02 * Math.max(0, y);
    }

    /** Upper rim of the abdomen. */
    double diaphragm(final double x) {
        final double c = Math.max(-0.4, (Math.abs(x) - 0.38 * breadth) / (0.42 * breadth));
        return dome + lower * step((x + 0.08) / 0.16) - rise * (1 - c * c);
    }

    private double top(final double x) {
        final double c = (Math.abs(x) - 0.33 * breadth) / 0.3;
        return apex + 0.3 * c * c;
    }

    /** How far a place is within the heart's outline or the aortic knob, above 0 inside. */
    double heartDepth(final double x, final double y) {
        final double dx = x - 0.17;
        final double dy = y - (dome - 0.29);
        final double along = (0.78 * dx + 0.62 * dy) / (0.4 * heart);
        final double across = (-0.62 * dx + 0.78 * dy) / (0.29 * heart);
        final double ventricle = 1 - Math.sqrt(along * along + across * across);
        final double knob = 1 - Math.hypot(x - 0.13, y + 0.36) / 0.1;
        return Math.max(0.32 * ventricle, 0.1 * knob);
    }

    /** How far a place is within the lungs, above 0 inside: the distance to the nearest border, roughly. */
    double lungDepth(final double x, final double y) {
        final double side = Math.abs(x);
        return Math.min(
                Math.min(wall(y) - side, side - middle(y)),
                Math.min(Math.min(diaphragm(x) - y, y - top(x)), -heartDepth(x, y)));
    }

    /** Whether a place is in a lung: a ray there passes air. */
    boolean lung(final double x, final double y) {
        return lungDepth(x, y) > 0;
    }

    /** The patient's right or left side, -1 or 1. */
    static double side(final double x) {
        return x < 0 ? RIGHT : -RIGHT;
    }

    /** What the body takes of the rays at a place, findings and fine structure left out: 0 in air, about 1 in the middle. */
    double shadow(final double x, final double y) {
        final double side = Math.abs(x);
        double sum = girth * soft(side, y);
        if (sum <= 0) {
            return 0;
        }
        final double edge = (middle(y) + 0.02 - side) / 0.05;
        sum += 0.24 * step(edge)
                + 0.16 * Math.exp(-square(side / 0.085)) * (0.8 + 0.2 * Math.cos(2 * Math.PI * y / 0.12));
        sum -= 0.13 * Math.exp(-square(x / 0.045)) * step((-0.25 - y) / 0.08); // the trachea
        sum += 0.3 * Math.sqrt(Math.max(0, heartDepth(x, y) / 0.32));
        final double below = y - diaphragm(x);
        if (side < wall(y) + 0.03) {
            sum += 0.24 * step(below / 0.05) + 0.1 * Math.max(0, Math.min(0.6, below));
        }
        final double bubble = 1 - Math.hypot((x - 0.34) / 0.17, (y - dome - lower - 0.04) / 0.09);
        sum -= below > 0.02 && x > 0 ? 0.22 * step(bubble / 0.35) : 0;
        sum -= 0.52 * girth * air(lungDepth(x, y));
        sum += bones(x, y);
        if (breasts > 0) {
            final double breast = 1 - Math.hypot((side - 0.46) / 0.36, (y - 0.34) / 0.34);
            sum += breasts * step(breast / 0.3);
        }
        return Math.max(0.02, sum);
    }

    /** Share of air in a ray that passes a lung so far from its border, 0 to 1. */
    static double air(final double depth) {
        return 1 - Math.exp(-Math.max(0, depth) / 0.085);
    }

    /** Soft tissue: neck, shoulders, trunk. */
    private double soft(final double side, final double y) {
        final double neck = 0.26 + 0.9 * step((y + 0.8) / 0.2);
        final double half =
                y < -0.62 ? neck : breadth * (0.97 - 0.06 * Math.max(0, y)) + 0.35 * step((-0.42 - y) / 0.2);
        return 0.56 * Math.pow(Math.max(0, 1 - square(side / half)), 0.35);
    }

    /** Ribs behind, which are plain, ribs in front, which are faint, and collar bones. */
    private double bones(final double x, final double y) {
        final double side = Math.abs(x);
        final double wall = wall(y) + 0.045;
        double sum = 0;
        if (side < wall && y < dome + 0.5) {
            final double s = side / (0.82 * breadth);
            final double fade = step((wall - side) / 0.04)
                    * step((side - 0.06) / 0.08)
                    * (1 - 0.8 * step((y - diaphragm(x) + 0.05) / 0.25));
            final double behind = y - apex - 0.02 + 0.09 * Math.sin(Math.PI * Math.min(1, s)) - slope * s * s;
            sum += fade * 0.105 * rib(behind / pitch, 0.2);
            final double front = y - apex - 0.12 - 0.42 * (1 - s) * (1 - s) + 0.12 * s;
            sum += fade * step((s - 0.3) / 0.2) * 0.06 * rib(front / pitch, 0.22);
            final double rim = (wall - 0.03 - side) / 0.03;
            sum += y > apex ? 0.09 * Math.exp(-rim * rim) * (1 - 0.7 * step((y - diaphragm(x)) / 0.2)) : 0;
        }
        final double bone = y - (apex + 0.17 - 0.2 * Math.pow(Math.min(1, side / 0.75), 1.4));
        if (side > 0.08 && side < 0.86) {
            sum += 0.15 * hollow(bone / 0.04) * step((side - 0.08) / 0.05) * step((0.86 - side) / 0.1);
        }
        return sum;
    }

    /** A bone at every whole number: a hollow band of that half width. */
    private static double rib(final double at, final double half) {
        return at < -0.5 ? 0 : hollow((at - Math.rint(at)) / half);
    }

    /** Across a bone from -1 to 1: brighter at its rims, which are hard, than in between. */
    private static double hollow(final double across) {
        final double a = Math.abs(across);
        return a >= 1.15 ? 0 : step((1.15 - a) / 0.3) * (0.6 + 0.4 * a * a);
    }

    /** 0 up to 0, 1 from 1, smooth between. */
    static double step(final double t) {
        final double c = Math.max(0, Math.min(1, t));
        return c * c * (3 - 2 * c);
    }

    private static double square(final double v) {
        return v * v;
    }
}
