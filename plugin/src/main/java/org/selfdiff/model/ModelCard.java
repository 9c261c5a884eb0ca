package org.selfdiff.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;
import org.selfdiff.weights.StrictJson;

/**
 * All that is known about a model besides its weights; immutable.
 *
 * @param task what it is for
 * @param architecture its network, read by whoever builds it
 * @param input what it is fed with
 * @param training how it was trained: steps, losses, settings
 * @param provenance where it comes from
 */
public record ModelCard(
        ModelTask task, JsonObject architecture, ModelInput input, JsonObject training, Provenance provenance) {
    /** Version of the card's format. */
    public static final int FORMAT_VERSION = 2;

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /** Copies what can be changed. */
    public ModelCard {
        Objects.requireNonNull(task);
        Objects.requireNonNull(input);
        Objects.requireNonNull(provenance);
        architecture = architecture.deepCopy();
        training = training.deepCopy();
    }

    /** A copy of the network's description. */
    @Override
    public JsonObject architecture() {
        return architecture.deepCopy();
    }

    /** A copy of the training's description. */
    @Override
    public JsonObject training() {
        return training.deepCopy();
    }

    /** The classes that the model tells apart; empty where there are none. */
    public List<ModelClass> classes() {
        return task.classes();
    }

    /**
     * What a model of pictures is fed with.
     *
     * @param where the file or port, for the message
     * @throws RunFailed when it is fed with something else
     */
    public ModelInput.Pixels pixels(final String where) throws RunFailed {
        if (input instanceof ModelInput.Pixels pixels) {
            return pixels;
        }
        throw new RunFailed(
                "The model is fed with " + input.describe() + ", not with pictures",
                where,
                "Use a model that takes tiles.");
    }

    /** One line for a user, for instance {@code segmentation U-Net, 3 channels, tiles of 64 pixels, 2 classes, made on cpu}. */
    public String summary() {
        final StringBuilder line = new StringBuilder(task.title());
        if (task instanceof ModelTask.Encoder encoder) {
            line.append(' ').append(encoder.name());
        }
        line.append(", ").append(input.describe());
        if (!classes().isEmpty()) {
            line.append(", ").append(classes().size()).append(classes().size() == 1 ? " class" : " classes");
        }
        if (!provenance.device().isEmpty()) {
            line.append(", made on ").append(provenance.device());
        }
        return line.toString();
    }

    /** The card as JSON; equal cards give equal texts. */
    public String toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("formatVersion", FORMAT_VERSION);
        json.add("task", task.toJson());
        json.add("architecture", architecture);
        json.add("input", input.toJson());
        json.add("training", training);
        json.add("provenance", GSON.toJsonTree(provenance));
        return GSON.toJson(json);
    }

    /**
     * Reads a card.
     *
     * @param text what {@link #toJson} wrote
     * @param where the file or port that it comes from, for messages
     * @throws RunFailed naming the entry that is missing or wrong
     */
    public static ModelCard fromJson(final String text, final String where) throws RunFailed {
        final JsonFields json = JsonFields.of(StrictJson.object(text, where), where, "");
        final int version = json.integer("formatVersion", 1, Integer.MAX_VALUE);
        if (version > FORMAT_VERSION) {
            throw new RunFailed(
                    "The model has format " + version + "; this release reads formats up to " + FORMAT_VERSION,
                    where,
                    "Update SelfDiff, or use a model of this release.");
        }
        final ModelTask task = version == 1 ? taskOfVersion1(json, where) : ModelTask.of(json.fields("task"), where);
        final JsonFields input = json.fields("input");
        final ModelCard card = new ModelCard(
                task,
                json.object("architecture"),
                version == 1 ? ModelInput.ofVersion1(input) : ModelInput.of(input),
                json.object("training"),
                provenance(json.fields("provenance")));
        json.done();
        return card;
    }

    /** The first version named a kind, and classes and diffusion beside it. */
    private static ModelTask taskOfVersion1(final JsonFields json, final String where) throws RunFailed {
        final String kind = json.text("kind");
        final List<ModelClass> classes = ModelTask.classes(json, where);
        return switch (kind) {
            case "DIFFUSION_UNET" -> new ModelTask.Diffusion(
                    json.object("diffusion"), Optional.empty(), Optional.empty());
            case "SEGMENTATION_UNET" -> new ModelTask.Segmentation(classes);
            default -> throw json.wrong("kind", "DIFFUSION_UNET or SEGMENTATION_UNET");
        };
    }

    private static Provenance provenance(final JsonFields json) throws RunFailed {
        final Provenance provenance = new Provenance(
                json.text("stage"),
                json.text("data"),
                json.textMap("settings"),
                json.text("device"),
                json.textMap("versions"),
                List.of(json.texts("parents")));
        json.done();
        return provenance;
    }
}
