package org.selfdiff.diffusion.conditions;

import java.util.List;
import java.util.Optional;

/**
 * One new condition.
 *
 * @param vector of the sources' width
 * @param sources rows that it was made from, the first one foremost; empty where it was made from all rows of a label
 * @param weights of the sources, adding up to 1
 * @param label by the strategy's rule, or none
 */
public record Condition(float[] vector, List<Integer> sources, List<Double> weights, Optional<String> label) {

    /** Copies the lists. */
    public Condition {
        sources = List.copyOf(sources);
        weights = List.copyOf(weights);
    }

    static Condition of(final float[] vector, final int source, final Optional<String> label) {
        return new Condition(vector, List.of(source), List.of(1.0), label);
    }
}
