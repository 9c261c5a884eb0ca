package org.selfdiff.imaging.annotation;

import java.util.Arrays;

/**
 * A closed outline: the last vertex is followed by the first one. Immutable. What it encloses are the points that it
 * winds around a number of times other than 0 (the non-zero rule); for an outline that does not cross itself this is
 * its inside, and for one that does it is defined all the same.
 *
 * <p>A point on the outline is inside where the inside lies right of it or below it, so that of two regions with a
 * common edge exactly one holds a point on that edge.
 */
public final class Ring {
    /** From this number of vertices on, an index over the edges pays. */
    private static final int INDEX_FROM = 48;

    private final double[] xy;

    private final Bounds bounds;

    private final BoxTree edges; // null for a small ring

    private Ring(final double[] xy) {
        this.xy = xy;
        this.bounds = Bounds.of(xy);
        this.edges = size() < INDEX_FROM ? null : BoxTree.of(size(), this::include);
    }

    /** Is shown edges, or chains of edges that wind in the same way as one edge would. */
    interface Edges {
        /** One edge; x is minus infinity where a chain left of everything asked for was put together. */
        void edge(double x1, double y1, double x2, double y2);
    }

    /**
     * Makes a ring. It shares the array, and nobody may write to it afterwards.
     *
     * @param xy x and y of every vertex in turn, in pixels of level 0, all finite, at least three vertices; the first
     *     one is not repeated at the end
     */
    public static Ring of(final double... xy) {
        if (xy.length < 6 || xy.length % 2 != 0) {
            throw new IllegalArgumentException(xy.length + " coordinates");
        }
        for (final double value : xy) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("coordinate " + value);
            }
        }
        return new Ring(xy);
    }

    /** The four sides of a rectangle. */
    public static Ring rectangle(final Bounds b) {
        return of(b.minX(), b.minY(), b.maxX(), b.minY(), b.maxX(), b.maxY(), b.minX(), b.maxY());
    }

    private void include(final int edge, final double[] boxes, final int at) {
        BoxTree.include(boxes, at, x(edge), y(edge));
        BoxTree.include(boxes, at, x(next(edge)), y(next(edge)));
    }

    /** How many vertices there are, which is also how many edges. */
    public int size() {
        return xy.length / 2;
    }

    /** Column of a vertex in pixels of level 0. */
    public double x(final int vertex) {
        return xy[2 * vertex];
    }

    /** Row of a vertex in pixels of level 0. */
    public double y(final int vertex) {
        return xy[2 * vertex + 1];
    }

    /** The vertex behind a vertex. */
    int next(final int vertex) {
        return vertex + 1 == size() ? 0 : vertex + 1;
    }

    /** The smallest rectangle around the ring. */
    public Bounds bounds() {
        return bounds;
    }

    /** The index over the edges, {@code null} for a small ring. */
    BoxTree edgeIndex() {
        return edges;
    }

    /**
     * The area by the shoelace formula, in square pixels of level 0: positive if the ring runs clockwise on the screen.
     * What a ring encloses that crosses itself is another number.
     */
    public double signedArea() {
        double twice = 0;
        for (int i = 1; i + 1 < size(); i++) {
            // relative to the first vertex, which keeps the digits of a small ring far from the origin
            twice += (x(i) - x(0)) * (y(i + 1) - y(0)) - (x(i + 1) - x(0)) * (y(i) - y(0));
        }
        return twice / 2;
    }

    /**
     * Shows the edges that decide how the ring winds around points of a rectangle. Of a chain of edges left of all of
     * them only the ends matter, as crossings back and forth cancel.
     */
    void visit(final Bounds points, final Edges visitor) {
        final int n = size();
        if (edges == null) {
            show(0, n, visitor);
            return;
        }
        final Bounds reach = new Bounds(Double.NEGATIVE_INFINITY, points.minY(), points.maxX(), points.maxY());
        int i = edges.seek(0, reach);
        while (i < n) {
            final int end = edges.endLeftOf(i, points.minX());
            if (end > i) {
                final double left = Double.NEGATIVE_INFINITY;
                visitor.edge(left, y(i), left, y(end == n ? 0 : end));
                i = end;
            } else {
                final int stop = edges.blockEnd(i);
                show(i, stop, visitor);
                i = stop;
            }
            i = edges.seek(i, reach);
        }
    }

    private void show(final int from, final int to, final Edges visitor) {
        for (int i = from; i < to; i++) {
            final int j = next(i);
            visitor.edge(x(i), y(i), x(j), y(j));
        }
    }

    /** Whether a point lies inside. */
    public boolean contains(final double x, final double y) {
        return x >= bounds.minX()
                && x < bounds.maxX()
                && y >= bounds.minY()
                && y < bounds.maxY()
                && Winding.at(this, x, y) != 0;
    }

    /** Same vertices in the same order. */
    @Override
    public boolean equals(final Object other) {
        return other instanceof Ring r && Arrays.equals(xy, r.xy);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(xy);
    }

    @Override
    public String toString() {
        return "Ring of " + size() + " vertices";
    }
}
