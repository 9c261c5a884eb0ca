package org.selfdiff.train;

import java.util.ArrayList;
import java.util.Arrays;
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

    private static final String BUFFER = "buffer.";

    private final TensorScope scope;

    private final List<String> names;

    private final Map<Part, List<Tensor>> parts = new LinkedHashMap<>();

    private final List<String> bufferNames;

    private final List<Tensor> buffers;

    private final List<Tensor> untrained;

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

    /**
     * The state before the first step, as {@link #save()} would give it.
     *
     * @param initial the parameters that are trained
     * @param buffers what the loss changes
     * @param groups number of groups of parameters
     */
    static NamedWeights start(final NamedWeights initial, final NamedWeights buffers, final int groups) {
        final LinkedHashMap<String, Weight> all = new LinkedHashMap<>();
        for (final Part part : Part.values()) {
            final boolean moment = part == Part.FIRST || part == Part.SECOND;
            initial.weights()
                    .forEach((name, weight) -> all.put(
                            part.prefix + name,
                            moment ? new Weight(weight.shape(), new float[weight.values().length]) : weight));
        }
        buffers.weights().forEach((name, weight) -> all.put(BUFFER + name, weight));
        all.put(COUNT, new Weight(new long[] {groups}, new float[groups]));
        return new NamedWeights(all);
    }

    /**
     * A state from what {@link #save()} gave.
     *
     * @param task names of parameters and buffers, and the constants
     * @param keepBest whether the best averages are kept
     */
    TrainingState(final TensorScope scope, final Trainer.Task task, final NamedWeights saved, final boolean keepBest) {
        this.scope = scope;
        this.names = List.copyOf(task.initial().weights().keySet());
        this.bufferNames = List.copyOf(task.untrained().buffers().weights().keySet());
        for (final Part part : Part.values()) {
            if (part != Part.BEST || keepBest) {
                parts.put(part, upload(part.prefix, names, saved));
            }
        }
        parts.get(Part.PARAMETER).forEach(Tensor::differentiable);
        this.buffers = upload(BUFFER, bufferNames, saved);
        this.untrained = new ArrayList<>(buffers);
        for (final Weight constant : task.untrained().constants().weights().values()) {
            untrained.add(scope.floats(constant.values(), constant.shape()));
        }
        this.count = scope.floats(
                saved.weights().get(COUNT).values(), task.rule().groups().size());
    }

    private List<Tensor> upload(final String prefix, final List<String> names, final NamedWeights saved) {
        final List<Tensor> tensors = new ArrayList<>();
        for (final String name : names) {
            final Weight weight = saved.weights().get(prefix + name);
            tensors.add(scope.floats(weight.values(), weight.shape()));
        }
        return tensors;
    }

    /** The tensors of a part, in the order of the parameters. */
    List<Tensor> part(final Part part) {
        return parts.get(part);
    }

    /** What stands behind the trained parameters in the lists of the script: buffers, then constants. */
    List<Tensor> untrained() {
        return untrained;
    }

    /** The values of the buffers. */
    NamedWeights downloadBuffers() {
        final LinkedHashMap<String, Weight> values = new LinkedHashMap<>();
        for (int i = 0; i < bufferNames.size(); i++) {
            values.put(bufferNames.get(i), download(buffers.get(i)));
        }
        return new NamedWeights(values);
    }

    /** Number of steps made by each group, as the optimiser counts them. */
    Tensor count() {
        return count;
    }

    /** Whether no step has begun to change parameters since the groups had made so many steps: that is counted first. */
    boolean isUnchangedSince(final float[] counts) {
        return Arrays.equals(counts, count.toFloats());
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
        downloadBuffers().weights().forEach((name, weight) -> all.put(BUFFER + name, weight));
        all.put(COUNT, download(count));
        return new NamedWeights(all);
    }

    private static Weight download(final Tensor tensor) {
        return new Weight(tensor.shape(), tensor.toFloats());
    }
}
