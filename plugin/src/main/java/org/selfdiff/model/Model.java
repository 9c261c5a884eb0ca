package org.selfdiff.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.Parameter;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;
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

    /**
     * The parameters of a network, in its order.
     *
     * @throws RunFailed when one is missing, of another shape or superfluous
     */
    public NamedWeights weights(final Network network) throws RunFailed {
        final NamedWeights all = ModelFile.readWeights(file);
        final NamedWeights own = pick(all, network, "");
        if (own.weights().size() < all.weights().size()) {
            final List<String> left = all.weights().keySet().stream()
                    .filter(name -> !own.weights().containsKey(name))
                    .toList();
            throw new RunFailed(
                    "The model holds parameters that its network does not have: " + left, file.toString(), REMEDY);
        }
        return own;
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
