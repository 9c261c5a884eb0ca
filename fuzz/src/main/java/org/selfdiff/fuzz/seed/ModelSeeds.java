package org.selfdiff.fuzz.seed;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelClass;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.NamedWeights;
import org.selfdiff.weights.Weight;

/** Small models: files, headers, cards. */
public final class ModelSeeds {
    private ModelSeeds() {}

    /** A file of our own, and one of a foreign program with every type. */
    public static Map<String, byte[]> files() throws IOException, RunFailed {
        final Path file = Files.createTempFile("seed", ".safetensors");
        ModelFile.write(
                file, card(tasks().get(0)), new NamedWeights(Map.of("w", new Weight(new long[] {2, 3}, new float[6]))));
        final Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("own", Files.readAllBytes(file));
        Files.delete(file);
        headers().forEach((name, header) -> all.put(name, Sealed.file(header)));
        return all;
    }

    /** Headers over 64 bytes of tensors. */
    public static Map<String, byte[]> headers() {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        for (final String type : List.of("F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL")) {
            final int size = type.endsWith("64") ? 8 : type.endsWith("32") ? 4 : type.endsWith("16") ? 2 : 1;
            all.put(
                    type,
                    text("{\"__metadata__\":{" + Sealed.entries() + "\"a\":\"b\"},\"x\":{\"dtype\":\"" + type
                            + "\",\"shape\":[2,"
                            + 16 / size + "],\"data_offsets\":[0,32]},\"y\":{\"dtype\":\"" + type + "\",\"shape\":["
                            + 32 / size
                            + "],\"data_offsets\":[32,64]}}"));
        }
        return all;
    }

    /** Header of a checkpoint: one parameter, two entries of the log of steps, one of validations. */
    public static Map<String, byte[]> checkpoints() {
        return Map.of(
                "whole",
                text("{\"__metadata__\":{" + Sealed.entries()
                        + "\"selfdiff.request\":\"{\\\"seed\\\":\\\"7\\\"}\",\"selfdiff.step\":\"12\",\"selfdiff.spent\":\"PT3.5S\"},"
                        + "\"log.entries\":{\"dtype\":\"F32\",\"shape\":[2,4],\"data_offsets\":[0,32]},"
                        + "\"log.checks\":{\"dtype\":\"F32\",\"shape\":[1,3],\"data_offsets\":[32,44]},"
                        + "\"w\":{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[44,64]}}"));
    }

    /** The card of every kind of model. */
    public static Map<String, byte[]> cards() {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        for (final ModelTask task : tasks()) {
            all.put(task.title(), text(card(task).toJson()));
        }
        return all;
    }

    private static List<ModelTask> tasks() {
        final JsonObject process = new JsonObject();
        process.addProperty("timesteps", 10);
        process.addProperty("schedule", "COSINE");
        process.addProperty("objective", "EPSILON");
        process.addProperty("weighting", "NONE");
        final ModelTask.Latents latents = new ModelTask.Latents(8, 4, 0.18215, 0);
        final List<ModelClass> classes = List.of(new ModelClass("background", 0), new ModelClass("gland", 0xff00));
        return List.of(
                new ModelTask.Segmentation(classes),
                new ModelTask.Diffusion(
                        process, Optional.of(new ModelTask.Condition("a", "b", 8)), Optional.of(latents)),
                new ModelTask.Encoder("a", 8),
                new ModelTask.Autoencoder(latents),
                new ModelTask.Classification(classes, true),
                new ModelTask.Bags(ModelTask.Bags.Target.LABELS, classes));
    }

    private static ModelCard card(final ModelTask task) {
        final JsonObject training = new JsonObject();
        training.addProperty("rate", 1e-4);
        return new ModelCard(
                task,
                UNetSpec.of(3, 16, List.of(1, 2), 1, List.of(AttentionKind.values()[0], AttentionKind.values()[1]))
                        .toJson(),
                task instanceof ModelTask.Bags
                        ? new ModelInput.Features(8, "a", "b")
                        : ModelInput.Pixels.between(-1, 1, 3, 64, 0.25),
                training,
                new Provenance("A", "B", Map.of("seed", "7"), "cpu", Map.of("java", "17"), List.of("ab")));
    }

    /** A text as UTF-8. */
    static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
