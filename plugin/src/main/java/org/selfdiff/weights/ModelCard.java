package org.selfdiff.weights;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.selfdiff.run.Provenance;
import org.selfdiff.run.RunFailed;

/**
 * All that is known about a model besides its weights; immutable.
 *
 * @param kind what it is for
 * @param architecture its network, read by whoever builds it
 * @param input what it is fed with
 * @param classes the classes it tells apart, the background first; empty where there are none
 * @param diffusion noise schedule, objective and weighting; {@code null} for a model without diffusion
 * @param training how it was trained: steps, losses, settings
 * @param provenance where it comes from
 */
public record ModelCard(
        ModelKind kind,
        JsonObject architecture,
        ModelInput input,
        List<ModelClass> classes,
        JsonObject diffusion,
        JsonObject training,
        Provenance provenance) {
    /** Version of the card's format. */
    public static final int FORMAT_VERSION = 1;

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /** Copies what can be changed. */
    public ModelCard {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(input);
        Objects.requireNonNull(provenance);
        architecture = architecture.deepCopy();
        classes = List.copyOf(classes);
        diffusion = diffusion == null ? null : diffusion.deepCopy();
        training = training.deepCopy();
    }

    /** A copy of the network's description. */
    @Override
    public JsonObject architecture() {
        return architecture.deepCopy();
    }

    /** A copy of the diffusion's description, {@code null} for a model without diffusion. */
    @Override
    public JsonObject diffusion() {
        return diffusion == null ? null : diffusion.deepCopy();
    }

    /** A copy of the training's description. */
    @Override
    public JsonObject training() {
        return training.deepCopy();
    }

    /** The same card with another provenance. */
    public ModelCard withProvenance(final Provenance other) {
        return new ModelCard(kind, architecture, input, classes, diffusion, training, other);
    }

    /** One line for a user, for instance {@code segmentation U-Net, 3 channels, tiles of 64 pixels, 2 classes, made on cpu}. */
    public String summary() {
        final StringBuilder line = new StringBuilder(kind.title());
        line.append(", ").append(input.channels()).append(input.channels() == 1 ? " channel" : " channels");
        line.append(", tiles of ").append(input.tileSize()).append(" pixels");
        if (!Double.isNaN(input.mpp())) {
            line.append(" at ").append(input.mpp()).append(" µm");
        }
        if (!classes.isEmpty()) {
            line.append(", ").append(classes.size()).append(classes.size() == 1 ? " class" : " classes");
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
        json.addProperty("kind", kind.name());
        json.add("architecture", architecture);
        json.add("input", input.toJson());
        final JsonArray list = new JsonArray();
        for (final ModelClass c : classes) {
            final JsonObject one = new JsonObject();
            one.addProperty("name", c.name());
            one.addProperty("colour", c.colourText());
            list.add(one);
        }
        json.add("classes", list);
        if (diffusion != null) {
            json.add("diffusion", diffusion);
        }
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
        final ModelCard card = new ModelCard(
                json.constant("kind", ModelKind.class),
                json.object("architecture"),
                ModelInput.of(json.fields("input")),
                classes(json, where),
                json.has("diffusion") ? json.object("diffusion") : null,
                json.object("training"),
                provenance(json.fields("provenance")));
        json.done();
        return card;
    }

    private static List<ModelClass> classes(final JsonFields json, final String where) throws RunFailed {
        final List<ModelClass> classes = new ArrayList<>();
        for (final JsonElement e : json.array("classes")) {
            if (!(e instanceof JsonObject o)) {
                throw json.wrong("classes", "a list of objects");
            }
            classes.add(ModelClass.of(JsonFields.of(o, where, "classes[" + classes.size() + "]")));
        }
        return classes;
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
