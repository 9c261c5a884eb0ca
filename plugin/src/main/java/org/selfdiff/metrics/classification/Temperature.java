package org.selfdiff.metrics.classification;

import org.selfdiff.metrics.statistics.Bisection;

/**
 * The temperature by which logits are divided so that their cross entropy is least (Guo et al. 2017): above 1 for an
 * overconfident network. The order of classes stays as it is.
 */
public final class Temperature {
    /** Temperatures beyond this, and below its inverse, count as without bound. */
    private static final double LARGEST = 1e6;

    private Temperature() {}

    /**
     * The temperature at which the derivative of the mean cross entropy is zero.
     *
     * @param truth class of each case
     * @param logits of each case
     * @return positive; 0 for logits that are all right (the sharper the better), infinite for logits that are no better
     *     than equal ones
     */
    public static double optimum(final int[] truth, final double[][] logits) {
        if (slope(truth, logits, 1 / LARGEST) >= 0) {
            return Double.POSITIVE_INFINITY;
        }
        if (slope(truth, logits, LARGEST) <= 0) {
            return 0;
        }
        return 1 / Bisection.of(inverse -> slope(truth, logits, inverse), 1 / LARGEST, LARGEST);
    }

    /** Derivative of the summed cross entropy in 1/T: it rises, since the cross entropy is convex there. */
    private static double slope(final int[] truth, final double[][] logits, final double inverse) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            final double[] p = softmax(logits[i], inverse);
            for (int k = 0; k < p.length; k++) {
                sum += p[k] * (logits[i][k] - logits[i][truth[i]]);
            }
        }
        return sum;
    }

    /** Probabilities of logits that are multiplied by the inverse of a temperature. */
    public static double[] softmax(final double[] logits, final double inverse) {
        double most = Double.NEGATIVE_INFINITY;
        for (final double logit : logits) {
            most = Math.max(most, logit);
        }
        final double[] p = new double[logits.length];
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp((logits[k] - most) * inverse);
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
        return p;
    }
}
