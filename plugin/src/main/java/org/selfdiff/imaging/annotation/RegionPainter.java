package org.selfdiff.imaging.annotation;

import java.util.Arrays;

/** Draws regions into a band of rows of a grid. Keeps its scratch arrays, so that it serves one thread. */
final class RegionPainter {
    private final PixelGrid grid;

    private final int top;

    private final int bottom;

    private final Bounds centres;

    private int[] inside = {};

    private int[] cut = {};

    /**
     * A painter of the rows {@code top} to {@code bottom - 1}.
     */
    RegionPainter(final PixelGrid grid, final int top, final int bottom) {
        this.grid = grid;
        this.top = top;
        this.bottom = bottom;
        this.centres = new Bounds(
                grid.centreX(0), grid.centreY(top), grid.centreX(grid.width() - 1), grid.centreY(bottom - 1));
    }

    /**
     * Gives the pixels that a region covers a label.
     *
     * @param labels {@code grid.width()} labels for every row from {@code firstRow} on
     * @param firstRow row of the grid that the array starts with
     */
    void paint(final Region region, final int label, final int[] labels, final int firstRow) {
        for (final Polygon polygon : region.polygons()) {
            final Bounds bounds = polygon.outer().bounds();
            final PixelGrid.Window window = bounds.overlaps(centres) ? grid.window(bounds, top, bottom) : null;
            if (window == null || window.empty()) {
                continue;
            }
            inside = fill(polygon.outer(), window, inside);
            for (final Ring hole : polygon.holes()) {
                cutOut(hole, window);
            }
            for (int row = window.top(); row < window.bottom(); row++) {
                final int from = (row - window.top()) * window.columns();
                final int to = (row - firstRow) * grid.width() + window.left();
                for (int i = 0; i < window.columns(); i++) {
                    if (inside[from + i] != 0) {
                        labels[to + i] = label;
                    }
                }
            }
        }
    }

    /** Winding numbers around the centres of a window, in the array given if it is large enough. */
    private int[] fill(final Ring ring, final PixelGrid.Window window, final int[] scratch) {
        final int count = window.columns() * window.rows();
        final int[] numbers = scratch.length < count ? new int[count] : scratch;
        Arrays.fill(numbers, 0, count, 0);
        Winding.add(ring, grid, window, numbers);
        for (int row = 0; row < count; row += window.columns()) {
            for (int i = row + 1; i < row + window.columns(); i++) {
                numbers[i] += numbers[i - 1];
            }
        }
        return numbers;
    }

    private void cutOut(final Ring hole, final PixelGrid.Window outer) {
        if (!hole.bounds().overlaps(centres)) {
            return;
        }
        final PixelGrid.Window all = grid.window(hole.bounds(), outer.top(), outer.bottom());
        final PixelGrid.Window window = new PixelGrid.Window(
                Math.max(all.left(), outer.left()), all.top(), Math.min(all.right(), outer.right()), all.bottom());
        if (window.empty()) {
            return;
        }
        cut = fill(hole, window, cut);
        for (int row = window.top(); row < window.bottom(); row++) {
            final int from = (row - window.top()) * window.columns();
            final int to = (row - outer.top()) * outer.columns() + window.left() - outer.left();
            for (int i = 0; i < window.columns(); i++) {
                if (cut[from + i] != 0) {
                    inside[to + i] = 0;
                }
            }
        }
    }
}
