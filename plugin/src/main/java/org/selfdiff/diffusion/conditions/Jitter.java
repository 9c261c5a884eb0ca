package org.selfdiff.diffusion.conditions;

import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * The embedding of a picture with normally distributed noise.
 *
 * @param scale of the noise, 0 or more
 * @param unit what the scale is measured by
 */
public record Jitter(double scale, Unit unit) implements ConditionStrategy {

    /** What a scale of 1 means. */
    public enum Unit {
        /** Each dimension's own standard deviation over all rows. */
        DEVIATION,

        /**
         * The source's distance to its nearest neighbour: noise of a scale of 1 is as long as that (root mean square), the
         * same in every dimension.
         */
        NEIGHBOUR
    }

    /** Checks the scale. */
    public Jitter {
        if (!(scale >= 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the scale must be 0 or more, not " + scale);
        }
    }

    @Override
    public Maker prepare(final Sources sources, final long seed, final RunControl control)
            throws RunFailed, RunCancelled {
        if (sources.size() < 2) {
            throw new RunFailed(
                    "The scale of jitter is relative to differences between rows",
                    "row \"" + sources.names().get(0) + "\", the only one",
                    "Give at least two rows, or choose another strategy.");
        }
        final double[] deviations = unit == Unit.DEVIATION ? deviations(sources.vectors()) : new double[0];
        final int[][] nearest = unit == Unit.NEIGHBOUR ? Neighbours.of(sources.vectors(), 1, control) : new int[0][];
        return new Maker() {
            @Override
            public int groups() {
                return sources.size();
            }

            @Override
            public Condition make(final int group, final int copy) {
                final float[] source = sources.vectors().get(group);
                final float[] vector = new Draws(seed, group, copy).gaussians(source.length);
                final double even = unit == Unit.DEVIATION
                        ? 0
                        : Math.sqrt(
                                Neighbours.squared(source, sources.vectors().get(nearest[group][0])) / source.length);
                for (int d = 0; d < vector.length; d++) {
                    final double sigma = unit == Unit.DEVIATION ? deviations[d] : even;
                    vector[d] = (float) (source[d] + scale * sigma * vector[d]);
                }
                return Condition.of(vector, group, sources.labels().get(group));
            }
        };
    }

    /** Standard deviation of each dimension, with n - 1. */
    private static double[] deviations(final List<float[]> vectors) {
        final double[] deviations = new double[vectors.get(0).length];
        for (int d = 0; d < deviations.length; d++) {
            double mean = 0;
            for (final float[] vector : vectors) {
                mean += vector[d];
            }
            mean /= vectors.size();
            double sum = 0;
            for (final float[] vector : vectors) {
                sum += (vector[d] - mean) * (vector[d] - mean);
            }
            deviations[d] = Math.sqrt(sum / (vectors.size() - 1));
        }
        return deviations;
    }
}
