package org.selfdiff.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/** All that changes while a network is trained, on the device. */
final class TrainingState {
    private static final String COUNT = "count";

    private final TensorScope scope;

    private final List<String> names;

    private final Map<Part, List<Tensor>> parts = new LinkedHashMap<>();

    private final Tensor count;

    /** What is kept for every parameter. */
    enum Part {
        /** The parameter. */
        PARAMETER("parameter."),
        /** AdamW's first moment. */
        FIRST("first."),
        /** AdamW's second moment. */
        SECOND("second."),
        /** The moving average. */
        AVERAGE("average."),
        /** The moving average of the best validation so far. */
        BEST("best.");

        private final String prefix;

        Part(final String prefix) {
            this.prefix = prefix;
        }
    }

    /** The state before the first step. */
    static TrainingState start(final TensorScope scope, final NamedWeights initial, final boolean keepBest) {
        final LinkedHashMap<String, Weight> all = new LinkedHashMap<>();
        for (final Part part : Part.values()) {
            final boolean moment = part == Part.FIRST || part == Part.SECOND;
            initial.weights()
                    .forEach((name, weight) -> all.put(
                            part.prefix + name,
                            moment ? new Weight(weight.shape(), new float[weight.values().length]) : weight));
        }
        all.put(COUNT, new Weight(new long[0], new float[1]));
        return new TrainingState(scope, List.copyOf(initial.weights().keySet()), new NamedWeights(all), keepBest);
    }

    /**
     * A state from what {@link #save()} gave.
     *
     * @param names names of the parameters
     */
    TrainingState(final TensorScope scope, final List<String> names, final NamedWeights saved, final boolean keepBest) {
        this.scope = scope;
        this.names = names;
        for (final Part part : Part.values()) {
            if (part != Part.BEST || keepBest) {
                parts.put(part, upload(part, saved));
            }
        }
        parts.get(Part.PARAMETER).forEach(Tensor::differentiable);
        this.count = scope.floats(saved.weights().get(COUNT).values());
    }

    private List<Tensor> upload(final Part part, final NamedWeights saved) {
        final List<Tensor> tensors = new ArrayList<>();
        for (final String name : names) {
            final Weight weight = saved.weights().get(part.prefix + name);
            tensors.add(scope.floats(weight.values(), weight.shape()));
        }
        return tensors;
    }

    /** The tensors of a part, in the order of the parameters. */
    List<Tensor> part(final Part part) {
        return parts.get(part);
    }

    /** Number of steps made, as the optimiser counts them. */
    Tensor count() {
        return count;
    }

    /** Remembers the averages as the best ones. */
    void keepBest(final ScriptModule module) {
        try (TensorScope results = scope.child()) {
            module.call(results, false, StepScript.COPY, part(Part.BEST), part(Part.AVERAGE));
        }
    }

    /** The values of a part, by the names of the parameters. */
    NamedWeights download(final Part part) {
        final LinkedHashMap<String, Weight> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), download(part(part).get(i)));
        }
        return new NamedWeights(values);
    }

    /** Everything. */
    NamedWeights save() {
        final LinkedHashMap<String, Weight> all = new LinkedHashMap<>();
        parts.keySet()
                .forEach(part ->
                        download(part).weights().forEach((name, weight) -> all.put(part.prefix + name, weight)));
        all.put(COUNT, download(count));
        return new NamedWeights(all);
    }

    private static Weight download(final Tensor tensor) {
        return new Weight(tensor.shape(), tensor.toFloats());
    }
}
