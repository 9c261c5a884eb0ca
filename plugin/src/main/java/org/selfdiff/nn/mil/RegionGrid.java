package org.selfdiff.nn.mil;

import java.util.ArrayList;
import java.util.List;

/**
 * How the cells of a slide's grid of tiles are grouped: small squares of cells, squares of those, and on. The cells of
 * an outermost square stand so that those of an inner one follow each other, each square in reading order.
 *
 * @param sides cells along the sides of the squares, from the innermost; each divides the next
 */
public record RegionGrid(List<Integer> sides) {
    /** Every tile by itself, wherever it lies. */
    public static final RegionGrid NONE = new RegionGrid(List.of(1));

    /** Copies the sides and refuses those that do not divide each other. */
    public RegionGrid {
        sides = List.copyOf(sides);
        int inner = 1;
        for (final int side : sides) {
            if (side < 1 || side % inner != 0) {
                throw new IllegalArgumentException("squares of " + side + " cells around squares of " + inner);
            }
            inner = side;
        }
    }

    /** Squares of one size. */
    public static RegionGrid of(final int side) {
        return new RegionGrid(List.of(side));
    }

    /** Cells along a side of the outermost square. */
    public int side() {
        return sides.get(sides.size() - 1);
    }

    /** Cells of the outermost square. */
    public int cells() {
        return side() * side();
    }

    /** How many squares of the level below, or cells, lie along a side of each level's square, from the innermost. */
    public List<Integer> steps() {
        final List<Integer> steps = new ArrayList<>();
        int inner = 1;
        for (final int side : sides) {
            steps.add(side / inner);
            inner = side;
        }
        return steps;
    }

    /**
     * The place of a cell among those of its outermost square.
     *
     * @param line of the cell in that square
     * @param column of the cell in that square
     */
    public int cell(final int line, final int column) {
        int place = 0;
        int inner = 1;
        int cells = 1;
        for (final int step : steps()) {
            place += cells * (line / inner % step * step + column / inner % step);
            inner *= step;
            cells *= step * step;
        }
        return place;
    }

    /** Line and column of each cell in its outermost square, in the order of their places. */
    public int[][] places() {
        final int[][] places = new int[cells()][];
        for (int line = 0; line < side(); line++) {
            for (int column = 0; column < side(); column++) {
                places[cell(line, column)] = new int[] {line, column};
            }
        }
        return places;
    }
}
