package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;

/** Vessels that branch from the hila into the lungs, drawn as soft lines into a plane of the picture. */
final class ChestVessels {
    private static final int TRUNKS = 15;

    /** Distance of the points of a line in pixels. */
    private static final double STRIDE = 0.6;

    private static final double DENSITY = 7;

    private static final double SHORTEST = 0.02;

    private final ChestPose pose;

    private final Plane plane;

    private ChestVessels(final ChestPose pose, final Plane plane) {
        this.pose = pose;
        this.plane = plane;
    }

    /** What they take of the rays at each pixel. */
    static Plane draw(final ChestPose pose, final int side, final SeededRandom random) {
        final ChestVessels vessels = new ChestVessels(pose, Plane.empty(side, side));
        for (final double half : new double[] {-1, 1}) {
            for (int i = 0; i < TRUNKS; i++) {
                // from up and inwards over outwards to down and inwards
                final double angle = -1.5 + 3.1 * (i + random.between(-0.3, 0.3)) / (TRUNKS - 1);
                vessels.branch(
                        half * 0.17,
                        -0.04 + random.between(-0.05, 0.07),
                        half,
                        angle,
                        random.between(0.013, 0.02),
                        0.2,
                        random);
            }
        }
        return vessels.plane;
    }

    private void branch(
            final double x0,
            final double y0,
            final double half,
            final double angle0,
            final double width,
            final double length,
            final SeededRandom random) {
        double x = x0;
        double y = y0;
        double angle = angle0;
        final double stride = 2 * STRIDE / plane.width();
        for (double way = 0; way < length; way += stride) {
            angle += random.between(-1, 1) * 0.9 * Math.sqrt(stride);
            x += half * stride * Math.cos(angle);
            y += stride * Math.sin(angle);
            stamp(x, y, width * (1 - 0.25 * way / length));
        }
        if (length < SHORTEST || width < 0.0022) {
            return;
        }
        for (final double turn : new double[] {-0.42, 0.36}) {
            branch(
                    x,
                    y,
                    half,
                    angle + turn + random.between(-0.2, 0.2),
                    width * random.between(0.55, 0.75),
                    length * random.between(0.6, 0.9),
                    random);
        }
    }

    /** A point of a line, as thick as the vessel is there. */
    private void stamp(final double x, final double y, final double width) {
        final double px = pose.column(x, y);
        final double py = pose.row(x, y);
        final double half = Math.max(0.55, width * plane.width() / 2);
        // a line of such points adds up to a shadow as deep as the vessel is thick
        final double strength = DENSITY * width * STRIDE / half;
        final int reach = (int) Math.ceil(2 * half);
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                final double ex = (int) Math.floor(px) + dx + 0.5 - px;
                final double ey = (int) Math.floor(py) + dy + 0.5 - py;
                plane.add(
                        (int) Math.floor(px) + dx,
                        (int) Math.floor(py) + dy,
                        strength * Math.exp(-(ex * ex + ey * ey) / (half * half)));
            }
        }
    }
}
