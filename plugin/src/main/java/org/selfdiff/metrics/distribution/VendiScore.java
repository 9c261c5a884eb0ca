package org.selfdiff.metrics.distribution;

import java.util.Arrays;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Effective number of different pictures in a set (Friedman and Dieng, TMLR 2023): the exponential of the entropy of the
 * eigenvalues of the matrix of similarities over n. 1 where all are the same, n where none is like another.
 */
public final class VendiScore {
    private VendiScore() {}

    /** From feature vectors, whose similarity is the cosine of their angle. */
    public static double of(final FeatureSet set, final double order, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final double[] unit = new double[Math.multiplyExact(set.count(), set.width())];
        for (int i = 0; i < set.count(); i++) {
            final int row = i * set.width();
            set.read(i, 0, set.width(), unit, row);
            double squares = 0;
            for (int k = 0; k < set.width(); k++) {
                squares += unit[row + k] * unit[row + k];
            }
            // A vector of zeros has no direction and is like no other.
            final double norm = squares == 0 ? 1 : Math.sqrt(squares);
            for (int k = 0; k < set.width(); k++) {
                unit[row + k] /= norm;
            }
        }
        // Both products of the matrix with itself have the same eigenvalues but for zeros.
        final int n = set.count();
        final int d = set.width();
        final Vectors smaller = n <= d ? Vectors.rows(unit, n, d) : Vectors.rows(transposed(unit, n, d), d, n);
        final double[] products = new double[smaller.count() * smaller.count()];
        Products.addUpper(smaller, smaller, products, workers, control);
        for (int i = 0; i < products.length; i++) {
            products[i] /= n;
        }
        return ofEigenvalues(
                SymmetricEigenvalues.of(Products.mirrored(products, smaller.count()), smaller.count(), control), order);
    }

    private static double[] transposed(final double[] matrix, final int rows, final int columns) {
        final double[] out = new double[matrix.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = matrix[i * columns + j];
            }
        }
        return out;
    }

    /**
     * From a symmetric matrix of similarities, ones on its diagonal.
     *
     * @param similarity n x n numbers
     * @param weights of the pictures, which sum to 1
     */
    public static double of(
            final double[] similarity, final double[] weights, final double order, final RunControl control)
            throws RunCancelled {
        final int n = weights.length;
        final double[] weighted = similarity.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                weighted[i * n + j] *= Math.sqrt(weights[i] * weights[j]);
            }
        }
        return ofEigenvalues(SymmetricEigenvalues.of(weighted, n, control), order);
    }

    /** Exponential of Rényi's entropy of an order; eigenvalues of zero and below do not count. */
    private static double ofEigenvalues(final double[] eigenvalues, final double order) {
        final double[] p = Arrays.stream(eigenvalues).filter(v -> v > 0).toArray();
        if (order == 1) {
            return Math.exp(-Arrays.stream(p).map(v -> v * Math.log(v)).sum());
        }
        if (Double.isInfinite(order)) {
            return 1 / Arrays.stream(p).max().orElse(Double.NaN);
        }
        return Math.pow(Arrays.stream(p).map(v -> Math.pow(v, order)).sum(), 1 / (1 - order));
    }
}
