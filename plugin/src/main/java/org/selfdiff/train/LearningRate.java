package org.selfdiff.train;

/**
 * Learning rate over the steps: a linear rise, then half a cosine down to a share of the peak.
 *
 * @param peak highest rate
 * @param warmupSteps steps of the rise
 * @param totalSteps steps in all
 * @param finalShare share of the peak that is left at the end; 1 for a constant rate after the rise
 */
public record LearningRate(double peak, long warmupSteps, long totalSteps, double finalShare) implements Schedule {

    /**
     * The rate of a step.
     *
     * @param step steps made before it, from 0
     */
    @Override
    public double at(final long step) {
        if (step < warmupSteps) {
            return peak * (step + 1) / warmupSteps;
        }
        final long span = Math.max(1, totalSteps - 1 - warmupSteps);
        final double done = Math.min(1, (double) (step - warmupSteps) / span);
        return peak * (finalShare + (1 - finalShare) * (1 + Math.cos(Math.PI * done)) / 2);
    }
}
