package org.selfdiff.metrics.distribution;

import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Squared Frechet or 2-Wasserstein distance of two normal distributions (Dowson and Landau 1982; as a distance of
 * pictures Heusel et al. 2017): |m1 - m2|² + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2). The last trace is the sum of the roots of
 * the eigenvalues of Lᵀ S2 L with S1 = L Lᵀ, which has the non-zero eigenvalues of S1 S2 and stays symmetric; what is
 * below zero by rounding counts zero. Equal sets give 0 up to rounding, also a little below.
 *
 * @param means |m1 - m2|²
 * @param firstTrace tr S1
 * @param secondTrace tr S2
 * @param rootTrace tr (S1 S2)^(1/2)
 */
public record FrechetDistance(double means, double firstTrace, double secondTrace, double rootTrace) {

    /** Computes it. */
    public static FrechetDistance of(
            final Gaussian first, final Gaussian second, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        return new From(first, workers, control).to(second, control);
    }

    /** One distribution, prepared for distances to several others. */
    public static final class From {
        private final Gaussian first;

        private final SemidefiniteRoot root;

        private final Workers workers;

        /** Takes the root of the covariance. */
        public From(final Gaussian first, final Workers workers, final RunControl control) throws RunCancelled {
            this.first = first;
            this.workers = workers;
            root = SemidefiniteRoot.of(first.covariance(), first.width(), control);
        }

        /** The distance to another one of the same width. */
        public FrechetDistance to(final Gaussian second, final RunControl control) throws RunFailed, RunCancelled {
            final int d = first.width();
            if (second.width() != d) {
                throw new IllegalArgumentException("features of width " + d + " and " + second.width());
            }
            double means = 0;
            for (int i = 0; i < d; i++) {
                final double gap = first.mean()[i] - second.mean()[i];
                means += gap * gap;
            }
            return new FrechetDistance(means, first.trace(), second.trace(), rootTrace(second, control));
        }

        private double rootTrace(final Gaussian second, final RunControl control) throws RunFailed, RunCancelled {
            final int d = first.width();
            final int rank = root.rank();
            if (rank == 0) {
                return 0;
            }
            final double[] half =
                    Products.of(root.vectors(), Vectors.rows(second.covariance(), d, d), workers, control);
            final double[] both = new double[rank * rank];
            Products.addUpper(root.vectors(), Vectors.rows(half, rank, d), both, workers, control);
            double sum = 0;
            for (final double value : SymmetricEigenvalues.of(Products.mirrored(both, rank), rank, control)) {
                sum += Math.sqrt(Math.max(0, value));
            }
            return sum;
        }
    }

    /** The distance. */
    public double value() {
        return means + firstTrace + secondTrace - 2 * rootTrace;
    }
}
