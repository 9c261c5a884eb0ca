package org.selfdiff.train;

/**
 * Exponential moving average of the weights, {@code e <- d e + (1 - d) p}. Early on the decay is lower, so that the
 * random start is forgotten soon: {@code d = min(decay, (1 + n) / (10 + n))} after n steps.
 *
 * @param decay the decay that is reached; 0 for weights without averaging
 */
public record Ema(double decay) implements Schedule {

    /**
     * Share of the new weights.
     *
     * @param step steps made before this one, from 0
     */
    @Override
    public double at(final long step) {
        return 1 - Math.min(decay, (1.0 + step) / (10.0 + step));
    }
}
