package org.selfdiff.imaging.annotation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * The outlines of the areas of a label map, along the edges of its pixels: drawing them again gives the same map.
 * Pixels that touch only at a corner belong to different polygons.
 */
public final class Contours {
    private static final int[] STEP_X = {1, 0, -1, 0}; // right, down, left, up: clockwise on the screen

    private static final int[] STEP_Y = {0, 1, 0, -1};

    private final LabelMap map;

    private final BitSet walked; // upper edges of pixels that are part of a ring already

    private int left; // vertices that may still come

    private Contours(final LabelMap map, final int maxVertices) {
        this.map = map;
        this.walked = new BitSet(map.labels().length);
        this.left = maxVertices;
    }

    /** The polygons of every label but 0, in pixels of the map, where pixel (0, 0) reaches from (0, 0) to (1, 1). */
    public static Map<Integer, List<Polygon>> of(final LabelMap map) {
        try {
            return of(map, Integer.MAX_VALUE, "label map", RunControl.silent());
        } catch (final RunFailed | RunCancelled e) {
            throw new IllegalStateException(e); // without limit and control there is neither
        }
    }

    /**
     * The same with a limit.
     *
     * @param maxVertices most vertices of all outlines together
     * @param where what the map is, for messages
     */
    static Map<Integer, List<Polygon>> of(
            final LabelMap map, final int maxVertices, final String where, final RunControl control)
            throws RunFailed, RunCancelled {
        final Contours contours = new Contours(map, maxVertices);
        final int[] areas = Areas.of(map, control);
        // a ring is met first at an upper edge; the first ring of an area is its outline, the others are holes
        final Map<Integer, List<Ring>> rings = new TreeMap<>();
        for (int y = 0; y < map.height(); y++) {
            control.checkCancelled();
            for (int x = 0; x < map.width(); x++) {
                final int pixel = y * map.width() + x;
                if (map.labels()[pixel] != 0 && contours.isUpperEdge(x, y) && !contours.walked.get(pixel)) {
                    rings.computeIfAbsent(areas[pixel], area -> new ArrayList<>(1))
                            .add(contours.walk(x, y, where));
                }
            }
        }
        final Map<Integer, List<Polygon>> polygons = new TreeMap<>();
        rings.forEach((area, list) -> polygons.computeIfAbsent(map.labels()[area], label -> new ArrayList<>(1))
                .add(new Polygon(list.get(0), list.subList(1, list.size()))));
        return polygons;
    }

    private boolean isUpperEdge(final int x, final int y) {
        return y == 0 || map.label(x, y) != map.label(x, y - 1);
    }

    /** Walks around an area with its pixels to the right, from the upper left corner of a pixel. */
    private Ring walk(final int startX, final int startY, final String where) throws RunFailed {
        final int label = map.label(startX, startY);
        double[] xy = new double[16];
        int n = 0;
        int x = startX;
        int y = startY;
        int direction = 0;
        do {
            if (direction == 0) {
                walked.set(y * map.width() + x);
            }
            x += STEP_X[direction];
            y += STEP_Y[direction];
            final int turn = turn(x, y, direction, label);
            if (turn != 0) {
                if (left-- <= 0) {
                    throw tooMany(where);
                }
                if (n == xy.length) {
                    xy = Arrays.copyOf(xy, 2 * n);
                }
                xy[n++] = x;
                xy[n++] = y;
                direction = direction + turn & 3;
            }
        } while (x != startX || y != startY || direction != 0);
        return Ring.of(Arrays.copyOf(xy, n));
    }

    /** 1 to turn right, 0 to go on, -1 to turn left. */
    private int turn(final int x, final int y, final int direction, final int label) {
        // the pixels ahead, right and left of the way, seen from the corner (x, y)
        final int dx = STEP_X[direction];
        final int dy = STEP_Y[direction];
        if (!has(x + (dx - dy - 1) / 2, y + (dx + dy - 1) / 2, label)) {
            return 1;
        }
        return has(x + (dx + dy - 1) / 2, y + (dy - dx - 1) / 2, label) ? -1 : 0;
    }

    private boolean has(final int x, final int y, final int label) {
        return x >= 0 && y >= 0 && x < map.width() && y < map.height() && map.label(x, y) == label;
    }

    private static RunFailed tooMany(final String where) {
        return new RunFailed(
                "The outlines of the labels have too many vertices",
                where,
                "Check that it is a picture of labels and not of colours, or raise the limit of vertices.");
    }
}
