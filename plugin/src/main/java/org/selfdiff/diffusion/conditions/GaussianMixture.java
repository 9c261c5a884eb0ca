package org.selfdiff.diffusion.conditions;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Mixture of normal distributions, fitted by expectation maximisation (Dempster, Laird and Rubin 1977) in double
 * precision.
 *
 * @param weights of the components, adding up to 1
 * @param means of the components
 * @param covariances of the components
 * @param logLikelihood natural logarithm of the data's likelihood, summed over the rows
 * @param bic Bayesian information criterion (Schwarz 1978), smaller is better
 */
record GaussianMixture(double[] weights, double[][] means, Covariance[] covariances, double logLikelihood, double bic) {
    private static final int ITERATIONS = 200;

    private static final double TOLERANCE = 1e-5;

    private static final int ROWS_BETWEEN_LOOKS = 64;

    /**
     * How components are estimated.
     *
     * @param shape of the covariances
     * @param floor added to variances
     * @param shrinkage see {@link Covariance#estimate}
     */
    record Estimate(Covariance.Shape shape, double floor, OptionalDouble shrinkage) {}

    /**
     * Fits a mixture.
     *
     * @param rows vectors
     * @param groups the component from which each row starts, 0 to {@code components - 1}, none of them empty
     */
    static GaussianMixture fit(
            final double[][] rows,
            final int[] groups,
            final int components,
            final Estimate estimate,
            final RunControl control)
            throws RunCancelled {
        final double[][] shares = new double[components][rows.length];
        for (int i = 0; i < rows.length; i++) {
            shares[groups[i]][i] = 1;
        }
        GaussianMixture mixture = maximise(rows, shares, estimate, control);
        double before = Double.NEGATIVE_INFINITY;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            final double mean = mixture.expect(rows, shares, control) / rows.length;
            if (Math.abs(mean - before) < TOLERANCE) {
                break;
            }
            before = mean;
            mixture = maximise(rows, shares, estimate, control);
        }
        return mixture.rated(mixture.expect(rows, shares, control), rows.length, estimate.shape);
    }

    private GaussianMixture rated(final double logarithm, final int rows, final Covariance.Shape shape) {
        final int dimensions = means[0].length;
        final long free = weights.length * (Covariance.parameters(shape, dimensions) + dimensions) + weights.length - 1;
        return new GaussianMixture(weights, means, covariances, logarithm, free * Math.log(rows) - 2 * logarithm);
    }

    /** Writes each component's share of each row, and gives the logarithm of the likelihood. */
    private double expect(final double[][] rows, final double[][] shares, final RunControl control)
            throws RunCancelled {
        final double[] logs = new double[weights.length];
        final double[] work = new double[means[0].length];
        final double[] difference = new double[work.length];
        double sum = 0;
        for (int i = 0; i < rows.length; i++) {
            if (i % ROWS_BETWEEN_LOOKS == 0) {
                control.checkCancelled();
            }
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < logs.length; k++) {
                for (int d = 0; d < difference.length; d++) {
                    difference[d] = rows[i][d] - means[k][d];
                }
                logs[k] = Math.log(weights[k]) + covariances[k].logDensity(difference, work);
                most = Math.max(most, logs[k]);
            }
            double all = 0;
            for (final double log : logs) {
                all += Math.exp(log - most);
            }
            final double total = most + Math.log(all);
            for (int k = 0; k < logs.length; k++) {
                shares[k][i] = Math.exp(logs[k] - total);
            }
            sum += total;
        }
        return sum;
    }

    /** Weights, means and covariances of given shares. A component that has lost all rows keeps a trace of them. */
    private static GaussianMixture maximise(
            final double[][] rows, final double[][] shares, final Estimate estimate, final RunControl control)
            throws RunCancelled {
        final int components = shares.length;
        final double[] weights = new double[components];
        final double[][] means = new double[components][rows[0].length];
        final Covariance[] covariances = new Covariance[components];
        double all = 0;
        for (int k = 0; k < components; k++) {
            control.checkCancelled();
            double count = Arrays.stream(shares[k]).sum();
            if (count < 1e-8) {
                Arrays.fill(shares[k], 1e-8);
                count = 1e-8 * rows.length;
            }
            for (int i = 0; i < rows.length; i++) {
                for (int d = 0; d < means[k].length; d++) {
                    means[k][d] += shares[k][i] * rows[i][d];
                }
            }
            for (int d = 0; d < means[k].length; d++) {
                means[k][d] /= count;
            }
            covariances[k] =
                    Covariance.estimate(estimate.shape, rows, shares[k], means[k], estimate.floor, estimate.shrinkage);
            weights[k] = count;
            all += count;
        }
        for (int k = 0; k < components; k++) {
            weights[k] /= all;
        }
        return new GaussianMixture(weights, means, covariances, Double.NaN, Double.NaN);
    }

    /** A vector: that of a component, which a number between 0 and 1 chooses, and of standard normal numbers. */
    float[] draw(final double choice, final float[] normal) {
        int k = 0;
        double left = choice;
        while (k < weights.length - 1 && left >= weights[k]) {
            left -= weights[k++];
        }
        final double[] difference = covariances[k].colour(normal);
        final float[] vector = new float[difference.length];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = (float) (means[k][d] + difference[d]);
        }
        return vector;
    }
}
