package org.selfdiff.metrics.distribution;

import java.util.Arrays;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Sums over the numbers of all pairs of vectors, one vector from each of two sets: the inner loop of everything here.
 * Worked on in blocks that stay in the cache, four by four numbers at a time, so that Java's compiler makes vector
 * instructions of it. A sum takes its numbers in the same order whatever the blocks.
 */
final class PairBlocks {
    /** Vectors of the first set that one task works on. */
    static final int STRIPE = 128;

    /** Vectors of the second set in a block. */
    static final int BLOCK = 256;

    /** Numbers of each vector that are worked on at a time, a multiple of 4. */
    private static final int DEPTH = 64;

    private PairBlocks() {}

    /** What is summed. */
    enum Term {
        /** a b. */
        PRODUCT,
        /** (a - b)², exactly 0 for equal vectors, unlike a² + b² - 2 a b. */
        SQUARED_DIFFERENCE
    }

    /** Takes blocks of sums. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes a block; those of one stripe come on one thread, from the first to the last vector of the second set.
         *
         * @param first index of the block's first vector in the second set
         * @param columns vectors of the second set in the block
         * @param sums of vector r of the stripe and vector c of the block at {@code r * BLOCK + c}
         */
        void accept(int first, int columns, double[] sums);
    }

    /** How many stripes a set has. */
    static int stripes(final Vectors a) {
        return (a.count() + STRIPE - 1) / STRIPE;
    }

    /** Vectors in a stripe. */
    static int rows(final Vectors a, final int stripe) {
        return Math.min(STRIPE, a.count() - stripe * STRIPE);
    }

    /**
     * Works on one stripe.
     *
     * @param a first set
     * @param stripe index of the stripe in it
     * @param b second set, of the same width
     * @param from vectors of the second set before this one are left out
     */
    static void stripe(
            final Term term,
            final Vectors a,
            final int stripe,
            final Vectors b,
            final int from,
            final RunControl control,
            final Sink sink)
            throws RunCancelled {
        final int depths = (a.width() + DEPTH - 1) / DEPTH;
        final int rows = rows(a, stripe);
        final double[] left = new double[depths * STRIPE * DEPTH];
        for (int d = 0; d < depths; d++) {
            final int length = Math.min(DEPTH, a.width() - d * DEPTH);
            for (int r = 0; r < rows; r++) {
                a.read(stripe * STRIPE + r, d * DEPTH, length, left, (d * STRIPE + r) * DEPTH);
            }
        }
        final double[] right = new double[DEPTH * BLOCK];
        final double[] line = new double[DEPTH];
        final double[] sums = new double[STRIPE * BLOCK];
        for (int first = from; first < b.count(); first += BLOCK) {
            control.checkCancelled();
            final int columns = Math.min(BLOCK, b.count() - first);
            Arrays.fill(sums, 0);
            for (int d = 0; d < depths; d++) {
                final int length = Math.min(DEPTH, b.width() - d * DEPTH);
                transpose(b, first, columns, d * DEPTH, length, line, right);
                final int padded = (length + 3) / 4 * 4;
                for (int r = 0; r < rows; r += 4) {
                    final int at = (d * STRIPE + r) * DEPTH;
                    for (int k = 0; k < padded; k += 4) {
                        if (term == Term.PRODUCT) {
                            products(sums, r * BLOCK, right, k * BLOCK, columns, left, at + k);
                        } else {
                            differences(sums, r * BLOCK, right, k * BLOCK, columns, left, at + k);
                        }
                    }
                }
            }
            sink.accept(first, columns, sums);
        }
    }

    /** Numbers of the block's vectors with the vectors side by side; zeros up to a multiple of 4 numbers. */
    private static void transpose(
            final Vectors b,
            final int first,
            final int columns,
            final int from,
            final int length,
            final double[] line,
            final double[] right) {
        for (int c = 0; c < columns; c++) {
            b.read(first + c, from, length, line, 0);
            for (int k = 0; k < length; k++) {
                right[k * BLOCK + c] = line[k];
            }
        }
        for (int k = length; k % 4 != 0; k++) {
            Arrays.fill(right, k * BLOCK, k * BLOCK + columns, 0);
        }
    }

    private static void products(
            final double[] c,
            final int c0,
            final double[] b,
            final int b0,
            final int columns,
            final double[] a,
            final int at) {
        final int c1 = c0 + BLOCK;
        final int c2 = c1 + BLOCK;
        final int c3 = c2 + BLOCK;
        final int b1 = b0 + BLOCK;
        final int b2 = b1 + BLOCK;
        final int b3 = b2 + BLOCK;
        final double p0 = a[at];
        final double p1 = a[at + 1];
        final double p2 = a[at + 2];
        final double p3 = a[at + 3];
        final double q0 = a[at + DEPTH];
        final double q1 = a[at + DEPTH + 1];
        final double q2 = a[at + DEPTH + 2];
        final double q3 = a[at + DEPTH + 3];
        final double r0 = a[at + 2 * DEPTH];
        final double r1 = a[at + 2 * DEPTH + 1];
        final double r2 = a[at + 2 * DEPTH + 2];
        final double r3 = a[at + 2 * DEPTH + 3];
        final double s0 = a[at + 3 * DEPTH];
        final double s1 = a[at + 3 * DEPTH + 1];
        final double s2 = a[at + 3 * DEPTH + 2];
        final double s3 = a[at + 3 * DEPTH + 3];
        for (int j = 0; j < columns; j++) {
            final double v0 = b[b0 + j];
            final double v1 = b[b1 + j];
            final double v2 = b[b2 + j];
            final double v3 = b[b3 + j];
            c[c0 + j] += (p0 * v0 + p1 * v1) + (p2 * v2 + p3 * v3);
            c[c1 + j] += (q0 * v0 + q1 * v1) + (q2 * v2 + q3 * v3);
            c[c2 + j] += (r0 * v0 + r1 * v1) + (r2 * v2 + r3 * v3);
            c[c3 + j] += (s0 * v0 + s1 * v1) + (s2 * v2 + s3 * v3);
        }
    }

    private static void differences(
            final double[] c,
            final int c0,
            final double[] b,
            final int b0,
            final int columns,
            final double[] a,
            final int at) {
        for (int r = 0; r < 4; r++) {
            final int row = c0 + r * BLOCK;
            final double p0 = a[at + r * DEPTH];
            final double p1 = a[at + r * DEPTH + 1];
            final double p2 = a[at + r * DEPTH + 2];
            final double p3 = a[at + r * DEPTH + 3];
            for (int j = 0; j < columns; j++) {
                final double d0 = p0 - b[b0 + j];
                final double d1 = p1 - b[b0 + BLOCK + j];
                final double d2 = p2 - b[b0 + 2 * BLOCK + j];
                final double d3 = p3 - b[b0 + 3 * BLOCK + j];
                c[row + j] += (d0 * d0 + d1 * d1) + (d2 * d2 + d3 * d3);
            }
        }
    }
}
