package org.selfdiff.imaging.annotation;

import java.util.Arrays;
import org.selfdiff.run.RunFailed;

/** The vertices of an outline while they are read. Each is counted by the collector and checked. */
final class Vertices {
    /** No slide is larger; beyond it, whole pixels would lose their digits. */
    private static final double FARTHEST = 0x1p40;

    private final RegionCollector collector;

    private double[] xy = new double[64];

    private int count;

    Vertices(final RegionCollector collector) {
        this.collector = collector;
    }

    /** Adds a vertex in pixels of level 0. */
    void add(final double x, final double y, final Place place) throws RunFailed {
        if (!(Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST)) {
            throw new RunFailed(
                    "The vertex lies at " + x + ", " + y + ", which is on no slide",
                    place.vertex(count + 1),
                    "Coordinates must be pixels of the slide's finest level; export the annotations again.");
        }
        collector.count(1);
        if (2 * count == xy.length) {
            xy = Arrays.copyOf(xy, 4 * count);
        }
        xy[2 * count] = x;
        xy[2 * count + 1] = y;
        count++;
    }

    int count() {
        return count;
    }

    /** The vertices, interleaved, and starts anew. */
    double[] take() {
        final double[] taken = Arrays.copyOf(xy, 2 * count);
        count = 0;
        return taken;
    }
}
