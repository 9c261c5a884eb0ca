package org.selfdiff.nn.unet;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * Sizes of the U-Net of Stable Diffusion (Rombach et al., arXiv 2112.10752).
 *
 * @param inputChannels channels of the noisy picture
 * @param outputChannels channels of the prediction
 * @param widths channels of each level, the finest first
 * @param attention whether the places of a level look at each other (and at the context)
 * @param heads heads of attention of each level
 * @param blocks residual blocks of a level on the way down; one more on the way up
 * @param contextWidth numbers of a context token; 0 for a network without context, whose attention is that of
 *     diffusers' UNet2DModel
 * @param linearProjection whether the projections around transformers are stored as linear maps (Stable Diffusion 2)
 * @param groups groups of the normalisations
 */
public record ContextUNetSpec(
        int inputChannels,
        int outputChannels,
        List<Integer> widths,
        List<Boolean> attention,
        List<Integer> heads,
        int blocks,
        int contextWidth,
        boolean linearProjection,
        int groups) {

    /** Copies the lists. */
    public ContextUNetSpec {
        widths = List.copyOf(widths);
        attention = List.copyOf(attention);
        heads = List.copyOf(heads);
    }

    /** The sizes of Stable Diffusion 1.5, as DiNO-Diffusion uses them: 859,520,964 parameters with a context of 768. */
    public static ContextUNetSpec stable15(final int contextWidth) {
        return new ContextUNetSpec(
                4,
                4,
                List.of(320, 640, 1280, 1280),
                List.of(true, true, true, false),
                List.of(8, 8, 8, 8),
                2,
                contextWidth,
                false,
                32);
    }

    /** Number of levels. */
    public int levels() {
        return widths.size();
    }

    /** Sides of pictures should be multiples of this. */
    public int sideMultiple() {
        return 1 << levels() - 1;
    }

    /**
     * Checks every number.
     *
     * @return this
     * @throws RunFailed naming the setting
     */
    public ContextUNetSpec checked() throws RunFailed {
        require(inputChannels >= 1 && inputChannels <= 256, "input channels", inputChannels);
        require(outputChannels >= 1 && outputChannels <= 256, "output channels", outputChannels);
        require(!widths.isEmpty() && widths.size() <= 8, "number of levels", widths.size());
        require(attention.size() == levels() && heads.size() == levels(), "number of levels", levels());
        require(blocks >= 1 && blocks <= 16, "blocks per level", blocks);
        require(contextWidth >= 0 && contextWidth <= 1 << 16, "context width", contextWidth);
        require(groups >= 1, "groups", groups);
        for (int i = 0; i < levels(); i++) {
            require(
                    widths.get(i) >= 2 && widths.get(i) % groups == 0 && widths.get(i) % 2 == 0,
                    "width",
                    widths.get(i));
            require(heads.get(i) >= 1 && widths.get(i) % heads.get(i) == 0, "heads", heads.get(i));
        }
        return this;
    }

    private static void require(final boolean good, final String setting, final int value) throws RunFailed {
        if (!good) {
            throw new RunFailed(
                    "The network's " + setting + " is " + value,
                    "setting \"" + setting + "\"",
                    "Choose widths that are even multiples of groups and heads, and one entry per level.");
        }
    }

    /** As the {@code architecture} of a card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "context-unet");
        json.addProperty("inputChannels", inputChannels);
        json.addProperty("outputChannels", outputChannels);
        final JsonArray sizes = new JsonArray();
        widths.forEach(sizes::add);
        json.add("widths", sizes);
        final JsonArray seen = new JsonArray();
        attention.forEach(a -> seen.add(a ? 1 : 0));
        json.add("attention", seen);
        final JsonArray numbers = new JsonArray();
        heads.forEach(numbers::add);
        json.add("heads", numbers);
        json.addProperty("blocks", blocks);
        json.addProperty("contextWidth", contextWidth);
        json.addProperty("linearProjection", linearProjection);
        json.addProperty("groups", groups);
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     * @throws RunFailed when a key is missing, of the wrong type or out of range
     */
    public static ContextUNetSpec fromJson(final JsonObject json, final String where) throws RunFailed {
        final JsonFields f = JsonFields.of(json, where, "architecture");
        if (!"context-unet".equals(f.text("type"))) {
            throw f.wrong("type", "\"context-unet\"");
        }
        final List<Boolean> attention = new ArrayList<>();
        for (final int a : f.integers("attention", 0, 1)) {
            attention.add(a == 1);
        }
        final ContextUNetSpec spec = new ContextUNetSpec(
                f.integer("inputChannels", 1, 1 << 16),
                f.integer("outputChannels", 1, 1 << 16),
                list(f.integers("widths", 1, 1 << 16)),
                attention,
                list(f.integers("heads", 1, 1 << 16)),
                f.integer("blocks", 1, 1 << 10),
                f.integer("contextWidth", 0, 1 << 16),
                f.flag("linearProjection"),
                f.integer("groups", 1, 1 << 16));
        f.done();
        return spec.checked();
    }

    private static List<Integer> list(final int[] values) {
        final List<Integer> list = new ArrayList<>();
        for (final int value : values) {
            list.add(value);
        }
        return list;
    }
}
