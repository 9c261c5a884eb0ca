package org.selfdiff.nn.vit;

import com.google.gson.JsonObject;
import org.selfdiff.nn.Resize;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * Sizes and options of a vision transformer (Dosovitskiy et al., arXiv 2010.11929); one description serves DINO, DINOv2
 * with and without registers, and the encoders of pathology that are kin to them.
 *
 * @param channels channels of a picture
 * @param patch side of a patch in pixels
 * @param width numbers of a token
 * @param depth number of blocks
 * @param heads heads of attention; divides the width
 * @param hidden width inside the feed-forward part
 * @param gated whether the feed-forward part is a SwiGLU ({@code silu(a) * b}) instead of a GELU
 * @param layerScale whether each branch is multiplied by a trained vector before it is added
 * @param registers tokens that stand for nothing (Darcet et al., arXiv 2309.16588)
 * @param positions the table of positions
 * @param epsilon of all normalisations
 */
public record VitSpec(
        int channels,
        int patch,
        int width,
        int depth,
        int heads,
        int hidden,
        boolean gated,
        boolean layerScale,
        int registers,
        Positions positions,
        double epsilon) {

    /**
     * The table of positions.
     *
     * @param side patches along a side of the picture that the table was made for
     * @param forClass whether the class token has a row
     * @param forRegisters whether the registers have rows
     * @param resize how the patches' rows are brought to another number of patches
     * @param resizeAlways whether that is done also when the number is the same; never needed where it would change nothing
     */
    public record Positions(int side, boolean forClass, boolean forRegisters, Resize resize, boolean resizeAlways) {

        /** As DINO has it: the class token has a row, cubic interpolation with an offset of 0.1. */
        public static Positions dino(final int side) {
            return new Positions(side, true, false, new Resize(Resize.Kind.BICUBIC, false, 0.1), false);
        }

        /** As timm has it: cubic interpolation with averaging. */
        public static Positions timm(final int side, final boolean forClass, final boolean forRegisters) {
            return new Positions(side, forClass, forRegisters, Resize.bicubic(true), false);
        }

        /** Rows of the table, with those of class token and registers. */
        int rows(final int registers) {
            return side * side + (forClass ? 1 : 0) + (forRegisters ? registers : 0);
        }
    }

    /** DINO's own: heads of 64 numbers, a feed-forward part four times as wide, for pictures of a side. */
    public static VitSpec dino(final int channels, final int patch, final int width, final int depth, final int side) {
        return new VitSpec(
                channels,
                patch,
                width,
                depth,
                Math.max(1, width / 64),
                4 * width,
                false,
                false,
                0,
                Positions.dino(side / patch),
                1e-6);
    }

    /** Tokens that stand before those of the patches: class token and registers. */
    public int extraTokens() {
        return 1 + registers;
    }

    /**
     * Checks every number.
     *
     * @return this
     * @throws RunFailed naming the setting
     */
    public VitSpec checked() throws RunFailed {
        range("channels", channels, 1, 64);
        range("patch side", patch, 1, 64);
        range("width", width, 4, 8192);
        range("depth", depth, 1, 128);
        range("heads", heads, 1, 128);
        range("hidden width", hidden, 1, 65_536);
        range("registers", registers, 0, 64);
        range("side of the table of positions", positions.side(), 1, 512);
        if (width % heads != 0) {
            throw new RunFailed(
                    "The encoder's width " + width + " is no multiple of its " + heads + " heads",
                    "setting \"heads\"",
                    "Choose a divisor of the width.");
        }
        return this;
    }

    private static void range(final String setting, final int value, final int low, final int high) throws RunFailed {
        if (value < low || value > high) {
            throw new RunFailed(
                    "The encoder's " + setting + " is " + value,
                    "setting \"" + setting + "\"",
                    "Choose a number from " + low + " to " + high + ".");
        }
    }

    /** As the {@code architecture} of a card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "vit");
        json.addProperty("channels", channels);
        json.addProperty("patch", patch);
        json.addProperty("width", width);
        json.addProperty("depth", depth);
        json.addProperty("heads", heads);
        json.addProperty("hidden", hidden);
        json.addProperty("gated", gated);
        json.addProperty("layerScale", layerScale);
        json.addProperty("registers", registers);
        json.addProperty("positionSide", positions.side());
        json.addProperty("positionForClass", positions.forClass());
        json.addProperty("positionForRegisters", positions.forRegisters());
        json.addProperty("resize", positions.resize().kind().name());
        json.addProperty("antialias", positions.resize().antialias());
        json.addProperty("resizeOffset", positions.resize().offset());
        json.addProperty("resizeAlways", positions.resizeAlways());
        json.addProperty("epsilon", epsilon);
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     * @throws RunFailed when a key is missing, of the wrong type or out of range
     */
    public static VitSpec fromJson(final JsonObject json, final String where) throws RunFailed {
        final JsonFields f = JsonFields.of(json, where, "architecture");
        if (!"vit".equals(f.text("type"))) {
            throw f.wrong("type", "\"vit\"");
        }
        final int most = 1 << 20;
        final VitSpec spec = new VitSpec(
                f.integer("channels", 1, most),
                f.integer("patch", 1, most),
                f.integer("width", 1, most),
                f.integer("depth", 1, most),
                f.integer("heads", 1, most),
                f.integer("hidden", 1, most),
                f.flag("gated"),
                f.flag("layerScale"),
                f.integer("registers", 0, most),
                new Positions(
                        f.integer("positionSide", 1, most),
                        f.flag("positionForClass"),
                        f.flag("positionForRegisters"),
                        new Resize(
                                f.constant("resize", Resize.Kind.class), f.flag("antialias"), f.number("resizeOffset")),
                        f.flag("resizeAlways")),
                f.number("epsilon"));
        f.done();
        return spec.checked();
    }
}
