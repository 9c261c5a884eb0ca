package org.selfdiff.imaging.jpeg2000;

/**
 * A rectangle with its first column and row, and the first ones behind it. Empty where an end is not behind its start.
 */
record Area(int x0, int y0, int x1, int y1) {
    int width() {
        return Math.max(0, x1 - x0);
    }

    int height() {
        return Math.max(0, y1 - y0);
    }

    boolean isEmpty() {
        return x1 <= x0 || y1 <= y0;
    }

    /** Number of places; areas of a picture stay below 2^31 because the picture's pixels are limited. */
    int size() {
        return Math.multiplyExact(width(), height());
    }

    /** What a component of this sampling has of it (T.800 B-12). */
    Area sampled(final int dx, final int dy) {
        return new Area(ceilDiv(x0, dx), ceilDiv(y0, dy), ceilDiv(x1, dx), ceilDiv(y1, dy));
    }

    /** Every {@code 2^levels}-th column and row of it (T.800 B-14). */
    Area halved(final int levels) {
        return band(levels, 0, 0);
    }

    /**
     * A sub-band of it (T.800 B-15).
     *
     * @param levels level of decomposition, 0 to 33
     * @param highX 1 for a band that is high-pass along rows
     * @param highY 1 for a band that is high-pass along columns
     */
    Area band(final int levels, final int highX, final int highY) {
        final long step = 1L << levels;
        final long dx = highX * (step >> 1);
        final long dy = highY * (step >> 1);
        return new Area(
                shrink(x0 - dx, levels), shrink(y0 - dy, levels), shrink(x1 - dx, levels), shrink(y1 - dy, levels));
    }

    private static int shrink(final long value, final int levels) {
        return (int) (value + (1L << levels) - 1 >> levels);
    }

    static int ceilDiv(final int value, final int by) {
        return (int) (((long) value + by - 1) / by);
    }

    /** With so many more columns and rows at each end. */
    Area grown(final int by) {
        return new Area(x0 - by, y0 - by, (int) Math.min(Integer.MAX_VALUE, (long) x1 + by), (int)
                Math.min(Integer.MAX_VALUE, (long) y1 + by));
    }

    /** The same seen from a place that is so many columns and rows further. */
    Area from(final int x, final int y) {
        return new Area(x0 - x, y0 - y, x1 - x, y1 - y);
    }

    /** Whether they have a place in common. */
    boolean meets(final Area other) {
        return Math.max(x0, other.x0) < Math.min(x1, other.x1) && Math.max(y0, other.y0) < Math.min(y1, other.y1);
    }

    /** The part that lies in the cell {@code (column, row)} of a grid of cells of {@code 2^ex x 2^ey}. */
    Area cell(final int column, final int row, final int ex, final int ey) {
        return new Area(
                (int) Math.max(x0, (long) column << ex),
                (int) Math.max(y0, (long) row << ey),
                (int) Math.min(x1, column + 1L << ex),
                (int) Math.min(y1, row + 1L << ey));
    }
}
