package org.selfdiff.diffusion.conditions;

import java.util.Arrays;
import org.selfdiff.tensors.Philox;

/** Groups that a mixture starts from: k-means++ (Arthur and Vassilvitskii 2007) and a few rounds of Lloyd's algorithm. */
final class KMeans {
    private static final int ROUNDS = 25;

    private KMeans() {}

    /** The group of each row, 0 to {@code k - 1}; none is empty. There must be k different rows. */
    static int[] groups(final double[][] rows, final int k, final long seed) {
        final double[][] centres = new double[k][];
        final float[] draws = new float[k];
        Philox.uniforms(seed, k, draws);
        centres[0] = rows[Math.min(rows.length - 1, (int) (draws[0] * rows.length))].clone();
        final double[] nearest = new double[rows.length];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        for (int c = 1; c < k; c++) {
            double sum = 0;
            for (int i = 0; i < rows.length; i++) {
                nearest[i] = Math.min(nearest[i], squared(rows[i], centres[c - 1]));
                sum += nearest[i];
            }
            centres[c] = rows[chosen(nearest, draws[c] * sum)].clone();
        }
        int[] groups = new int[rows.length];
        for (int round = 0; round < ROUNDS; round++) {
            final int[] next = assign(rows, centres);
            if (round > 0 && Arrays.equals(next, groups) || !move(rows, next, centres)) {
                break;
            }
            groups = next;
        }
        return groups;
    }

    private static int chosen(final double[] shares, final double at) {
        double left = at;
        int last = 0;
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                last = i;
                left -= shares[i];
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }

    private static int[] assign(final double[][] rows, final double[][] centres) {
        final int[] groups = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < centres.length; c++) {
                final double distance = squared(rows[i], centres[c]);
                if (distance < least) {
                    least = distance;
                    groups[i] = c;
                }
            }
        }
        return groups;
    }

    /** Moves centres to their groups' means; false if a group is empty. */
    private static boolean move(final double[][] rows, final int[] groups, final double[][] centres) {
        final int[] counts = new int[centres.length];
        final double[][] sums = new double[centres.length][rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            counts[groups[i]]++;
            for (int d = 0; d < rows[i].length; d++) {
                sums[groups[i]][d] += rows[i][d];
            }
        }
        for (int c = 0; c < centres.length; c++) {
            if (counts[c] == 0) {
                return false;
            }
            for (int d = 0; d < sums[c].length; d++) {
                centres[c][d] = sums[c][d] / counts[c];
            }
        }
        return true;
    }

    private static double squared(final double[] a, final double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (a[d] - b[d]) * (a[d] - b[d]);
        }
        return sum;
    }
}
