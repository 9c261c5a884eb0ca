package org.selfdiff.train;

import java.util.List;

/**
 * Parameters that are trained alike.
 *
 * @param names names of the parameters, at least one
 * @param rate learning rate; a group whose rate is 0 at a step is not touched by it, nor are its moments
 * @param weightDecay share of a weight that is taken away per step and unit of learning rate
 */
public record ParameterGroup(List<String> names, Schedule rate, Schedule weightDecay) {

    /** Copies the names. */
    public ParameterGroup {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a group of no parameters");
        }
    }
}
