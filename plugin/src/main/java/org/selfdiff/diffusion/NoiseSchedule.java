package org.selfdiff.diffusion;

import java.util.Objects;

/**
 * The forward process {@code x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps} of t = 0 .. steps - 1, where
 * {@code abar_t = prod_{s <= t} (1 - beta_s)}; all in double precision.
 */
public final class NoiseSchedule {
    private final BetaCurve curve;

    private final boolean zeroTerminalSnr;

    private final double[] betas;

    private final double[] signalShares;

    /** A schedule that keeps a little signal to its end. */
    public NoiseSchedule(final BetaCurve curve, final int steps) {
        this(curve, steps, false);
    }

    /**
     * Computes the schedule.
     *
     * @param curve shape of the betas
     * @param steps number of time-steps, 1 to 100,000
     * @param zeroTerminalSnr whether the last time-step is pure noise (Lin et al., arXiv 2305.08891, algorithm 1):
     *     amplitudes of the signal are shifted and stretched so that the last is 0 and the first stays; needs 2 steps
     * @throws IllegalArgumentException for another number
     */
    public NoiseSchedule(final BetaCurve curve, final int steps, final boolean zeroTerminalSnr) {
        if (steps < (zeroTerminalSnr ? 2 : 1) || steps > 100_000) {
            throw new IllegalArgumentException("time-steps must be 1 to 100000, not " + steps);
        }
        this.curve = Objects.requireNonNull(curve);
        this.zeroTerminalSnr = zeroTerminalSnr;
        this.betas = curve.betas(steps);
        this.signalShares = new double[steps];
        double share = 1;
        for (int t = 0; t < steps; t++) {
            share *= 1 - betas[t];
            signalShares[t] = share;
        }
        if (zeroTerminalSnr) {
            endWithoutSignal();
        }
    }

    private void endWithoutSignal() {
        final double first = Math.sqrt(signalShares[0]);
        final double last = Math.sqrt(signalShares[signalShares.length - 1]);
        for (int t = 0; t < betas.length; t++) {
            final double amplitude = (Math.sqrt(signalShares[t]) - last) * first / (first - last);
            signalShares[t] = amplitude * amplitude;
            betas[t] = 1 - signalShares[t] / signalShare(t - 1);
        }
    }

    /** Shape of the betas. */
    public BetaCurve curve() {
        return curve;
    }

    /** Whether the last time-step is pure noise. */
    public boolean zeroTerminalSnr() {
        return zeroTerminalSnr;
    }

    /** Number of time-steps. */
    public int steps() {
        return betas.length;
    }

    /** Variance of the noise that step {@code t} adds. */
    public double beta(final int t) {
        return betas[t];
    }

    /** {@code abar_t}, the share of the signal's variance that is left; 1 for t = -1. */
    public double signalShare(final int t) {
        return t < 0 ? 1 : signalShares[t];
    }

    /** Signal-to-noise ratio {@code abar_t / (1 - abar_t)}. */
    public double signalToNoise(final int t) {
        return signalShares[t] / (1 - signalShares[t]);
    }
}
