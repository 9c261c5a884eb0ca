package org.selfdiff.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.SafeTensors;
import org.selfdiff.weights.SafeTensorsWriter;
import org.selfdiff.weights.StateDict;
import org.selfdiff.weights.StateDicts;
import org.selfdiff.weights.StoredTensor;
import org.selfdiff.weights.StoredType;
import org.selfdiff.weights.Weight;

/**
 * A model as one safetensors file: the parameters as F32, the card in {@code __metadata__}. Every byte is covered by a
 * check sum; a partial or altered file is refused.
 */
public final class ModelFile {
    /** Key of the card in the file's metadata. */
    static final String CARD = "selfdiff.card";

    private ModelFile() {}

    /**
     * Writes a model; an older file of that name is replaced in one moment.
     *
     * @return its fingerprint: the SHA-256 of the parameters' bytes
     * @throws RunFailed when it cannot be written; nothing is left then
     */
    public static String write(final Path file, final ModelCard card, final NamedWeights weights) throws RunFailed {
        final List<SafeTensorsWriter.Slot> slots = new ArrayList<>();
        final List<Weight> values = new ArrayList<>(weights.weights().values());
        weights.weights().forEach((name, w) -> slots.add(new SafeTensorsWriter.Slot(name, StoredType.F32, w.shape())));
        return write(file, card, slots, i -> values.get(i).values());
    }

    /**
     * Writes a model whose parameters are fetched one at a time, for instance from the GPU.
     *
     * @param slots names and shapes, all F32
     * @param source gives the elements
     * @return its fingerprint
     * @throws RunFailed when it cannot be written; nothing is left then
     */
    public static String write(
            final Path file,
            final ModelCard card,
            final List<SafeTensorsWriter.Slot> slots,
            final SafeTensorsWriter.Source source)
            throws RunFailed {
        return SafeTensorsWriter.write(file, Map.of(CARD, card.toJson()), slots, source);
    }

    /**
     * Reads the card alone, which is quick for a model of any size. The file's length and the header's check sum are
     * checked, the parameters are not.
     */
    public static ModelCard readCard(final Path file) throws RunFailed {
        try (SafeTensors in = SafeTensors.openSealed(file)) {
            return card(in);
        }
    }

    /** Reads the parameters, after their check sum was compared. */
    public static NamedWeights readWeights(final Path file) throws RunFailed {
        try (SafeTensors in = openChecked(file)) {
            final Map<String, Weight> weights = new LinkedHashMap<>();
            for (final StoredTensor t : in.tensors().values()) {
                weights.put(t.name(), new Weight(t.shape(), in.floats(t.name())));
            }
            return new NamedWeights(weights);
        }
    }

    /** Opens a model of ours once every check sum was compared. */
    static SafeTensors openChecked(final Path file) throws RunFailed {
        final SafeTensors in = SafeTensors.openSealed(file);
        boolean done = false;
        try {
            card(in);
            in.checkTensors();
            done = true;
            return in;
        } finally {
            if (!done) {
                in.close();
            }
        }
    }

    /**
     * Whether a file says of itself that it is a model of ours; it may be damaged nevertheless.
     *
     * @throws RunFailed when there is no such file, or it cannot be read
     */
    public static boolean isModel(final Path file) throws RunFailed {
        try (StateDict in = StateDicts.open(file)) {
            return in instanceof SafeTensors own && own.metadata().containsKey(CARD);
        }
    }

    /**
     * Copies a model once every check sum was compared; an older file of that name is replaced in one moment.
     *
     * @return its card
     * @throws RunFailed when it is damaged, or cannot be read or written; nothing is left then
     */
    public static ModelCard copy(final Path from, final Path to) throws RunFailed {
        final ModelCard card;
        try (SafeTensors in = openChecked(from)) {
            card = card(in);
        }
        AtomicFile.make(to, from.toFile().length(), temporary -> Files.copy(from, temporary));
        return card;
    }

    /** The fingerprint as {@link #write} returned it. */
    public static String fingerprint(final Path file) throws RunFailed {
        try (SafeTensors in = SafeTensors.openSealed(file)) {
            return in.fingerprint();
        }
    }

    private static ModelCard card(final SafeTensors in) throws RunFailed {
        final String json = in.metadata().get(CARD);
        if (json == null) {
            throw new RunFailed(
                    "The file is no model of SelfDiff: it has no model card",
                    in.file().toString(),
                    "Choose a file that was saved by a SelfDiff node.");
        }
        return ModelCard.fromJson(json, in.file().toString());
    }
}
