package org.selfdiff.imaging.annotation;

/**
 * How often a ring winds around points: the crossings of the ray to the left of the point, counted up or down by the
 * direction in which the edge passes it.
 */
final class Winding {
    /** Pixels along the longer side of a ring, to count what is in doubt. */
    private static final int GRID = 256;

    /** Pixels that tell enough. */
    private static final int FEWEST = 1000;

    private Winding() {}

    /**
     * Column where an edge meets a row that it crosses. The same for both directions of the edge, so that neighbours
     * agree, and never outside of the edge's columns.
     */
    static double crossing(final double x1, final double y1, final double x2, final double y2, final double y) {
        if (y1 > y2) {
            return crossing(x2, y2, x1, y1, y);
        }
        final double x = x1 + (y - y1) / (y2 - y1) * (x2 - x1);
        return Math.max(Math.min(x1, x2), Math.min(Math.max(x1, x2), x));
    }

    /** The winding number of a ring around a point. */
    static int at(final Ring ring, final double x, final double y) {
        final int[] count = {0};
        ring.visit(new Bounds(x, y, x, y), (x1, y1, x2, y2) -> {
            if (y1 <= y != y2 <= y && (Math.max(x1, x2) <= x || crossing(x1, y1, x2, y2, y) <= x)) {
                count[0] += y1 < y2 ? 1 : -1;
            }
        });
        return count[0];
    }

    /**
     * The share of what a ring encloses that depends on how crossings are understood: where it winds more than once, or
     * against its main direction. A bow tie has a half, a stroke that overshoots its start next to nothing. It is counted
     * on a grid.
     *
     * @return 0 to 1; 1 where the grid tells too little
     */
    static double doubtful(final Ring ring) {
        final Bounds b = ring.bounds();
        final double side = Math.max(b.maxX() - b.minX(), b.maxY() - b.minY()) / GRID;
        final PixelGrid grid = new PixelGrid(
                b.minX(), b.minY(), side, (int) Math.max(1, Math.ceil((b.maxX() - b.minX()) / side)), (int)
                        Math.max(1, Math.ceil((b.maxY() - b.minY()) / side)));
        final PixelGrid.Window window = new PixelGrid.Window(0, 0, grid.width(), grid.height());
        final int[] steps = new int[grid.width() * grid.height()];
        add(ring, grid, window, steps);
        final int main = ring.signedArea() > 0 ? -1 : 1; // clockwise, the left side runs upwards
        int once = 0;
        int otherwise = 0;
        for (int i = 0, winding = 0; i < steps.length; i++) {
            winding = steps[i] + (i % grid.width() == 0 ? 0 : winding);
            once += winding == main ? 1 : 0;
            otherwise += winding != 0 && winding != main ? 1 : 0;
        }
        return once < FEWEST ? 1 : otherwise / (double) (once + otherwise);
    }

    /**
     * Adds the crossings of a ring to a window of a grid: after summing every row from the left, a pixel holds the
     * winding number around its centre.
     *
     * @param steps {@code window.columns() * window.rows()} counts
     */
    static void add(final Ring ring, final PixelGrid grid, final PixelGrid.Window window, final int[] steps) {
        final double left = grid.centreX(window.left());
        final Bounds points = new Bounds(
                left, grid.centreY(window.top()), grid.centreX(window.right() - 1), grid.centreY(window.bottom() - 1));
        ring.visit(points, (x1, y1, x2, y2) -> {
            if (y1 == y2 || Math.min(x1, x2) > points.maxX()) {
                return;
            }
            final int first = Math.max(window.top(), grid.firstRow(Math.min(y1, y2)));
            final int end = Math.min(window.bottom(), grid.firstRow(Math.max(y1, y2)));
            final boolean before = Math.max(x1, x2) <= left;
            for (int row = first; row < end; row++) {
                final int column = before
                        ? window.left()
                        : Math.max(window.left(), grid.firstColumn(crossing(x1, y1, x2, y2, grid.centreY(row))));
                if (column < window.right()) {
                    steps[(row - window.top()) * window.columns() + column - window.left()] += y1 < y2 ? 1 : -1;
                }
            }
        });
    }
}
