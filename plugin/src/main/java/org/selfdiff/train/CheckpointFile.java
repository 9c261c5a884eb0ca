package org.selfdiff.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.SafeTensors;
import org.selfdiff.weights.SafeTensorsWriter;
import org.selfdiff.weights.StoredTensor;
import org.selfdiff.weights.StoredType;
import org.selfdiff.weights.Weight;

/**
 * Where a training saves its state: a sealed safetensors file that is written whole or not at all and knows the request
 * it belongs to.
 *
 * @param file the file
 * @param request settings and fingerprint of the data by name
 * @param kept whether the state is saved at the end, for a training of the same request that goes on
 */
public record CheckpointFile(Path file, Map<String, String> request, boolean kept) {
    private static final String REQUEST = "selfdiff.request";

    private static final String STEP = "selfdiff.step";

    private static final String SPENT = "selfdiff.spent";

    private static final String ENDING = ".checkpoint.safetensors";

    private static final TypeToken<TreeMap<String, String>> TEXTS = new TypeToken<>() {};

    /** Copies the request. */
    public CheckpointFile {
        request = Map.copyOf(request);
    }

    /** One that is of no use when the training has ended. */
    public CheckpointFile(final Path file, final Map<String, String> request) {
        this(file, request, false);
    }

    /** The same file, kept or not. */
    public CheckpointFile kept(final boolean keep) {
        return new CheckpointFile(file, request, keep);
    }

    /**
     * The checkpoint of a request in a folder; its name holds a fingerprint of the request, so that several trainings
     * may share the folder.
     *
     * @param folder made when the first checkpoint is written
     * @param name what is trained, the beginning of the file's name
     * @param request settings and fingerprint of the data by name
     */
    public static CheckpointFile in(final Path folder, final String name, final Map<String, String> request) {
        final String text = new Gson().toJson(new TreeMap<>(request));
        try {
            final byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            final String fingerprint = HexFormat.of().formatHex(hash, 0, 8);
            return new CheckpointFile(folder.resolve(name + "-" + fingerprint + ENDING), request);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /**
     * Reads the checkpoint.
     *
     * @return empty if there is none
     * @throws RunFailed when it is of another request, saying what differs, or not sound
     */
    Optional<Checkpoint> read() throws RunFailed {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (SafeTensors in = SafeTensors.openSealed(file)) {
            requireSameRequest(in.metadata());
            in.checkTensors();
            final LinkedHashMap<String, Weight> tensors = new LinkedHashMap<>();
            for (final StoredTensor tensor : in.tensors().values()) {
                tensors.put(tensor.name(), new Weight(tensor.shape(), in.floats(tensor.name())));
            }
            if (!Checkpoint.hasLog(tensors)) {
                throw unreadable(null);
            }
            return Optional.of(Checkpoint.of(new NamedWeights(tensors), step(in.metadata()), spent(in.metadata())));
        }
    }

    private long step(final Map<String, String> metadata) throws RunFailed {
        try {
            final long step = Long.parseLong(metadata.get(STEP));
            if (step >= 0) {
                return step;
            }
        } catch (NumberFormatException e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    private Duration spent(final Map<String, String> metadata) throws RunFailed {
        try {
            final Duration spent = Duration.parse(metadata.get(SPENT));
            if (!spent.isNegative()) {
                return spent;
            }
        } catch (DateTimeParseException e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    private RunFailed unreadable(final Exception cause) {
        return new RunFailed("The checkpoint cannot be read", file.toString(), "Delete it to start anew.", cause);
    }

    /**
     * Where the folder has no state of this request: what tells the most similar one from it, if that is settings alone.
     *
     * @param settings names of settings that a user may have changed
     */
    public Optional<String> misfit(final Set<String> settings) {
        final String name = file.getFileName().toString();
        if (Files.exists(file) || !Files.isDirectory(file.toAbsolutePath().getParent())) {
            return Optional.empty();
        }
        List<String> fewest = List.of();
        Path nearest = null;
        try (DirectoryStream<Path> others =
                Files.newDirectoryStream(file.toAbsolutePath().getParent())) {
            for (final Path other : others) {
                final String otherName = other.getFileName().toString();
                if (!otherName.endsWith(ENDING) || !beginning(otherName).equals(beginning(name))) {
                    continue;
                }
                final List<String> names = differingFrom(other);
                if (settings.containsAll(names)
                        && !names.isEmpty()
                        && (nearest == null || names.size() < fewest.size())) {
                    fewest = names;
                    nearest = other;
                }
            }
            return nearest == null
                    ? Optional.empty()
                    : Optional.of("The state in " + nearest.getFileName() + " is of another training: "
                            + String.join(
                                    "; ",
                                    differences(theirs(metadata(nearest).get(REQUEST)))
                                            .values())
                            + ". This one begins anew.");
        } catch (IOException | RunFailed e) {
            return Optional.empty(); // nobody asked for them
        }
    }

    private static String beginning(final String name) {
        return name.substring(0, Math.max(0, name.length() - ENDING.length() - 16));
    }

    /** The settings that differ; more than there can be where the file cannot be read. */
    private List<String> differingFrom(final Path other) {
        try {
            return List.copyOf(differences(theirs(metadata(other).get(REQUEST))).keySet());
        } catch (RunFailed e) {
            return List.of("");
        }
    }

    private static Map<String, String> metadata(final Path other) throws RunFailed {
        try (SafeTensors in = SafeTensors.open(other)) {
            return in.metadata();
        }
    }

    /** What differs, in words by name. */
    private Map<String, String> differences(final Map<String, String> theirs) {
        final TreeSet<String> names = new TreeSet<>(request.keySet());
        names.addAll(theirs.keySet());
        final Map<String, String> differences = new TreeMap<>();
        for (final String name : names) {
            final String there = theirs.getOrDefault(name, "absent");
            final String here = request.getOrDefault(name, "absent");
            if (!there.equals(here)) {
                differences.put(name, name + " is " + there + " there and " + here + " here");
            }
        }
        return differences;
    }

    private void requireSameRequest(final Map<String, String> metadata) throws RunFailed {
        if (!metadata.keySet().containsAll(List.of(REQUEST, STEP, SPENT))) {
            throw new RunFailed(
                    "The file is not a checkpoint", file.toString(), "Choose another folder for checkpoints.");
        }
        final Map<String, String> differences = differences(theirs(metadata.get(REQUEST)));
        if (!differences.isEmpty()) {
            throw new RunFailed(
                    "The checkpoint is of another training: " + String.join("; ", differences.values()),
                    file.toString(),
                    "Restore the settings and data, choose another folder, or delete the checkpoint to start anew.");
        }
    }

    private Map<String, String> theirs(final String request) throws RunFailed {
        try {
            final Map<String, String> theirs = new Gson().fromJson(request, TEXTS);
            if (theirs != null && !theirs.containsValue(null)) {
                return theirs;
            }
        } catch (JsonParseException e) {
            throw unreadable(e);
        }
        throw unreadable(null);
    }

    /**
     * Writes a checkpoint over the one before, in one moment.
     *
     * @throws RunFailed when it cannot be written; the one before is left as it was
     */
    void write(final Checkpoint checkpoint) throws RunFailed {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new RunFailed(
                    "The folder for checkpoints cannot be made: " + e.getMessage(),
                    file.toString(),
                    "Choose a folder that may be written to, or none.",
                    e);
        }
        final Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(REQUEST, new Gson().toJson(new TreeMap<>(request)));
        metadata.put(STEP, Long.toString(checkpoint.step()));
        metadata.put(SPENT, checkpoint.spent().toString());
        final Map<String, Weight> tensors = checkpoint.tensors().weights();
        final List<float[]> values = new ArrayList<>();
        final List<SafeTensorsWriter.Slot> slots = new ArrayList<>();
        tensors.forEach((name, weight) -> {
            values.add(weight.values());
            slots.add(new SafeTensorsWriter.Slot(name, StoredType.F32, weight.shape()));
        });
        SafeTensorsWriter.write(file, metadata, slots, values::get);
    }

    /** Removes the checkpoint of a training that ended well. */
    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit(); // it does no harm: an equal request would go on from its end
        }
    }
}
