package org.selfdiff.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/** What a model is for, with what is special about its kind; a node takes models of one kind. */
public sealed interface ModelTask {

    /** The kind in words, to be put behind "a". */
    String title();

    /** The classes that it tells apart; empty where there are none. */
    default List<ModelClass> classes() {
        return List.of();
    }

    /**
     * Predicts the noise in a picture, or the picture in the noise.
     *
     * @param process noise schedule, objective and weighting
     * @param condition what it is told to make; empty for a model that is told nothing
     * @param latents the small pictures in which it works; empty for a model of pixels
     */
    record Diffusion(JsonObject process, Optional<Condition> condition, Optional<Latents> latents)
            implements ModelTask {

        /** Copies the process. */
        public Diffusion {
            process = process.deepCopy();
        }

        /** A copy of the process's description. */
        @Override
        public JsonObject process() {
            return process.deepCopy();
        }

        @Override
        public String title() {
            return TITLES.get(0);
        }
    }

    /**
     * Gives every pixel a class.
     *
     * @param classes the background first
     */
    record Segmentation(List<ModelClass> classes) implements ModelTask {

        /** Copies the list. */
        public Segmentation {
            classes = List.copyOf(classes);
        }

        @Override
        public String title() {
            return TITLES.get(1);
        }
    }

    /**
     * Turns a picture into a vector.
     *
     * @param name what it is, in words, for instance {@code DINOv2 ViT-S/14, 4 registers}
     * @param width numbers of its global token
     */
    record Encoder(String name, int width) implements ModelTask {

        /** Refuses an impossible width. */
        public Encoder {
            Objects.requireNonNull(name);
            if (width < 1) {
                throw new IllegalArgumentException("width " + width);
            }
        }

        @Override
        public String title() {
            return TITLES.get(2);
        }
    }

    /**
     * Turns a picture into a small one of more channels and back.
     *
     * @param latents the small pictures
     */
    record Autoencoder(Latents latents) implements ModelTask {
        @Override
        public String title() {
            return TITLES.get(3);
        }
    }

    /**
     * Gives a picture, or its embedding, a class.
     *
     * @param classes all of them, in the order of the network's outputs
     * @param multiLabel whether a picture may be of several classes at once
     */
    record Classification(List<ModelClass> classes, boolean multiLabel) implements ModelTask {

        /** Copies the list. */
        public Classification {
            classes = List.copyOf(classes);
        }

        @Override
        public String title() {
            return TITLES.get(4);
        }
    }

    /**
     * Says something about a bag of tiles: a slide, or all slides of a patient.
     *
     * @param target what
     * @param classes all of them, in the order of the network's outputs; empty where a number is predicted
     */
    record Bags(Target target, List<ModelClass> classes) implements ModelTask {

        /** What is predicted for a bag. */
        public enum Target {
            /** One of several classes. */
            CLASS,
            /** Any number of labels. */
            LABELS,
            /** A number. */
            REGRESSION,
            /** A risk, for survival. */
            SURVIVAL
        }

        /** Copies the list. */
        public Bags {
            Objects.requireNonNull(target);
            classes = List.copyOf(classes);
        }

        @Override
        public String title() {
            return TITLES.get(5);
        }
    }

    /**
     * What a diffusion model is told: embeddings of one encoder.
     *
     * @param encoder name of the encoder
     * @param fingerprint the encoder's fingerprint
     * @param width numbers of an embedding
     * @param standardisation how embeddings are scaled before the network sees them; empty for not at all
     */
    record Condition(String encoder, String fingerprint, int width, Optional<Standardisation> standardisation) {

        /** A condition that the network sees as it is. */
        public Condition(final String encoder, final String fingerprint, final int width) {
            this(encoder, fingerprint, width, Optional.empty());
        }

        /** Refuses a standardisation of another width. */
        public Condition {
            if (standardisation.isPresent() && standardisation.get().width() != width) {
                throw new IllegalArgumentException(
                        "standardisation of " + standardisation.get().width() + " numbers");
            }
        }
    }

    /**
     * Small pictures that stand for large ones.
     *
     * @param factor how many times smaller their sides are
     * @param channels their channels
     * @param scale what they are multiplied with, so that they are of unit variance
     * @param shift what is taken away before
     */
    record Latents(int factor, int channels, double scale, double shift) {}

    /** Titles, in the order of the kinds. */
    List<String> TITLES = List.of(
            "diffusion U-Net",
            "segmentation U-Net",
            "tile encoder",
            "autoencoder",
            "tile classifier",
            "multiple-instance model");

    /** The title of a kind. */
    static String title(final Class<? extends ModelTask> kind) {
        return TITLES.get(List.of(
                        Diffusion.class,
                        Segmentation.class,
                        Encoder.class,
                        Autoencoder.class,
                        Classification.class,
                        Bags.class)
                .indexOf(kind));
    }

    /** As it stands in a card. */
    default JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("kind", getClass().getSimpleName());
        if (this instanceof Diffusion diffusion) {
            json.add("process", diffusion.process());
            diffusion.condition().ifPresent(condition -> {
                final JsonObject told = new JsonObject();
                told.addProperty("encoder", condition.encoder());
                told.addProperty("fingerprint", condition.fingerprint());
                told.addProperty("width", condition.width());
                condition.standardisation().ifPresent(s -> told.add("standardisation", s.toJson()));
                json.add("condition", told);
            });
            diffusion.latents().ifPresent(latents -> json.add("latents", json(latents)));
        } else if (this instanceof Encoder encoder) {
            json.addProperty("name", encoder.name());
            json.addProperty("width", encoder.width());
        } else if (this instanceof Autoencoder autoencoder) {
            json.add("latents", json(autoencoder.latents()));
        } else {
            if (this instanceof Classification classification) {
                json.addProperty("multiLabel", classification.multiLabel());
            } else if (this instanceof Bags bags) {
                json.addProperty("target", bags.target().name());
            }
            json.add("classes", json(classes()));
        }
        return json;
    }

    private static JsonObject json(final Latents latents) {
        final JsonObject json = new JsonObject();
        json.addProperty("factor", latents.factor());
        json.addProperty("channels", latents.channels());
        json.addProperty("scale", latents.scale());
        json.addProperty("shift", latents.shift());
        return json;
    }

    private static JsonArray json(final List<ModelClass> classes) {
        final JsonArray list = new JsonArray();
        for (final ModelClass c : classes) {
            final JsonObject one = new JsonObject();
            one.addProperty("name", c.name());
            one.addProperty("colour", c.colourText());
            list.add(one);
        }
        return list;
    }

    /** Reads {@link #toJson()}'s form. */
    static ModelTask of(final JsonFields json, final String where) throws RunFailed {
        final String kind = json.text("kind");
        final ModelTask task =
                switch (kind) {
                    case "Diffusion" -> new Diffusion(
                            json.object("process"),
                            json.has("condition") ? Optional.of(condition(json.fields("condition"))) : Optional.empty(),
                            json.has("latents") ? Optional.of(latents(json.fields("latents"))) : Optional.empty());
                    case "Segmentation" -> new Segmentation(classes(json, where));
                    case "Encoder" -> new Encoder(json.text("name"), json.integer("width", 1, 1 << 20));
                    case "Autoencoder" -> new Autoencoder(latents(json.fields("latents")));
                    case "Classification" -> new Classification(classes(json, where), json.flag("multiLabel"));
                    case "Bags" -> new Bags(json.constant("target", Bags.Target.class), classes(json, where));
                    default -> throw json.wrong("kind", "a kind of model that this release knows");
                };
        json.done();
        return task;
    }

    private static Condition condition(final JsonFields json) throws RunFailed {
        final int width = json.integer("width", 1, 1 << 20);
        final Condition condition = new Condition(
                json.text("encoder"),
                json.text("fingerprint"),
                width,
                json.has("standardisation")
                        ? Optional.of(Standardisation.fromJson(json.fields("standardisation"), width))
                        : Optional.empty());
        json.done();
        return condition;
    }

    private static Latents latents(final JsonFields json) throws RunFailed {
        final Latents latents = new Latents(
                json.integer("factor", 1, 64),
                json.integer("channels", 1, 1 << 12),
                json.number("scale"),
                json.number("shift"));
        json.done();
        return latents;
    }

    /** Reads a list of classes. */
    static List<ModelClass> classes(final JsonFields json, final String where) throws RunFailed {
        final List<ModelClass> classes = new ArrayList<>();
        for (final JsonElement e : json.array("classes")) {
            if (!(e instanceof JsonObject o)) {
                throw json.wrong("classes", "a list of objects");
            }
            classes.add(ModelClass.of(JsonFields.of(o, where, "classes[" + classes.size() + "]")));
        }
        return classes;
    }
}
