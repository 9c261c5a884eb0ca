package org.selfdiff.metrics.distribution;

import java.util.Arrays;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * A root of a symmetric matrix without negative eigenvalues: A = L Lᵀ by Cholesky's method with pivots, which ends where
 * nothing is left, so that covariances of fewer pictures than features need no care.
 *
 * @param rank columns of L
 * @param size rows of L
 * @param columns L column by column, {@code size} numbers each
 */
record SemidefiniteRoot(int rank, int size, double[] columns) {

    static SemidefiniteRoot of(final double[] matrix, final int n, final RunControl control) throws RunCancelled {
        final double[] left = new double[n];
        for (int i = 0; i < n; i++) {
            left[i] = matrix[i * n + i];
        }
        final double smallest = n * Math.ulp(1.0) * Arrays.stream(left).max().orElse(0);
        double[] columns = new double[0];
        final double[] column = new double[n];
        int rank = 0;
        while (rank < n) {
            control.checkCancelled();
            final int pivot = largest(left);
            if (!(left[pivot] > smallest)) {
                break;
            }
            System.arraycopy(matrix, pivot * n, column, 0, n);
            subtract(column, columns, rank, pivot, n);
            final double root = Math.sqrt(left[pivot]);
            if ((rank + 1) * n > columns.length) {
                columns = Arrays.copyOf(columns, Math.min(n, 2 * rank + 16) * n);
            }
            for (int i = 0; i < n; i++) {
                // A row that was a pivot has nothing left; rounding must not bring it back.
                final double value = left[i] == Double.NEGATIVE_INFINITY ? 0 : column[i] / root;
                columns[rank * n + i] = value;
                left[i] -= value * value;
            }
            columns[rank * n + pivot] = root;
            left[pivot] = Double.NEGATIVE_INFINITY;
            rank++;
        }
        return new SemidefiniteRoot(rank, n, columns);
    }

    private static int largest(final double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** Takes off what the columns so far give, four of them at a time. */
    private static void subtract(
            final double[] column, final double[] columns, final int rank, final int pivot, final int n) {
        int q = 0;
        for (; q + 3 < rank; q += 4) {
            final int at = q * n;
            final double a = columns[at + pivot];
            final double b = columns[at + n + pivot];
            final double c = columns[at + 2 * n + pivot];
            final double d = columns[at + 3 * n + pivot];
            for (int i = 0; i < n; i++) {
                column[i] -= (a * columns[at + i] + b * columns[at + n + i])
                        + (c * columns[at + 2 * n + i] + d * columns[at + 3 * n + i]);
            }
        }
        for (; q < rank; q++) {
            final double a = columns[q * n + pivot];
            for (int i = 0; i < n; i++) {
                column[i] -= a * columns[q * n + i];
            }
        }
    }

    /** The columns of L as vectors. */
    Vectors vectors() {
        return Vectors.rows(columns, rank, size);
    }
}
