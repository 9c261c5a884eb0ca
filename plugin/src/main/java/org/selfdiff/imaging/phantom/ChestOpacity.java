package org.selfdiff.imaging.phantom;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.SeededRandom;

/**
 * A finding in the lungs of a patient, in the frame of {@link ChestAnatomy}.
 *
 * @param spots its parts; none for clear lungs
 */
record ChestOpacity(List<Spot> spots) {

    /** A part of a finding. */
    interface Spot {
        /** What it takes of the rays at a place within a lung: more than 0 where the finding is. */
        double shadow(double x, double y);
    }

    static ChestOpacity draw(final ChestFinding finding, final ChestAnatomy anatomy, final SeededRandom random) {
        final List<Spot> spots = new ArrayList<>();
        switch (finding) {
            case NONE -> {}
            case NODULE -> {
                for (int n = 1 + random.nextInt(3); n > 0; n--) {
                    final double radius = random.between(0.035, 0.085);
                    spots.add(nodule(place(anatomy, random, 0.04), radius, random));
                }
            }
            case CONSOLIDATION -> {
                for (int n = random.chance(0.35) ? 2 : 1; n > 0; n--) {
                    spots.add(consolidation(place(anatomy, random, 0.06), random));
                }
            }
            case EFFUSION -> spots.add(effusion(anatomy, random));
        }
        return new ChestOpacity(List.copyOf(spots));
    }

    /** What the finding takes of the rays, 0 outside of it; lungs only. */
    double shadow(final double x, final double y) {
        double most = 0;
        for (final Spot spot : spots) {
            most = Math.max(most, spot.shadow(x, y));
        }
        return most;
    }

    /** A place in a lung, so far from its border. */
    private static double[] place(final ChestAnatomy anatomy, final SeededRandom random, final double depth) {
        while (true) {
            final double x = random.between(-0.8, 0.8);
            final double y = random.between(-0.7, 0.6);
            if (anatomy.lungDepth(x, y) > depth) {
                return new double[] {x, y};
            }
        }
    }

    /** A ball with slightly uneven borders: the shadow is its thickness. */
    private static Spot nodule(final double[] at, final double radius, final SeededRandom random) {
        final double strength = random.between(0.26, 0.42);
        final double turn = random.between(0, 2 * Math.PI);
        final double uneven = random.between(0.03, 0.1);
        return (x, y) -> {
            final double angle = Math.atan2(y - at[1], x - at[0]);
            final double rim = radius * (1 + uneven * Math.sin(3 * angle + turn) + uneven / 2 * Math.cos(5 * angle));
            final double r = Math.hypot(x - at[0], y - at[1]) / rim;
            return r >= 1 ? 0 : strength * Math.sqrt(1 - r * r) + 0.02;
        };
    }

    /** A patch whose borders and density are uneven. */
    private static Spot consolidation(final double[] at, final SeededRandom random) {
        final double along = random.between(0.16, 0.32);
        final double across = random.between(0.11, 0.2);
        final double turn = random.between(0, Math.PI);
        final double strength = random.between(0.36, 0.56);
        final NoiseField border = new NoiseField(random.nextLong(), 0.19, 4);
        final NoiseField inner = new NoiseField(random.nextLong(), 0.09, 3);
        return (x, y) -> {
            final double dx = x - at[0];
            final double dy = y - at[1];
            final double u = (Math.cos(turn) * dx + Math.sin(turn) * dy) / along;
            final double v = (Math.cos(turn) * dy - Math.sin(turn) * dx) / across;
            final double within = 1 - u * u - v * v + 0.55 * border.at(x, y);
            return within <= 0 ? 0 : 0.012 + strength * ChestAnatomy.step(within / 1.2) * (0.85 + 0.2 * inner.at(x, y));
        };
    }

    /** Fluid below a curve that rises towards the chest wall. */
    private static Spot effusion(final ChestAnatomy anatomy, final SeededRandom random) {
        final double side = random.chance(0.5) ? -1 : 1;
        final double level = anatomy.diaphragm(side * 0.62) - random.between(0.14, 0.5);
        final double rise = random.between(0.1, 0.2);
        final double strength = random.between(0.48, 0.6);
        return (x, y) -> {
            if (ChestAnatomy.side(x) != side) {
                return 0;
            }
            final double s = Math.abs(x) / anatomy.wall(y);
            final double depth = y - level - rise * (0.5 - s * s);
            return depth <= 0 ? 0 : 0.02 + strength * ChestAnatomy.step(depth / 0.16);
        };
    }
}
