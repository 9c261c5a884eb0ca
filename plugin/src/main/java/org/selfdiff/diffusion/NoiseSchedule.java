package org.selfdiff.diffusion;

import java.util.Objects;

/**
 * The forward process {@code x_t = sqrt(abar_t) x_0 + sqrt(1 - abar_t) eps} of t = 0 .. steps - 1, where
 * {@code abar_t = prod_{s <= t} (1 - beta_s)}; all in double precision.
 */
public final class NoiseSchedule {
    private final BetaCurve curve;

    private final double[] betas;

    private final double[] signalShares;

    /**
     * Computes the schedule.
     *
     * @param curve shape of the betas
     * @param steps number of time-steps, 1 to 100,000
     * @throws IllegalArgumentException for another number
     */
    public NoiseSchedule(final BetaCurve curve, final int steps) {
        if (steps < 1 || steps > 100_000) {
            throw new IllegalArgumentException("time-steps must be 1 to 100000, not " + steps);
        }
        this.curve = Objects.requireNonNull(curve);
        this.betas = curve.betas(steps);
        this.signalShares = new double[steps];
        double share = 1;
        for (int t = 0; t < steps; t++) {
            share *= 1 - betas[t];
            signalShares[t] = share;
        }
    }

    /** Shape of the betas. */
    public BetaCurve curve() {
        return curve;
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
