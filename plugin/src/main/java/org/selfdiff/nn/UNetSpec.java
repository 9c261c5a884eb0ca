package org.selfdiff.nn;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.List;
import org.selfdiff.run.RunFailed;

/**
 * The sizes of a {@link UNet}.
 *
 * @param inputChannels channels of the picture that goes in
 * @param outputChannels channels that come out: those of the picture, or the number of classes
 * @param baseWidth channels of the first level; the time vector is four times as wide
 * @param multipliers channels of each level in units of {@code baseWidth}, finest level first
 * @param blocksPerLevel residual blocks of a level, on the way down and on the way up
 * @param attention attention of each level, finest first; used on both ways
 * @param middleAttention attention between the ways
 * @param heads heads of every attention
 * @param headWidth width of a head
 * @param groups groups of the residual blocks' normalisations; divides the width of every level
 * @param stemKernel side of the first convolution, odd
 * @param stemWidth channels after the first convolution
 * @param finestSkip whether the finest level's picture is added before the final block. The paper's network leaves it
 *     unused: noise must then pass through the second level, which is learnt more slowly. With it, samples are sharp much
 *     sooner, and segmentation gains from a short pre-training, where it lost without (docs/RESULTS.md)
 */
public record UNetSpec(
        int inputChannels,
        int outputChannels,
        int baseWidth,
        List<Integer> multipliers,
        int blocksPerLevel,
        List<AttentionKind> attention,
        AttentionKind middleAttention,
        int heads,
        int headWidth,
        int groups,
        int stemKernel,
        int stemWidth,
        boolean finestSkip) {

    /** Copies the lists; nothing else is checked, see {@link #checked()}. */
    public UNetSpec {
        multipliers = List.copyOf(multipliers);
        attention = List.copyOf(attention);
    }

    /** The network of the paper for pictures of three channels: 31,267,083 parameters. */
    public static UNetSpec paper() {
        return new UNetSpec(
                3,
                3,
                64,
                List.of(1, 2, 4, 8),
                2,
                Collections.nCopies(4, AttentionKind.LINEAR),
                AttentionKind.FULL,
                4,
                32,
                8,
                7,
                42,
                false);
    }

    /**
     * A network of the paper's kind at another size: stem 3 x 3 as wide as the first level, heads of a sensible number,
     * the most groups up to 8 that divide.
     *
     * @param channels of the picture, going in and coming out
     * @param baseWidth channels of the first level
     * @param multipliers of the levels, finest first
     * @param blocksPerLevel residual blocks of a level
     * @param attention of the levels, finest first; the coarsest level's also stands in the middle
     */
    public static UNetSpec of(
            final int channels,
            final int baseWidth,
            final List<Integer> multipliers,
            final int blocksPerLevel,
            final List<AttentionKind> attention) {
        final AttentionKind middle = attention.isEmpty() ? AttentionKind.NONE : attention.get(attention.size() - 1);
        return new UNetSpec(
                channels,
                channels,
                baseWidth,
                multipliers,
                blocksPerLevel,
                attention,
                middle,
                4,
                Math.max(8, Math.min(32, baseWidth / 2)),
                groupsFor(baseWidth),
                3,
                baseWidth,
                false);
    }

    /** The most groups up to 8 that divide a width. */
    public static int groupsFor(final int width) {
        int groups = 8;
        while (width % groups != 0) {
            groups--;
        }
        return groups;
    }

    /** The same network with another last layer, for instance one output per class. */
    public UNetSpec withOutputChannels(final int channels) {
        return new UNetSpec(
                inputChannels,
                channels,
                baseWidth,
                multipliers,
                blocksPerLevel,
                attention,
                middleAttention,
                heads,
                headWidth,
                groups,
                stemKernel,
                stemWidth,
                finestSkip);
    }

    /** The same network with the finest level's picture added before the final block, for models that make pictures. */
    public UNetSpec withFinestSkip() {
        return new UNetSpec(
                inputChannels,
                outputChannels,
                baseWidth,
                multipliers,
                blocksPerLevel,
                attention,
                middleAttention,
                heads,
                headWidth,
                groups,
                stemKernel,
                stemWidth,
                true);
    }

    /** Number of levels. */
    public int levels() {
        return multipliers.size();
    }

    /** Channels of a level. */
    public int width(final int level) {
        return baseWidth * multipliers.get(level);
    }

    /** Sides of pictures must be multiples of this. */
    public int sideMultiple() {
        return 1 << levels() - 1;
    }

    /**
     * Checks every size.
     *
     * @return this
     * @throws RunFailed naming the setting, with what would be right
     */
    public UNetSpec checked() throws RunFailed {
        range("input channels", inputChannels, 1, 64);
        range("output channels", outputChannels, 1, 1024);
        range("base width", baseWidth, 4, 1024);
        require(baseWidth % 2 == 0, "base width", "is " + baseWidth + ", which is odd", "Choose an even number");
        range("number of levels", levels(), 1, 8);
        for (final int multiplier : multipliers) {
            range("width multiplier", multiplier, 1, 64);
        }
        range("blocks per level", blocksPerLevel, 1, 8);
        require(
                attention.size() == levels(),
                "attention",
                "is given for " + attention.size() + " levels of " + levels(),
                "Give one kind per level");
        range("attention heads", heads, 1, 64);
        range("head width", headWidth, 4, 256);
        range("groups", groups, 1, baseWidth);
        require(
                multipliers.stream().allMatch(m -> baseWidth * m % groups == 0),
                "groups",
                groups + " does not divide the width of every level",
                "Choose a divisor of the base width, for instance " + groupsFor(baseWidth));
        range("stem kernel", stemKernel, 1, 15);
        require(stemKernel % 2 != 0, "stem kernel", "is " + stemKernel + ", which is even", "Choose an odd number");
        range("stem width", stemWidth, 1, 1024);
        return this;
    }

    private static void range(final String setting, final int value, final int low, final int high) throws RunFailed {
        require(value >= low && value <= high, setting, "is " + value, "Choose a number from " + low + " to " + high);
    }

    private static void require(final boolean good, final String setting, final String what, final String remedy)
            throws RunFailed {
        if (!good) {
            throw new RunFailed("The network's " + setting + ": " + what, "setting \"" + setting + "\"", remedy + ".");
        }
    }

    /** As the {@code architecture} of a model card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "unet");
        json.addProperty("inputChannels", inputChannels);
        json.addProperty("outputChannels", outputChannels);
        json.addProperty("baseWidth", baseWidth);
        final JsonArray widths = new JsonArray();
        multipliers.forEach(widths::add);
        json.add("multipliers", widths);
        json.addProperty("blocksPerLevel", blocksPerLevel);
        final JsonArray kinds = new JsonArray();
        attention.forEach(kind -> kinds.add(kind.name()));
        json.add("attention", kinds);
        json.addProperty("middleAttention", middleAttention.name());
        json.addProperty("heads", heads);
        json.addProperty("headWidth", headWidth);
        json.addProperty("groups", groups);
        json.addProperty("stemKernel", stemKernel);
        json.addProperty("stemWidth", stemWidth);
        json.addProperty("finestSkip", finestSkip);
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     * @throws RunFailed when a key is missing, of the wrong type or out of range
     */
    public static UNetSpec fromJson(final JsonObject json, final String where) throws RunFailed {
        final ArchitectureFields f = new ArchitectureFields(json, where);
        if (!"unet".equals(f.text("type"))) {
            throw f.wrong("type", "is not \"unet\"");
        }
        return new UNetSpec(
                        f.integer("inputChannels"),
                        f.integer("outputChannels"),
                        f.integer("baseWidth"),
                        f.integers("multipliers"),
                        f.integer("blocksPerLevel"),
                        f.choices("attention", AttentionKind.class),
                        f.choice("middleAttention", AttentionKind.class),
                        f.integer("heads"),
                        f.integer("headWidth"),
                        f.integer("groups"),
                        f.integer("stemKernel"),
                        f.integer("stemWidth"),
                        f.truth("finestSkip"))
                .checked();
    }
}
