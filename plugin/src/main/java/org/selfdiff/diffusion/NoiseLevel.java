package org.selfdiff.diffusion;

/**
 * How much signal and noise a picture holds: {@code x = signal x_0 + noise eps}, with squares that add up to 1.
 *
 * @param time the time-step that the network is told; fractional between two of the schedule's
 * @param signal amplitude of the clean picture, {@code sqrt(abar)}
 * @param noise amplitude of the noise, {@code sqrt(1 - abar)}
 */
public record NoiseLevel(double time, double signal, double noise) {
    /** No noise at all. */
    public static final NoiseLevel CLEAN = new NoiseLevel(-1, 1, 0);

    /** That of a time-step; {@link #CLEAN} before the first. */
    public static NoiseLevel at(final NoiseSchedule schedule, final int t) {
        final double share = schedule.signalShare(t);
        return t < 0 ? CLEAN : new NoiseLevel(t, Math.sqrt(share), Math.sqrt(1 - share));
    }

    /** That of a ratio of noise to signal. */
    public static NoiseLevel ofSigma(final double time, final double sigma) {
        final double signal = 1 / Math.sqrt(sigma * sigma + 1);
        return new NoiseLevel(time, signal, sigma * signal);
    }

    /** Ratio of noise to signal. */
    public double sigma() {
        return noise / signal;
    }

    /** Half the logarithm of the signal-to-noise ratio, the clock of DPM-Solver; infinite for a clean picture. */
    public double lambda() {
        return Math.log(signal / noise);
    }
}
