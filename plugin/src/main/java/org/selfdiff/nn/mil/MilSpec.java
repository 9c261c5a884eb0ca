package org.selfdiff.nn.mil;

import com.google.gson.JsonObject;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * Sizes of a network that says something about a bag of tiles.
 *
 * @param method how tiles become one answer
 * @param width numbers of a tile's embedding
 * @param hidden width inside
 * @param attention width of the attention of {@link Method#ABMIL} and {@link Method#GATED_ABMIL}
 * @param outputs numbers of the answer, one per class
 * @param regionSide cells along a side of a region, for {@link Method#REGIONAL}
 * @param depth transformer blocks inside regions, and as many between them
 * @param heads heads of attention; divides the hidden width
 * @param instances what the classifiers of tiles learn from, for {@link Method#CLAM_SB} and {@link Method#CLAM_MB}
 */
public record MilSpec(
        Method method,
        int width,
        int hidden,
        int attention,
        int outputs,
        int regionSide,
        int depth,
        int heads,
        Instances instances) {

    /** How tiles become one answer. */
    public enum Method {
        /** Mean of the tiles' own answers. */
        MEAN,
        /** Largest of the tiles' own answers, class by class. */
        MAX,
        /** Attention-based pooling (Ilse et al., arXiv 1802.04712). */
        ABMIL,
        /** The same with gated attention. */
        GATED_ABMIL,
        /** Transformers inside regions of neighbouring tiles, then between regions (after Cersovsky et al. 2023). */
        REGIONAL,
        /** Gated attention that tiles attended to most and least are learnt from (CLAM-SB, arXiv 2004.09666). */
        CLAM_SB,
        /** The same with an attention of its own for each class (CLAM-MB). */
        CLAM_MB,
        /** One tile stands for the bag: what CLAM is compared with. */
        CLAM_MAX
    }

    /**
     * What CLAM's classifiers of tiles learn from, a part of the loss.
     *
     * @param tiles so many of the highest and as many of the lowest attention
     * @param subtyping whether classes exclude each other, so that tiles attended to for a wrong one count against it
     * @param smoothSvm whether their loss is the smooth top-1 SVM's, else cross-entropy
     * @param share of the loss that the bag's own has
     */
    public record Instances(int tiles, boolean subtyping, boolean smoothSvm, double share) {
        /** As published. */
        public static final Instances PUBLISHED = new Instances(8, false, true, 0.7);
    }

    /** With what CLAM publishes. */
    public MilSpec(
            final Method method,
            final int width,
            final int hidden,
            final int attention,
            final int outputs,
            final int regionSide,
            final int depth,
            final int heads) {
        this(method, width, hidden, attention, outputs, regionSide, depth, heads, Instances.PUBLISHED);
    }

    /** The same with other classifiers of tiles. */
    public MilSpec with(final Instances other) {
        return new MilSpec(method, width, hidden, attention, outputs, regionSide, depth, heads, other);
    }

    /** Cells of a region; 1 for methods without regions. */
    public int cells() {
        return grid().cells();
    }

    /** How tiles are grouped. */
    public RegionGrid grid() {
        return method == Method.REGIONAL ? RegionGrid.of(regionSide) : RegionGrid.NONE;
    }

    /**
     * Checks every number.
     *
     * @return this
     * @throws RunFailed naming the setting
     */
    public MilSpec checked() throws RunFailed {
        range("width of embeddings", width, 1, 1 << 16);
        range("hidden width", hidden, 1, 1 << 14);
        range("attention width", attention, 1, 1 << 14);
        range("outputs", outputs, 1, 4096);
        range("region side", regionSide, 1, 32);
        range("depth", depth, 1, 24);
        range("heads", heads, 1, 64);
        range("tiles for the instance loss", instances.tiles, 1, 1 << 16);
        if (!(instances.share >= 0 && instances.share <= 1)) {
            throw new RunFailed(
                    "The bag's share of the loss is " + instances.share,
                    "setting \"share of the bag's loss\"",
                    "Choose a number from 0 to 1, usually 0.7.");
        }
        if (method == Method.REGIONAL && hidden % heads != 0) {
            throw new RunFailed(
                    "The hidden width " + hidden + " is no multiple of the " + heads + " heads",
                    "setting \"heads\"",
                    "Choose a divisor of the hidden width.");
        }
        return this;
    }

    private static void range(final String setting, final int value, final int low, final int high) throws RunFailed {
        if (value < low || value > high) {
            throw new RunFailed(
                    "The network's " + setting + " is " + value,
                    "setting \"" + setting + "\"",
                    "Choose a number from " + low + " to " + high + ".");
        }
    }

    /** Whether the method has classifiers of tiles. */
    public boolean learnsFromInstances() {
        return method == Method.CLAM_SB || method == Method.CLAM_MB;
    }

    /** As the {@code architecture} of a card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "mil");
        json.addProperty("method", method.name());
        json.addProperty("width", width);
        json.addProperty("hidden", hidden);
        json.addProperty("attention", attention);
        json.addProperty("outputs", outputs);
        json.addProperty("regionSide", regionSide);
        json.addProperty("depth", depth);
        json.addProperty("heads", heads);
        if (learnsFromInstances()) {
            final JsonObject own = new JsonObject();
            own.addProperty("tiles", instances.tiles);
            own.addProperty("subtyping", instances.subtyping);
            own.addProperty("smoothSvm", instances.smoothSvm);
            own.addProperty("share", instances.share);
            json.add("instances", own);
        }
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     * @throws RunFailed when a key is missing, of the wrong type or out of range
     */
    public static MilSpec fromJson(final JsonObject json, final String where) throws RunFailed {
        final JsonFields f = JsonFields.of(json, where, "architecture");
        if (!"mil".equals(f.text("type"))) {
            throw f.wrong("type", "\"mil\"");
        }
        final int most = 1 << 20;
        final MilSpec spec = new MilSpec(
                f.constant("method", Method.class),
                f.integer("width", 1, most),
                f.integer("hidden", 1, most),
                f.integer("attention", 1, most),
                f.integer("outputs", 1, most),
                f.integer("regionSide", 1, most),
                f.integer("depth", 1, most),
                f.integer("heads", 1, most),
                f.has("instances") ? instances(f.fields("instances")) : Instances.PUBLISHED);
        f.done();
        return spec.checked();
    }

    private static Instances instances(final JsonFields f) throws RunFailed {
        final Instances instances = new Instances(
                f.integer("tiles", 1, 1 << 16), f.flag("subtyping"), f.flag("smoothSvm"), f.number("share"));
        f.done();
        return instances;
    }
}
