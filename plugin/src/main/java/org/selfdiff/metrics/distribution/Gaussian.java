package org.selfdiff.metrics.distribution;

/**
 * Mean and covariance of feature vectors.
 *
 * @param count of vectors they were made from
 * @param mean d numbers
 * @param covariance d x d numbers, symmetric, with n - 1
 */
public record Gaussian(long count, double[] mean, double[] covariance) {

    /** Checks that the sizes fit. */
    public Gaussian {
        if (covariance.length != mean.length * mean.length) {
            throw new IllegalArgumentException(covariance.length + " numbers for " + mean.length + " features");
        }
    }

    /** Numbers of a vector. */
    public int width() {
        return mean.length;
    }

    /** Sum of all variances. */
    public double trace() {
        double trace = 0;
        for (int i = 0; i < mean.length; i++) {
            trace += covariance[i * mean.length + i];
        }
        return trace;
    }
}
