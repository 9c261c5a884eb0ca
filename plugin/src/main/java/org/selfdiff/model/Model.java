package org.selfdiff.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.Parameter;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.SafeTensors;
import org.selfdiff.weights.StoredTensor;
import org.selfdiff.weights.Weight;

/**
 * A model in a file, opened and looked at. This is the one door: whoever uses a model comes through here, so that kind,
 * parameters and their shapes are checked in one place.
 *
 * @param file the file
 * @param card its card
 */
public record Model(Path file, ModelCard card) {
    private static final String REMEDY = "Use a model that was made for this network.";

    /**
     * Opens a model.
     *
     * @param task the kind that is wanted
     * @param maker the node that makes such models, for the message
     * @throws RunFailed when the file is no model, damaged, or of another kind
     */
    public static Model open(final Path file, final Class<? extends ModelTask> task, final String maker)
            throws RunFailed {
        final ModelCard card = ModelFile.readCard(file);
        if (!task.isInstance(card.task())) {
            throw new RunFailed(
                    "The model is a " + card.task().title() + ", not a " + ModelTask.title(task),
                    file.toString(),
                    "Use the model of a " + maker + ".");
        }
        return new Model(file, card);
    }

    /** Takes parameters one by one. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the next one. */
        void take(Parameter parameter, Weight weight);
    }

    /**
     * The parameters of a network, in its order.
     *
     * @throws RunFailed when one is missing, of another shape or superfluous
     */
    public NamedWeights weights(final Network network) throws RunFailed {
        final Map<String, Weight> own = new LinkedHashMap<>();
        each(network, (parameter, weight) -> own.put(parameter.name(), weight));
        return new NamedWeights(own);
    }

    /**
     * Hands over the parameters of a network one after the other in its order, so that no more than one of them need be
     * in memory.
     *
     * @throws RunFailed as {@link #weights(Network)}; before the first is handed over
     */
    public void each(final Network network, final Sink sink) throws RunFailed {
        final List<Parameter> parameters = network.parameters();
        try (SafeTensors in = ModelFile.openChecked(file)) {
            final Set<String> left = new LinkedHashSet<>(in.tensors().keySet());
            for (final Parameter parameter : parameters) {
                left.remove(parameter.name());
                requireFit(parameter, in.tensors().get(parameter.name()));
            }
            if (!left.isEmpty()) {
                throw new RunFailed(
                        "The model holds parameters that its network does not have: " + left, file.toString(), REMEDY);
            }
            for (final Parameter parameter : parameters) {
                sink.take(parameter, new Weight(parameter.dimensions(), in.floats(parameter.name())));
            }
        }
    }

    private void requireFit(final Parameter parameter, final StoredTensor stored) throws RunFailed {
        if (stored == null) {
            throw new RunFailed("The model has no parameter " + parameter.name(), file.toString(), REMEDY);
        }
        if (!Arrays.equals(parameter.dimensions(), stored.shape())) {
            throw new RunFailed(
                    "The parameter " + parameter.name() + " has the shape " + Arrays.toString(stored.shape())
                            + " where the network needs " + Arrays.toString(parameter.dimensions()),
                    file.toString(),
                    REMEDY);
        }
    }

    /**
     * The parameters of one of several networks that the file holds, in its order.
     *
     * @param prefix what stands before their names in the file
     * @throws RunFailed when one is missing or of another shape
     */
    public NamedWeights weights(final Network network, final String prefix) throws RunFailed {
        return pick(ModelFile.readWeights(file), network, prefix);
    }

    private NamedWeights pick(final NamedWeights all, final Network network, final String prefix) throws RunFailed {
        final Map<String, Weight> own = new LinkedHashMap<>();
        for (final Parameter parameter : network.parameters()) {
            own.put(parameter.name(), all.require(prefix + parameter.name(), parameter.dimensions(), file.toString()));
        }
        return new NamedWeights(own);
    }

    /** The SHA-256 of the parameters' bytes. */
    public String fingerprint() throws RunFailed {
        return ModelFile.fingerprint(file);
    }
}
