package org.selfdiff.diffusion;

/** How much the squared error of a time-step counts. */
public sealed interface LossWeighting {

    /**
     * Weight of the objective's own squared error.
     *
     * @param signalToNoise {@code abar / (1 - abar)} of the time-step
     * @param objective what the error is of
     */
    double weight(double signalToNoise, Objective objective);

    /** The objective's own error, unweighted. */
    record None() implements LossWeighting {
        @Override
        public double weight(final double signalToNoise, final Objective objective) {
            return 1;
        }
    }

    /**
     * Perception-prioritised weighting (Choi et al., arXiv 2204.00227): the error of the noise counts
     * {@code 1 / (k + SNR)^gamma}. With k = gamma = 1 that is {@code 1 - abar}.
     *
     * @param k above 0
     * @param gamma 0 or more
     */
    record P2(double k, double gamma) implements LossWeighting {
        @Override
        public double weight(final double signalToNoise, final Objective objective) {
            return Math.pow(k + signalToNoise, -gamma) / objective.errorPerNoiseError(signalToNoise);
        }
    }

    /**
     * Min-SNR weighting (Hang et al., arXiv 2303.09556): the error of the clean picture counts {@code min(SNR, gamma)}.
     *
     * @param gamma above 0, usually 5
     */
    record MinSnr(double gamma) implements LossWeighting {
        @Override
        public double weight(final double signalToNoise, final Objective objective) {
            return Math.min(signalToNoise, gamma) / objective.errorPerCleanError(signalToNoise);
        }
    }
}
