package org.selfdiff.imaging.annotation;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.SeededRandom;

/** Rings for tests, and the slow way to tell what lies inside. */
final class Shapes {

    private Shapes() {}

    static Ring rectangle(final double x0, final double y0, final double x1, final double y1) {
        return Ring.of(x0, y0, x1, y0, x1, y1, x0, y1);
    }

    static Region region(final String className, final Ring outer, final Ring... holes) {
        return new Region(className, "", List.of(new Polygon(outer, List.of(holes))));
    }

    static Annotations annotations(final Region... regions) {
        return Annotations.of(List.of(regions), List.of());
    }

    /** Vertices at random places: crosses itself wildly. */
    static Ring tangle(final long key, final int n, final double size, final boolean whole) {
        final SeededRandom random = new SeededRandom(key);
        final double[] xy = new double[2 * n];
        for (int i = 0; i < xy.length; i++) {
            final double value = random.between(-0.1 * size, 1.1 * size);
            xy[i] = whole ? Math.rint(value) : value;
        }
        return Ring.of(xy);
    }

    /** An outline that does not cross itself: the radius changes from vertex to vertex. */
    static Ring star(
            final long key, final int n, final double cx, final double cy, final double inner, final double outer) {
        final SeededRandom random = new SeededRandom(key);
        final double[] xy = new double[2 * n];
        for (int i = 0; i < n; i++) {
            final double r = random.between(inner, outer);
            xy[2 * i] = cx + r * Math.cos(2 * Math.PI * i / n);
            xy[2 * i + 1] = cy + r * Math.sin(2 * Math.PI * i / n);
        }
        return Ring.of(xy);
    }

    /**
     * The winding number by the sum of the angles that the edges are seen under, which has nothing in common with
     * counting crossings; for points off the outline.
     */
    static int windingByAngles(final Ring ring, final double x, final double y) {
        double sum = 0;
        for (int i = 0; i < ring.size(); i++) {
            final int j = (i + 1) % ring.size();
            final double ax = ring.x(i) - x;
            final double ay = ring.y(i) - y;
            final double bx = ring.x(j) - x;
            final double by = ring.y(j) - y;
            sum += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
        }
        return (int) Math.rint(sum / (2 * Math.PI));
    }

    /** The even-odd rule, as in every textbook. */
    static boolean evenOdd(final Ring ring, final double x, final double y) {
        boolean inside = false;
        for (int i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            if (ring.y(i) > y != ring.y(j) > y
                    && x < (ring.x(j) - ring.x(i)) * (y - ring.y(i)) / (ring.y(j) - ring.y(i)) + ring.x(i)) {
                inside = !inside;
            }
        }
        return inside;
    }

    /** All pairs of edges that cross inside of both, by signs of areas of whole coordinates. */
    static boolean crosses(final Ring ring) {
        for (int i = 0; i < ring.size(); i++) {
            for (int k = i + 1; k < ring.size(); k++) {
                final int a = side(ring, i, k) * side(ring, i, (k + 1) % ring.size());
                final int b = side(ring, k, i) * side(ring, k, (i + 1) % ring.size());
                if (a < 0 && b < 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int side(final Ring ring, final int edge, final int vertex) {
        final int end = (edge + 1) % ring.size();
        return (int) Math.signum((ring.x(end) - ring.x(edge)) * (ring.y(vertex) - ring.y(edge))
                - (ring.y(end) - ring.y(edge)) * (ring.x(vertex) - ring.x(edge)));
    }

    /** GeoJSON of an outline. */
    static String geoJson(final Ring ring) {
        final StringBuilder text = new StringBuilder("{\"type\":\"Polygon\",\"coordinates\":[[");
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i <= ring.size(); i++) {
            order.add(i % ring.size());
        }
        order.forEach(i ->
                text.append('[').append(ring.x(i)).append(',').append(ring.y(i)).append("],"));
        text.setLength(text.length() - 1);
        return text.append("]]}").toString();
    }
}
