package org.selfdiff.nn.mil;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * @param regions what {@link Method#REGIONAL} leaves open
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
        Instances instances,
        Regions regions) {

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
        CLAM_MAX,
        /** Tiles that resemble each class's critical tile (arXiv 2011.08939). */
        DSMIL,
        /** A transformer with attention by landmarks over the list of tiles (arXiv 2106.00908). */
        TRANSMIL,
        /** Tiles embedded again by regions of their list, then attention pooling: R2T (arXiv 2402.17228). */
        RRT,
        /** A transformer in which every tile looks at every other. */
        GLOBAL,
        /** STAMP's transformer, whose attention falls with distance on the slide (arXiv 2312.10944). */
        STAMP
    }

    /** How tiles of a region know of each other's places. */
    public enum Positions {
        /** A trained vector for each cell of a region. */
        LEARNED,
        /** Sinusoids of line and column on the slide, of tiles and of outermost regions. */
        ABSOLUTE,
        /** A trained number for each offset between two cells, added to their attention. */
        RELATIVE
    }

    /** What the members of a region become. */
    public enum Aggregation {
        /** What a token saw of them. */
        TOKEN,
        /** Their mean. */
        MEAN,
        /** Their mean by gated attention. */
        GATED_ATTENTION
    }

    /**
     * What the regional transformer leaves open.
     *
     * @param outer sides of regions around the innermost in tiles, from small to large, each a multiple of the one
     *     before; empty for one level
     * @param positions how tiles know of places
     * @param aggregation what a region becomes
     */
    public record Regions(List<Integer> outer, Positions positions, Aggregation aggregation) {
        /** One level, trained places, a token. */
        public static final Regions DEFAULT = new Regions(List.of(), Positions.LEARNED, Aggregation.TOKEN);

        /** Copies the sides. */
        public Regions {
            outer = List.copyOf(outer);
        }
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

    /** With what CLAM publishes, and one level of regions. */
    public MilSpec(
            final Method method,
            final int width,
            final int hidden,
            final int attention,
            final int outputs,
            final int regionSide,
            final int depth,
            final int heads) {
        this(method, width, hidden, attention, outputs, regionSide, depth, heads, Instances.PUBLISHED, Regions.DEFAULT);
    }

    /** The same with other classifiers of tiles. */
    public MilSpec with(final Instances other) {
        return new MilSpec(method, width, hidden, attention, outputs, regionSide, depth, heads, other, regions);
    }

    /** The same with other regions. */
    public MilSpec with(final Regions other) {
        return new MilSpec(method, width, hidden, attention, outputs, regionSide, depth, heads, instances, other);
    }

    /** The sizes that a method was published with, for tiles of a width; those of the regional one are ours. */
    public static MilSpec published(final Method method, final int width, final int outputs) {
        return switch (method) {
            case MEAN, MAX, CLAM_MAX -> new MilSpec(method, width, 512, 1, outputs, 1, 1, 1);
            case ABMIL, GATED_ABMIL -> new MilSpec(method, width, 500, 128, outputs, 1, 1, 1);
            case CLAM_SB, CLAM_MB -> new MilSpec(method, width, 512, 256, outputs, 1, 1, 1);
            case DSMIL -> new MilSpec(method, width, 1, 128, outputs, 1, 1, 1);
            case TRANSMIL -> new MilSpec(method, width, 512, 1, outputs, 1, 1, 8);
            case RRT -> new MilSpec(method, width, 512, 128, outputs, 1, 1, 8);
            case STAMP -> new MilSpec(method, width, 512, 1, outputs, 1, 2, 8);
            case REGIONAL, GLOBAL -> new MilSpec(method, width, 512, 1, outputs, 2, 1, 8);
        };
    }

    /** Cells of a region; 1 for methods without regions. */
    public int cells() {
        return grid().cells();
    }

    /** How tiles are grouped. */
    public RegionGrid grid() {
        if (method != Method.REGIONAL) {
            return RegionGrid.NONE;
        }
        final List<Integer> sides = new ArrayList<>(List.of(regionSide));
        sides.addAll(regions.outer);
        return new RegionGrid(sides);
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
        if (attendsByHeads() && hidden % heads != 0) {
            throw new RunFailed(
                    "The hidden width " + hidden + " is no multiple of the " + heads + " heads",
                    "setting \"heads\"",
                    "Choose a divisor of the hidden width.");
        }
        int inner = regionSide;
        for (final int side : regions.outer) {
            if (side <= inner || side % inner != 0 || side > 256) {
                throw new RunFailed(
                        "Regions of " + side + " tiles cannot lie around regions of " + inner,
                        "setting \"outer region sides\"",
                        "Choose multiples of the side before, up to 256, for instance 8 around 2.");
            }
            inner = side;
        }
        return this;
    }

    private boolean attendsByHeads() {
        return switch (method) {
            case REGIONAL, TRANSMIL, RRT, GLOBAL, STAMP -> true;
            default -> false;
        };
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
        if (method == Method.REGIONAL) {
            final JsonObject own = new JsonObject();
            final JsonArray outer = new JsonArray();
            regions.outer.forEach(outer::add);
            own.add("outer", outer);
            own.addProperty("positions", regions.positions.name());
            own.addProperty("aggregation", regions.aggregation.name());
            json.add("regions", own);
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
                f.has("instances") ? instances(f.fields("instances")) : Instances.PUBLISHED,
                f.has("regions") ? regions(f.fields("regions")) : Regions.DEFAULT);
        f.done();
        return spec.checked();
    }

    private static Instances instances(final JsonFields f) throws RunFailed {
        final Instances instances = new Instances(
                f.integer("tiles", 1, 1 << 16), f.flag("subtyping"), f.flag("smoothSvm"), f.number("share"));
        f.done();
        return instances;
    }

    private static Regions regions(final JsonFields f) throws RunFailed {
        final Regions regions = new Regions(
                Arrays.stream(f.integers("outer", 1, 256)).boxed().toList(),
                f.constant("positions", Positions.class),
                f.constant("aggregation", Aggregation.class));
        f.done();
        return regions;
    }
}
