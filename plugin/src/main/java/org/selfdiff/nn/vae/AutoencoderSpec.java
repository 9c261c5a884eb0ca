package org.selfdiff.nn.vae;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * Sizes of a KL autoencoder as Stable Diffusion has it (Rombach et al., arXiv 2112.10752).
 *
 * @param channels channels of a picture
 * @param latentChannels channels of a latent
 * @param widths channels of each level, the finest first; each level but the last halves height and width
 * @param blocks residual blocks of a level on the way down; one more on the way up
 * @param groups groups of the normalisations
 * @param quantised whether 1 x 1 convolutions stand around the latents (not in Stable Diffusion 3)
 */
public record AutoencoderSpec(
        int channels, int latentChannels, List<Integer> widths, int blocks, int groups, boolean quantised) {

    /** Copies the list. */
    public AutoencoderSpec {
        widths = List.copyOf(widths);
    }

    /** How many times smaller the sides of a latent are. */
    public int factor() {
        return 1 << widths.size() - 1;
    }

    /**
     * Checks every number.
     *
     * @return this
     * @throws RunFailed naming the setting
     */
    public AutoencoderSpec checked() throws RunFailed {
        require(channels >= 1 && channels <= 64, "channels", channels);
        require(latentChannels >= 1 && latentChannels <= 256, "channels of latents", latentChannels);
        require(!widths.isEmpty() && widths.size() <= 7, "number of levels", widths.size());
        require(blocks >= 1 && blocks <= 16, "blocks per level", blocks);
        for (final int width : widths) {
            require(width >= 1 && width <= 8192 && groups >= 1 && width % groups == 0, "width", width);
        }
        return this;
    }

    private void require(final boolean good, final String setting, final int value) throws RunFailed {
        if (!good) {
            throw new RunFailed(
                    "The autoencoder's " + setting + " is " + value,
                    "setting \"" + setting + "\"",
                    "Choose a sensible number; widths are multiples of the " + groups + " groups.");
        }
    }

    /** As the {@code architecture} of a card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "autoencoder");
        json.addProperty("channels", channels);
        json.addProperty("latentChannels", latentChannels);
        final JsonArray list = new JsonArray();
        widths.forEach(list::add);
        json.add("widths", list);
        json.addProperty("blocks", blocks);
        json.addProperty("groups", groups);
        json.addProperty("quantised", quantised);
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     * @throws RunFailed when a key is missing, of the wrong type or out of range
     */
    public static AutoencoderSpec fromJson(final JsonObject json, final String where) throws RunFailed {
        final JsonFields f = JsonFields.of(json, where, "architecture");
        if (!"autoencoder".equals(f.text("type"))) {
            throw f.wrong("type", "\"autoencoder\"");
        }
        final List<Integer> widths = new ArrayList<>();
        for (final int width : f.integers("widths", 1, 1 << 16)) {
            widths.add(width);
        }
        final AutoencoderSpec spec = new AutoencoderSpec(
                f.integer("channels", 1, 1 << 16),
                f.integer("latentChannels", 1, 1 << 16),
                widths,
                f.integer("blocks", 1, 1 << 10),
                f.integer("groups", 1, 1 << 10),
                f.flag("quantised"));
        f.done();
        return spec.checked();
    }
}
