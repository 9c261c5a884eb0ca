package org.selfdiff.imaging.annotation;

import java.util.List;
import java.util.Set;

/**
 * Which tiles to keep by what is drawn over them. A pixel counts if a region of an included class covers it and no
 * region of an excluded class does, in whatever order they were drawn.
 *
 * @param include classes to keep; if empty, the whole slide is included
 * @param exclude classes to leave out; they win over the included ones
 * @param minimumShare least share of a tile's pixels that must count, 0 to 1; with 0 one pixel is enough
 */
public record RegionFilter(List<String> include, List<String> exclude, double minimumShare) {

    /** Copies the lists and checks the range. */
    public RegionFilter {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        if (!(minimumShare >= 0 && minimumShare <= 1)) {
            throw new IllegalArgumentException("minimumShare must be 0 to 1, not " + minimumShare);
        }
    }

    /** The share of a grid's pixels that count, 0 to 1. */
    public double inside(final Annotations annotations, final PixelGrid grid) {
        final List<Region> regions = annotations.regions();
        final Set<String> kept = Set.copyOf(include);
        final Set<String> left = Set.copyOf(exclude);
        final long[] counts = annotations.count(
                grid,
                2,
                List.of(
                        i -> kept.contains(regions.get(i).className()) ? 1 : 0,
                        i -> left.contains(regions.get(i).className()) ? 2 : 0));
        final long counted = include.isEmpty() ? counts[0] : counts[1];
        return counted / ((double) grid.width() * grid.height());
    }

    /** The share of a grid's pixels that do not count: {@code 1 - inside}. */
    public double outside(final Annotations annotations, final PixelGrid grid) {
        return 1 - inside(annotations, grid);
    }

    /** Whether enough of a grid's pixels count; a tile without any is never kept. */
    public boolean keeps(final Annotations annotations, final PixelGrid grid) {
        final double share = inside(annotations, grid);
        return share > 0 && share >= minimumShare;
    }
}
