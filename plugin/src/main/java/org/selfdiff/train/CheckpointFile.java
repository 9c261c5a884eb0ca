package org.selfdiff.train;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 */
public record CheckpointFile(Path file, Map<String, String> request) {
    private static final String REQUEST = "selfdiff.request";

    private static final String STEP = "selfdiff.step";

    private static final String SPENT = "selfdiff.spent";

    private static final TypeToken<TreeMap<String, String>> TEXTS = new TypeToken<>() {};

    /** Copies the request. */
    public CheckpointFile {
        request = Map.copyOf(request);
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
            return new CheckpointFile(folder.resolve(name + "-" + fingerprint + ".checkpoint.safetensors"), request);
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

    private void requireSameRequest(final Map<String, String> metadata) throws RunFailed {
        if (!metadata.keySet().containsAll(List.of(REQUEST, STEP, SPENT))) {
            throw new RunFailed(
                    "The file is not a checkpoint", file.toString(), "Choose another folder for checkpoints.");
        }
        final Map<String, String> theirs = theirs(metadata.get(REQUEST));
        final TreeSet<String> names = new TreeSet<>(request.keySet());
        names.addAll(theirs.keySet());
        final List<String> differences = new ArrayList<>();
        for (final String name : names) {
            final String there = theirs.getOrDefault(name, "absent");
            final String here = request.getOrDefault(name, "absent");
            if (!there.equals(here)) {
                differences.add(name + " is " + there + " there and " + here + " here");
            }
        }
        if (!differences.isEmpty()) {
            throw new RunFailed(
                    "The checkpoint is of another training: " + String.join("; ", differences),
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
