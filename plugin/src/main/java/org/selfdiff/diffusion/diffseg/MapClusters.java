package org.selfdiff.diffusion.diffseg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Lloyd's k-means over maps by Euclidean distance, from given centres; ends as scikit-learn's does. */
final class MapClusters {
    private static final int ROUNDS = 300;

    private static final double TOLERANCE = 1e-4;

    /** Maps of a task. */
    private static final int BLOCK = 64;

    private final List<float[]> maps;

    private final double tolerance;

    MapClusters(final List<float[]> maps) {
        this.maps = maps;
        this.tolerance = TOLERANCE * variance(maps);
    }

    /** Means of the clusters at the end; a centre that no map is nearest to is left out. */
    List<float[]> refine(final List<float[]> start, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        List<float[]> centres = start;
        int[] nearest = new int[0];
        for (int round = 0; round < ROUNDS; round++) {
            control.checkCancelled();
            final int[] before = nearest;
            nearest = nearest(centres, workers, control);
            final List<float[]> moved = means(nearest, centres);
            final double shift = shift(centres, moved);
            centres = moved;
            if (Arrays.equals(before, nearest)) {
                break;
            }
            if (shift <= tolerance) {
                nearest = nearest(centres, workers, control);
                break;
            }
        }
        final List<float[]> found = new ArrayList<>();
        for (int c = 0; c < centres.size(); c++) {
            final int centre = c;
            final int[] last = nearest;
            if (Arrays.stream(last).anyMatch(n -> n == centre)) {
                found.add(DiffSeg.mean(maps, map -> last[map] == centre));
            }
        }
        return found;
    }

    private int[] nearest(final List<float[]> centres, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final int[] nearest = new int[maps.size()];
        workers.parts(
                (maps.size() + BLOCK - 1) / BLOCK,
                (block, inner) -> {
                    for (int map = block * BLOCK; map < Math.min(maps.size(), (block + 1) * BLOCK); map++) {
                        double least = Double.POSITIVE_INFINITY;
                        for (int c = 0; c < centres.size(); c++) {
                            final double distance = squared(maps.get(map), centres.get(c));
                            if (distance < least) {
                                least = distance;
                                nearest[map] = c;
                            }
                        }
                    }
                    return null;
                },
                control);
        return nearest;
    }

    private List<float[]> means(final int[] nearest, final List<float[]> centres) {
        final List<float[]> means = new ArrayList<>();
        for (int c = 0; c < centres.size(); c++) {
            final int centre = c;
            final boolean any = Arrays.stream(nearest).anyMatch(n -> n == centre);
            means.add(any ? DiffSeg.mean(maps, map -> nearest[map] == centre) : centres.get(c));
        }
        return means;
    }

    private static double shift(final List<float[]> from, final List<float[]> to) {
        double sum = 0;
        for (int c = 0; c < from.size(); c++) {
            sum += squared(from.get(c), to.get(c));
        }
        return sum;
    }

    /** Mean over pixels of the variance over maps. */
    private static double variance(final List<float[]> maps) {
        final int pixels = maps.get(0).length;
        final double[] sums = new double[pixels];
        final double[] squares = new double[pixels];
        for (final float[] map : maps) {
            for (int k = 0; k < pixels; k++) {
                sums[k] += map[k];
                squares[k] += (double) map[k] * map[k];
            }
        }
        double variance = 0;
        for (int k = 0; k < pixels; k++) {
            final double mean = sums[k] / maps.size();
            variance += squares[k] / maps.size() - mean * mean;
        }
        return variance / pixels;
    }

    /** Four sums, so that the processor adds several at once. */
    private static double squared(final float[] a, final float[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k + 4 <= a.length; k += 4) {
            final double d0 = a[k] - b[k];
            final double d1 = a[k + 1] - b[k + 1];
            final double d2 = a[k + 2] - b[k + 2];
            final double d3 = a[k + 3] - b[k + 3];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; k < a.length; k++) {
            final double d = a[k] - b[k];
            s0 += d * d;
        }
        return s0 + s1 + (s2 + s3);
    }
}
