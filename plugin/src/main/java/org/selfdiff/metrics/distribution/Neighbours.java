package org.selfdiff.metrics.distribution;

import java.util.Arrays;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Distances to nearest neighbours.
 *
 * @param index of the nearest vector of the other set, the first of equal ones
 * @param squaredDistance to it
 */
record Neighbours(int[] index, double[] squaredDistance) {

    /** For each vector of a set the nearest of another. */
    static Neighbours nearest(
            final FeatureSet of, final FeatureSet among, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final int[] nobody = new int[of.count()];
        Arrays.fill(nobody, -1);
        return nearest(of, nobody, among, workers, control);
    }

    /** For some vectors of a set the nearest other one of it. */
    static Neighbours within(final FeatureSet set, final int[] some, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        return nearest(set.subset(some), some, set, workers, control);
    }

    private static Neighbours nearest(
            final FeatureSet of,
            final int[] itself,
            final FeatureSet among,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final int[] index = new int[of.count()];
        final double[] distance = new double[of.count()];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        visit(of, among, workers, control, (row, column, squared) -> {
            if (squared < distance[row] && column != itself[row]) {
                distance[row] = squared;
                index[row] = column;
            }
        });
        return new Neighbours(index, distance);
    }

    /** For each vector of a set the squared distance to its k-th neighbour in it, not counting itself. */
    static double[] squaredRadii(final FeatureSet set, final int k, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final double[] nearest = new double[set.count() * k];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        visit(set, set, workers, control, (row, column, squared) -> {
            int at = row * k + k - 1;
            if (row == column || squared >= nearest[at]) {
                return;
            }
            for (; at > row * k && nearest[at - 1] > squared; at--) {
                nearest[at] = nearest[at - 1];
            }
            nearest[at] = squared;
        });
        final double[] radii = new double[set.count()];
        Arrays.setAll(radii, i -> nearest[i * k + k - 1]);
        return radii;
    }

    /** Takes the squared distance of a pair. */
    @FunctionalInterface
    interface Visitor {
        /** Takes it; the pairs of a vector of the first set come one after another on one thread. */
        void visit(int row, int column, double squaredDistance);
    }

    /** Visits all pairs. */
    static void visit(
            final FeatureSet rows,
            final FeatureSet columns,
            final Workers workers,
            final RunControl control,
            final Visitor visitor)
            throws RunFailed, RunCancelled {
        final Pace pace = new Pace("pictures", 0, rows.count());
        workers.inOrder(
                PairBlocks.stripes(rows),
                (stripe, part) -> {
                    PairBlocks.stripe(
                            PairBlocks.Term.SQUARED_DIFFERENCE,
                            rows,
                            stripe,
                            columns,
                            0,
                            part,
                            (first, count, sums) -> {
                                for (int r = 0; r < PairBlocks.rows(rows, stripe); r++) {
                                    for (int c = 0; c < count; c++) {
                                        visitor.visit(
                                                stripe * PairBlocks.STRIPE + r,
                                                first + c,
                                                sums[r * PairBlocks.BLOCK + c]);
                                    }
                                }
                            });
                    return stripe;
                },
                (stripe, done) -> {
                    final int pictures = stripe * PairBlocks.STRIPE + PairBlocks.rows(rows, stripe);
                    control.progress((double) pictures / rows.count(), pace.line(pictures));
                },
                control);
    }
}
