package org.selfdiff.imaging.annotation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.selfdiff.imaging.LabelMap;

/**
 * The regions of one slide in the order of their file. Immutable, and free to be used by several threads at once. A
 * region covers a pixel if it holds the pixel's centre (see {@link PixelGrid} and {@link Ring}); where several do, the
 * later one in the list wins.
 */
public final class Annotations {
    /** Pixels that are drawn at a time, so that large pictures need little besides themselves. */
    private static final int BAND = 1 << 20;

    /** What is cut out, until all is drawn. */
    private static final int HOLE = -1;

    private final List<Region> regions;

    private final List<String> warnings;

    private final List<String> classNames;

    private final RegionIndex index;

    private final Optional<Size> size;

    /** Width and height of a picture in pixels. */
    public record Size(long width, long height) {}

    private Annotations(final List<Region> regions, final List<String> warnings, final Optional<Size> size) {
        this.size = size;
        this.regions = List.copyOf(regions);
        this.warnings = List.copyOf(warnings);
        final LinkedHashSet<String> names = new LinkedHashSet<>();
        this.regions.forEach(region -> names.add(region.className()));
        this.classNames = List.copyOf(names);
        this.index = new RegionIndex(this.regions);
    }

    /**
     * Puts regions together.
     *
     * @param regions in the order they are drawn
     * @param warnings what the user should know about how they were read, empty if nothing
     */
    public static Annotations of(final List<Region> regions, final List<String> warnings) {
        return of(regions, warnings, Optional.empty());
    }

    /**
     * Puts regions together.
     *
     * @param size of the picture that they were drawn on, if their file says so
     */
    static Annotations of(final List<Region> regions, final List<String> warnings, final Optional<Size> size) {
        return new Annotations(regions, warnings, size);
    }

    /** Size of the picture that they were drawn on, if their file says so. */
    public Optional<Size> size() {
        return size;
    }

    /**
     * How many regions lie wholly outside of a picture.
     *
     * @param width in pixels
     * @param height in pixels
     */
    public int outside(final long width, final long height) {
        final Bounds picture = new Bounds(0, 0, width, height);
        return (int) regions.stream()
                .filter(region -> !region.bounds().overlaps(picture))
                .count();
    }

    /** The regions in their order. */
    public List<Region> regions() {
        return regions;
    }

    /** How many vertices all regions have. */
    public long vertices() {
        return regions.stream()
                .flatMap(region -> region.polygons().stream())
                .mapToLong(Polygon::vertices)
                .sum();
    }

    /** What was repaired or left out when they were read. */
    public List<String> warnings() {
        return warnings;
    }

    /** The classes that occur, each once, in the order of their first region. */
    public List<String> classNames() {
        return classNames;
    }

    /** The regions that hold a point of level 0, in their order. */
    public List<Region> at(final double x, final double y) {
        final List<Region> found = new ArrayList<>();
        for (final int i : index.near(new Bounds(x, y, x, y))) {
            if (regions.get(i).contains(x, y)) {
                found.add(regions.get(i));
            }
        }
        return found;
    }

    /**
     * Draws classes.
     *
     * @param classes the class that becomes label 1, 2 and so on; regions of other classes are not drawn
     * @return 0 where no region of these classes lies
     */
    public LabelMap rasterize(final PixelGrid grid, final List<String> classes) {
        return rasterize(grid, classes, List.of());
    }

    /**
     * Draws classes, and cuts out others.
     *
     * @param classes the class that becomes label 1, 2 and so on; regions of other classes are not drawn
     * @param excluded classes whose regions are 0, in whatever order they and the others were drawn
     * @return 0 where no region of these classes lies
     */
    public LabelMap rasterize(final PixelGrid grid, final List<String> classes, final List<String> excluded) {
        final Set<String> holes = Set.copyOf(excluded);
        return draw(
                grid,
                List.of(labels(classes), i -> holes.contains(regions.get(i).className()) ? HOLE : 0));
    }

    /**
     * Draws every region of some classes with a number of its own, which is the same in every grid: 1 for the first
     * region in the list, 2 for the second, whatever their classes are.
     *
     * @param classes the classes drawn
     */
    public LabelMap instances(final PixelGrid grid, final List<String> classes) {
        final IntUnaryOperator labels = labels(classes);
        return draw(grid, List.of(i -> labels.applyAsInt(i) == 0 ? 0 : i + 1));
    }

    /**
     * The share of a grid's pixels that each class covers, counted as {@link #rasterize} draws them.
     *
     * @param excluded classes whose regions are cut out of the others
     * @return a number 0 to 1 for every class of the list
     */
    public double[] share(final PixelGrid grid, final List<String> classes, final List<String> excluded) {
        final Set<String> holes = Set.copyOf(excluded);
        final int hole = classes.size() + 1;
        final long[] counts = count(
                grid,
                hole,
                List.of(labels(classes), i -> holes.contains(regions.get(i).className()) ? hole : 0));
        final double[] shares = new double[classes.size()];
        for (int c = 0; c < shares.length; c++) {
            shares[c] = counts[c + 1] / ((double) grid.width() * grid.height());
        }
        return shares;
    }

    /** Label of a region by its number: place of its class in the list from 1 on, 0 if it is not there. */
    private IntUnaryOperator labels(final List<String> classes) {
        final Map<String, Integer> labels = new HashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            if (labels.put(classes.get(c), c + 1) != null) {
                throw new IllegalArgumentException("class " + classes.get(c) + " twice");
            }
        }
        return i -> labels.getOrDefault(regions.get(i).className(), 0);
    }

    /** Draws layers one over the other; what is a {@link #HOLE} then becomes 0. */
    private LabelMap draw(final PixelGrid grid, final List<IntUnaryOperator> layers) {
        final int[] out = new int[Math.multiplyExact(grid.width(), grid.height())];
        final int[] near = index.near(grid.centres());
        for (int top = 0; top < grid.height(); top += rows(grid)) {
            final RegionPainter painter = new RegionPainter(grid, top, bottom(grid, top));
            for (final IntUnaryOperator layer : layers) {
                paint(painter, near, layer, out, 0);
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.max(0, out[i]);
        }
        return new LabelMap(grid.width(), grid.height(), out);
    }

    /**
     * Counts pixels by label, with several layers drawn one over the other.
     *
     * @param max the largest label of any layer
     */
    long[] count(final PixelGrid grid, final int max, final List<IntUnaryOperator> layers) {
        final long[] counts = new long[max + 1];
        final int[] near = index.near(grid.centres());
        if (near.length == 0) {
            counts[0] = (long) grid.width() * grid.height();
            return counts;
        }
        final int[] band = new int[Math.multiplyExact(rows(grid), grid.width())];
        for (int top = 0; top < grid.height(); top += rows(grid)) {
            final int bottom = bottom(grid, top);
            Arrays.fill(band, 0);
            final RegionPainter painter = new RegionPainter(grid, top, bottom);
            for (final IntUnaryOperator layer : layers) {
                paint(painter, near, layer, band, top);
            }
            for (int i = 0; i < (bottom - top) * grid.width(); i++) {
                counts[band[i]]++;
            }
        }
        return counts;
    }

    private void paint(
            final RegionPainter painter,
            final int[] near,
            final IntUnaryOperator labels,
            final int[] out,
            final int firstRow) {
        for (final int i : near) {
            final int label = labels.applyAsInt(i);
            if (label != 0) {
                painter.paint(regions.get(i), label, out, firstRow);
            }
        }
    }

    private static int rows(final PixelGrid grid) {
        return Math.max(1, Math.min(grid.height(), BAND / grid.width()));
    }

    private static int bottom(final PixelGrid grid, final int top) {
        return (int) Math.min(grid.height(), (long) top + rows(grid));
    }
}
