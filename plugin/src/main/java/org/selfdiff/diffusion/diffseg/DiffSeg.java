package org.selfdiff.diffusion.diffseg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Segments a picture by the self-attention of a diffusion model (Tian et al., arXiv 2308.12469): places that look at the
 * same places belong together.
 *
 * @param thresholds divergence below which maps are merged, one for each round, at least one; larger ones give fewer
 *     segments
 * @param points places of the grid of anchors along a side, 2 or more
 * @param refine whether merged maps are the start of k-means over the maps of all places
 */
public record DiffSeg(List<Double> thresholds, int points, boolean refine) {
    /** Maps that differ by less are taken for equal. */
    private static final double LEAST_THRESHOLD = 1e-9;

    /** Thresholds that differ by this factor or less are not told apart. */
    private static final double PRECISION = 1.02;

    /** Checks the numbers. */
    public DiffSeg {
        thresholds = List.copyOf(thresholds);
        if (thresholds.isEmpty() || thresholds.stream().anyMatch(t -> !(t > 0)) || points < 2) {
            throw new IllegalArgumentException("thresholds " + thresholds + ", points " + points);
        }
    }

    /** Three rounds at one threshold, as published with 0.9 to 1.1 and 16 points. */
    public DiffSeg(final double threshold, final int points) {
        this(List.of(threshold, threshold, threshold), points, false);
    }

    /**
     * Merges maps until few are left.
     *
     * @param maps for each place of a square its map over the same places, of sum 1, as {@link AttentionSum} makes them
     * @return for each segment its map
     */
    public List<float[]> merge(final List<float[]> maps, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<float[]> anchors = anchors(maps);
        final List<double[]> divergences = new Divergences(anchors).of(maps, workers, control);
        List<float[]> merged = around(anchors.size(), divergences, maps, thresholds.get(0), workers, control);
        for (final double threshold : thresholds.subList(1, thresholds.size())) {
            merged = together(merged, threshold, workers, control);
        }
        return refine ? new MapClusters(maps).refine(merged, workers, control) : merged;
    }

    /**
     * Merges at the lowest threshold, the same in all rounds, that leaves no more than a number of segments. How much maps
     * differ depends on the network: those of a small one that was trained for minutes differ a hundred times less than
     * those that the published thresholds are for. The threshold is found by halving.
     *
     * @param maps as in {@link #merge}
     * @param points places of the grid of anchors along a side, 2 or more
     * @param rounds of merging, at least one
     * @param most segments, at least 1
     * @return for each segment its map
     */
    public static List<float[]> atMost(
            final List<float[]> maps,
            final int points,
            final int rounds,
            final int most,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<float[]> anchors = new DiffSeg(1, points).anchors(maps);
        final List<double[]> divergences = new Divergences(anchors).of(maps, workers, control);
        double low = LEAST_THRESHOLD;
        double high = divergences.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
        high = Math.max(high, low) * 2; // all maps are near every anchor, and are one segment
        List<float[]> found = null;
        while (found == null || high > low * PRECISION) {
            control.checkCancelled();
            final double threshold = found == null ? high : Math.sqrt(low * high);
            List<float[]> merged = around(anchors.size(), divergences, maps, threshold, workers, control);
            for (int round = 1; round < rounds; round++) {
                merged = together(merged, threshold, workers, control);
            }
            if (merged.size() <= most) {
                found = merged;
                high = threshold;
            } else {
                low = threshold;
            }
        }
        return found;
    }

    /**
     * The segment of each pixel: the map that is largest there after enlarging.
     *
     * @param merged maps of segments, of {@code side^2} places
     * @param size side of the picture in pixels
     * @return for each pixel the number of a map, row by row
     */
    public static int[] segments(final List<float[]> merged, final int size) {
        final int side = side(merged.get(0));
        final Bilinear enlarge = new Bilinear(side, size);
        final int[] segments = new int[size * size];
        final float[] row = new float[size];
        final float[] largest = new float[size];
        for (int y = 0; y < size; y++) {
            Arrays.fill(largest, Float.NEGATIVE_INFINITY);
            for (int m = 0; m < merged.size(); m++) {
                enlarge.row(merged.get(m), 0, y, row);
                for (int x = 0; x < size; x++) {
                    if (row[x] > largest[x]) {
                        largest[x] = row[x];
                        segments[y * size + x] = m;
                    }
                }
            }
        }
        return segments;
    }

    /** Places of the anchors: a grid with whole strides in the middle of the side. */
    static int[] grid(final int side, final int points) {
        final int stride = (side - 1) / (points - 1);
        final int start = (side - 1 - stride * (points - 1)) / 2;
        final int[] grid = new int[points * points];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (start + i / points * stride) * side + start + i % points * stride;
        }
        return grid;
    }

    private List<float[]> anchors(final List<float[]> maps) {
        final int side = side(maps.get(0));
        if (points > side || maps.size() != side * side) {
            throw new IllegalArgumentException(maps.size() + " maps of side " + side + ", " + points + " points");
        }
        return Arrays.stream(grid(side, points)).mapToObj(maps::get).toList();
    }

    /** First round: each anchor becomes the mean of all maps near it. */
    private static List<float[]> around(
            final int anchors,
            final List<double[]> divergences,
            final List<float[]> maps,
            final double threshold,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        return workers.parts(
                anchors,
                (anchor, inner) -> {
                    inner.checkCancelled();
                    return mean(maps, map -> divergences.get(map)[anchor] < threshold);
                },
                control);
    }

    /**
     * A later round: each map in turn that was not taken yet takes all near it. Those that were taken before go into its
     * mean, too.
     */
    static List<float[]> together(
            final List<float[]> maps, final double threshold, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<double[]> divergences = new Divergences(maps).of(maps, workers, control);
        final boolean[] taken = new boolean[maps.size()];
        final List<float[]> merged = new ArrayList<>();
        for (int anchor = 0; anchor < maps.size(); anchor++) {
            if (taken[anchor]) {
                continue;
            }
            for (int map = 0; map < taken.length; map++) {
                taken[map] |= divergences.get(map)[anchor] < threshold;
            }
            final int at = anchor;
            merged.add(mean(maps, map -> divergences.get(map)[at] < threshold));
        }
        return merged;
    }

    static float[] mean(final List<float[]> maps, final IntPredicate chosen) {
        final double[] sum = new double[maps.get(0).length];
        int count = 0;
        for (int map = 0; map < maps.size(); map++) {
            if (chosen.test(map)) {
                count++;
                final float[] values = maps.get(map);
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += values[k];
                }
            }
        }
        final float[] mean = new float[sum.length];
        for (int k = 0; k < sum.length; k++) {
            mean[k] = (float) (sum[k] / count);
        }
        return mean;
    }

    private static int side(final float[] map) {
        final int side = (int) Math.round(Math.sqrt(map.length));
        if (side * side != map.length) {
            throw new IllegalArgumentException("a map of " + map.length + " places is not square");
        }
        return side;
    }
}
