package org.selfdiff.imaging.annotation;

import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Finds where a ring crosses itself. Touching is no crossing: not at a vertex of both parts, not at a vertex on an edge
 * if the outline stays on one side of it, and not where the outline runs along itself, as the cut to a hole does.
 */
final class Crossings {
    /** The outline does not cross itself. */
    static final int NONE = -1;

    /** So many edges lie over each other that nobody waits for the answer. */
    static final int UNDECIDED = -2;

    /** Pairs of edges looked at in any case, and for each edge; an ordinary outline needs about 50 for an edge. */
    private static final long BUDGET = 100_000_000L;

    private static final long BUDGET_OF_EDGE = 500;

    private final Ring ring;

    private final long budget;

    private long looked;

    private Crossings(final Ring ring, final long budget) {
        this.ring = ring;
        this.budget = budget;
    }

    /**
     * Looks for a crossing.
     *
     * @return the vertex (from 0) that starts an edge which another one crosses, {@link #NONE} or {@link #UNDECIDED}
     */
    static int first(final Ring ring, final RunControl control) throws RunCancelled {
        return first(ring, BUDGET + BUDGET_OF_EDGE * ring.size(), control);
    }

    static int first(final Ring ring, final long budget, final RunControl control) throws RunCancelled {
        return new Crossings(ring, budget).find(control);
    }

    private int find(final RunControl control) throws RunCancelled {
        final BoxTree tree = ring.edgeIndex();
        final int n = ring.size();
        if (tree == null) {
            return pairs(0, n, 0, n, ring.bounds());
        }
        for (int i = 0; i < n; i = tree.blockEnd(i)) {
            final Bounds block = tree.block(i);
            int j = tree.seek(i, block);
            while (j < n) {
                control.checkCancelled();
                final int found = pairs(i, tree.blockEnd(i), j, tree.blockEnd(j), tree.block(j));
                if (found != NONE) {
                    return found;
                }
                if (looked > budget) {
                    return UNDECIDED;
                }
                j = tree.seek(tree.blockEnd(j), block);
            }
        }
        return NONE;
    }

    private int pairs(final int from, final int to, final int otherFrom, final int otherTo, final Bounds others) {
        for (int i = from; i < to; i++) {
            final Bounds edge = edge(i);
            if (!edge.overlaps(others)) {
                continue;
            }
            final int first = Math.max(i + 2, otherFrom);
            looked += Math.max(0, otherTo - first);
            for (int k = first; k < otherTo; k++) {
                if (edge.overlaps(edge(k)) && ring.next(k) != i && cross(i, k)) {
                    return i;
                }
            }
        }
        return NONE;
    }

    private Bounds edge(final int i) {
        final int j = ring.next(i);
        return new Bounds(
                Math.min(ring.x(i), ring.x(j)),
                Math.min(ring.y(i), ring.y(j)),
                Math.max(ring.x(i), ring.x(j)),
                Math.max(ring.y(i), ring.y(j)));
    }

    private boolean cross(final int i, final int k) {
        final int a = side(i, k);
        final int b = side(i, ring.next(k));
        if (a * b > 0) {
            return false;
        }
        final int c = side(k, i);
        final int d = side(k, ring.next(i));
        if (c * d > 0) {
            return false;
        }
        return a * b < 0 && c * d < 0 || passes(i, k, a, b) || passes(k, i, c, d);
    }

    /** Whether the outline comes to the inside of edge {@code i} with the end of edge {@code k} and goes on beyond. */
    private boolean passes(final int i, final int k, final int start, final int end) {
        if (start == 0 || end != 0) {
            return false;
        }
        int vertex = ring.next(k);
        int side = end;
        // the outline may run along the edge for a while, but not forever around a long one
        for (int step = 0; step < BoxTree.BLOCK && side == 0 && within(i, vertex); step++) {
            vertex = ring.next(vertex);
            side = side(i, vertex);
        }
        return start * side < 0;
    }

    /** Whether a vertex on the line of an edge lies between the edge's ends. */
    private boolean within(final int edge, final int vertex) {
        final int end = ring.next(edge);
        final double x = ring.x(vertex);
        final double y = ring.y(vertex);
        final boolean atEnd = x == ring.x(edge) && y == ring.y(edge) || x == ring.x(end) && y == ring.y(end);
        return !atEnd
                && x >= Math.min(ring.x(edge), ring.x(end))
                && x <= Math.max(ring.x(edge), ring.x(end))
                && y >= Math.min(ring.y(edge), ring.y(end))
                && y <= Math.max(ring.y(edge), ring.y(end));
    }

    private int side(final int edge, final int vertex) {
        final int end = ring.next(edge);
        return Orientation.of(ring.x(edge), ring.y(edge), ring.x(end), ring.y(end), ring.x(vertex), ring.y(vertex));
    }
}
