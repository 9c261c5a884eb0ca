package org.selfdiff.metrics.distribution;

import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Matrices of all products of vectors. */
final class Products {
    private Products() {}

    /** Row i, column j: the product of vector i of the first set and vector j of the second. */
    static double[] of(final Vectors a, final Vectors b, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final double[] out = new double[Math.multiplyExact(a.count(), b.count())];
        workers.parts(
                PairBlocks.stripes(a),
                (stripe, part) -> {
                    PairBlocks.stripe(PairBlocks.Term.PRODUCT, a, stripe, b, 0, part, (first, columns, sums) -> {
                        for (int r = 0; r < PairBlocks.rows(a, stripe); r++) {
                            System.arraycopy(
                                    sums,
                                    r * PairBlocks.BLOCK,
                                    out,
                                    (stripe * PairBlocks.STRIPE + r) * b.count() + first,
                                    columns);
                        }
                    });
                    return stripe;
                },
                control);
        return out;
    }

    /**
     * Adds the products of each vector with those behind it, and with itself, to the upper triangle of a square matrix.
     *
     * @param b the same vectors, or others whose products with the first are symmetric
     */
    static void addUpper(
            final Vectors a, final Vectors b, final double[] to, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final int n = a.count();
        workers.parts(
                PairBlocks.stripes(a),
                (stripe, part) -> {
                    final int top = stripe * PairBlocks.STRIPE;
                    PairBlocks.stripe(PairBlocks.Term.PRODUCT, a, stripe, b, top, part, (first, columns, sums) -> {
                        for (int r = 0; r < PairBlocks.rows(a, stripe); r++) {
                            for (int c = Math.max(0, top + r - first); c < columns; c++) {
                                to[(top + r) * n + first + c] += sums[r * PairBlocks.BLOCK + c];
                            }
                        }
                    });
                    return stripe;
                },
                control);
    }

    /** Copies the upper triangle to the lower one. */
    static double[] mirrored(final double[] matrix, final int n) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                matrix[i * n + j] = matrix[j * n + i];
            }
        }
        return matrix;
    }
}
