package org.selfdiff.stages.segmentation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.selfdiff.data.Tile;

/**
 * Which pixels of a picture have been counted, so that tiles that overlap, as those at a shifted border do, and reflections
 * beyond the border change no score.
 */
final class CountedOnce {
    private final long width;

    private final long height;

    /** Tiles by the squares of a coarse grid that they touch. */
    private final Map<Long, List<Tile.Area>> squares = new HashMap<>();

    private double side;

    /**
     * Nothing is counted yet.
     *
     * @param width of the picture at its finest, in pixels
     * @param height of the picture at its finest, in pixels
     */
    CountedOnce(final long width, final long height) {
        this.width = width;
        this.height = height;
    }

    /** The values of a tile's pixels whose centres lie in the picture and in none of the tiles before; see {@link #next}. */
    record Fresh(int[] truth, int[] prediction) {}

    /**
     * Counts a tile.
     *
     * @param truth label of every pixel
     * @param prediction label of every pixel
     * @return those that had not been counted
     */
    Fresh next(final Tile.Area area, final int[] truth, final int[] prediction) {
        side = side == 0 ? Math.max(area.width(), area.height()) * area.downsample() : side;
        final Collection<Tile.Area> before = touching(area);
        final int[] t = new int[truth.length];
        final int[] p = new int[truth.length];
        int count = 0;
        for (int y = 0; y < area.height(); y++) {
            final double row = area.y() + (y + 0.5) * area.downsample();
            for (int x = 0; x < area.width(); x++) {
                final double column = area.x() + (x + 0.5) * area.downsample();
                if (column >= 0 && row >= 0 && column < width && row < height && !holds(before, column, row)) {
                    t[count] = truth[y * area.width() + x];
                    p[count++] = prediction[y * area.width() + x];
                }
            }
        }
        for (final long square : squaresOf(area)) {
            squares.computeIfAbsent(square, k -> new ArrayList<>()).add(area);
        }
        return new Fresh(java.util.Arrays.copyOf(t, count), java.util.Arrays.copyOf(p, count));
    }

    private static boolean holds(final Collection<Tile.Area> areas, final double column, final double row) {
        for (final Tile.Area a : areas) {
            if (column >= a.x() && column < right(a) && row >= a.y() && row < bottom(a)) {
                return true;
            }
        }
        return false;
    }

    private Collection<Tile.Area> touching(final Tile.Area area) {
        final Collection<Tile.Area> touching = new LinkedHashSet<>();
        for (final long square : squaresOf(area)) {
            for (final Tile.Area other : squares.getOrDefault(square, List.of())) {
                if (other.x() < right(area)
                        && other.y() < bottom(area)
                        && area.x() < right(other)
                        && area.y() < bottom(other)) {
                    touching.add(other);
                }
            }
        }
        return touching;
    }

    private List<Long> squaresOf(final Tile.Area area) {
        final List<Long> touched = new ArrayList<>();
        for (long r = (long) Math.floor(area.y() / side); r * side < bottom(area); r++) {
            for (long c = (long) Math.floor(area.x() / side); c * side < right(area); c++) {
                touched.add(r << 32 | c & 0xffffffffL);
            }
        }
        return touched;
    }

    private static double right(final Tile.Area area) {
        return area.x() + area.width() * area.downsample();
    }

    private static double bottom(final Tile.Area area) {
        return area.y() + area.height() * area.downsample();
    }
}
