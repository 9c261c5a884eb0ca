package org.selfdiff.diffusion;

import java.util.Arrays;

/** Ratios of noise to signal of a schedule, between its time-steps too. */
final class Sigmas {
    /** Share of the signal that pure noise is taken to hold, as in diffusers, so that its ratio is finite. */
    private static final double LEAST_SHARE = 0x1p-24;

    /** Exponent of Karras et al. */
    private static final double RHO = 7;

    private final double[] sigmas;

    Sigmas(final NoiseSchedule schedule) {
        sigmas = new double[schedule.steps()];
        for (int t = 0; t < sigmas.length; t++) {
            final double share = schedule.signalShare(t);
            sigmas[t] = Math.sqrt((1 - share) / (share == 0 ? LEAST_SHARE : share));
        }
    }

    /** The smallest, that of time-step 0. */
    double smallest() {
        return sigmas[0];
    }

    /** At a time-step, in a straight line between two. */
    NoiseLevel at(final double time) {
        final int low = Math.max(0, Math.min(sigmas.length - 2, (int) time));
        final int high = Math.min(sigmas.length - 1, low + 1);
        final double w = Math.max(0, Math.min(1, time - low));
        return NoiseLevel.ofSigma(time, sigmas[low] + w * (sigmas[high] - sigmas[low]));
    }

    /** The levels of time-steps. */
    NoiseLevel[] at(final double... times) {
        return Arrays.stream(times).mapToObj(this::at).toArray(NoiseLevel[]::new);
    }

    /** The ladder of Karras et al. (arXiv 2206.00364, equation 5) from the largest ratio to the smallest. */
    NoiseLevel[] karras(final int count, final boolean roundTimes) {
        final double largest = Math.pow(sigmas[sigmas.length - 1], 1 / RHO);
        final double least = Math.pow(sigmas[0], 1 / RHO);
        final NoiseLevel[] levels = new NoiseLevel[count];
        for (int i = 0; i < count; i++) {
            levels[i] = level(Math.pow(largest + ramp(i, count) * (least - largest), RHO), roundTimes);
        }
        return levels;
    }

    /** The ladder of Lu et al. (arXiv 2206.00927): logarithms of the ratio in equal steps. */
    NoiseLevel[] lu(final int count) {
        final double largest = Math.log(sigmas[sigmas.length - 1]);
        final double least = Math.log(sigmas[0]);
        final NoiseLevel[] levels = new NoiseLevel[count];
        for (int i = 0; i < count; i++) {
            levels[i] = level(Math.exp(largest + ramp(i, count) * (least - largest)), true);
        }
        return levels;
    }

    private static double ramp(final int i, final int count) {
        return (double) i / Math.max(1, count - 1);
    }

    private NoiseLevel level(final double sigma, final boolean roundTime) {
        final double time = time(sigma);
        return NoiseLevel.ofSigma(roundTime ? Math.rint(time) : time, sigma);
    }

    /** The time-step of a ratio, in a straight line between the logarithms of two. */
    private double time(final double sigma) {
        final int found = Arrays.binarySearch(sigmas, sigma);
        final int below = found >= 0 ? found : -found - 2;
        final int low = Math.max(0, Math.min(sigmas.length - 2, below));
        final double from = Math.log(sigmas[low]);
        final double w = (Math.log(sigma) - from) / (Math.log(sigmas[low + 1]) - from);
        return low + Math.max(0, Math.min(1, w));
    }
}
