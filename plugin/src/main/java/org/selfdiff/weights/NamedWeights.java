package org.selfdiff.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.selfdiff.run.RunFailed;

/**
 * The parameters of a model by name, in the network's order.
 *
 * @param weights the parameters; the map is copied, the numbers are not
 */
public record NamedWeights(Map<String, Weight> weights) {
    /** Copies the map and keeps its order. */
    public NamedWeights {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /**
     * A parameter that must be there in this shape.
     *
     * @param where the file, for the message
     * @throws RunFailed when it is missing or of another shape
     */
    public Weight require(final String name, final long[] shape, final String where) throws RunFailed {
        final Weight weight = weights.get(name);
        if (weight == null) {
            throw new RunFailed(
                    "The model has no parameter " + name, where, "Use a model that was made for this network.");
        }
        if (!java.util.Arrays.equals(shape, weight.shape())) {
            throw new RunFailed(
                    "The parameter " + name + " has the shape " + java.util.Arrays.toString(weight.shape())
                            + " where the network needs " + java.util.Arrays.toString(shape),
                    where,
                    "Use a model that was made for this network.");
        }
        return weight;
    }

    /** Number of all elements. */
    public long parameters() {
        return weights.values().stream().mapToLong(w -> w.values().length).sum();
    }
}
