package org.selfdiff.diffusion.conditions;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Nearest vectors by Euclidean distance, found by comparing all with all. */
final class Neighbours {
    /** Rows of a task. */
    private static final int BLOCK = 32;

    private Neighbours() {}

    /**
     * The nearest others of each vector, nearest first; of equally near ones that which comes first.
     *
     * @param count how many, no more than there are others
     */
    static int[][] of(final List<float[]> vectors, final int count, final RunControl control)
            throws RunFailed, RunCancelled {
        final float[][] all = vectors.toArray(new float[0][]);
        final int[][] nearest = new int[all.length][];
        final Pace pace = new Pace("rows", 0, all.length);
        try (Workers workers = Workers.all()) {
            workers.inOrder(
                    (all.length + BLOCK - 1) / BLOCK,
                    (block, inner) -> {
                        final int from = block * BLOCK;
                        final int to = Math.min(all.length, from + BLOCK);
                        final int[][] found = new int[to - from][];
                        for (int row = from; row < to; row++) {
                            inner.checkCancelled();
                            found[row - from] = nearest(all, row, Math.min(count, all.length - 1));
                        }
                        return found;
                    },
                    (block, found) -> {
                        System.arraycopy(found, 0, nearest, block * BLOCK, found.length);
                        final int done = Math.min(all.length, (block + 1) * BLOCK);
                        control.progress((double) done / all.length, "nearest pictures: " + pace.line(done));
                    },
                    control);
        }
        return nearest;
    }

    private static int[] nearest(final float[][] all, final int row, final int count) {
        final int[] found = new int[count];
        final double[] distances = new double[count];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int other = 0; other < all.length; other++) {
            if (other == row) {
                continue;
            }
            final double distance = squared(all[row], all[other]);
            int at = count;
            while (at > 0 && distance < distances[at - 1]) {
                at--;
            }
            if (at < count) {
                System.arraycopy(found, at, found, at + 1, count - at - 1);
                System.arraycopy(distances, at, distances, at + 1, count - at - 1);
                found[at] = other;
                distances[at] = distance;
            }
        }
        return found;
    }

    /** Squared distance; four sums, so that the processor adds several at once. */
    static double squared(final float[] a, final float[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            final double d0 = a[i] - b[i];
            final double d1 = a[i + 1] - b[i + 1];
            final double d2 = a[i + 2] - b[i + 2];
            final double d3 = a[i + 3] - b[i + 3];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; i < a.length; i++) {
            final double d = a[i] - b[i];
            s0 += d * d;
        }
        return s0 + s1 + (s2 + s3);
    }
}
