package org.selfdiff.nn.cnn;

import com.google.gson.JsonObject;
import java.util.List;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;
import org.selfdiff.nn.cnn.NormedConv.Kernel;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * A small residual network (He et al., arXiv 1512.03385) that is trained from scratch to classify pictures of any size.
 * Its normalisations are by groups of channels (Wu and He, arXiv 1803.08494), so that what it says of a picture does not
 * depend on the pictures beside it.
 *
 * @param channels channels of a picture
 * @param outputs numbers that come out, one for each class
 * @param width channels of the first level, a multiple of 8; each further level doubles them
 * @param levels how often height and width are halved
 * @param blocks residual blocks of a level
 */
public record ResidualClassifier(int channels, int outputs, int width, int levels, int blocks)
        implements Network, NetworkFunction {
    /** The function {@code x -> logits} (batch, outputs). */
    public static final String CLASSIFY = "classify";

    private static final int GROUPS = 8;

    /**
     * Checks every number.
     *
     * @return this
     * @throws RunFailed naming the setting
     */
    public ResidualClassifier checked() throws RunFailed {
        require(channels == 1 || channels == 3, "channels", channels, "Choose 1 for grey or 3 for colour pictures.");
        require(outputs >= 1 && outputs <= 1 << 16, "classes", outputs, "Choose 1 to 65536.");
        require(width >= GROUPS && width <= 1024 && width % GROUPS == 0, "width", width, "Choose a multiple of 8.");
        require(levels >= 1 && levels <= 6, "levels", levels, "Choose 1 to 6.");
        require(blocks >= 1 && blocks <= 8, "blocks per level", blocks, "Choose 1 to 8.");
        return this;
    }

    private static void require(final boolean good, final String setting, final int value, final String remedy)
            throws RunFailed {
        if (!good) {
            throw new RunFailed("The classifier's " + setting + " is " + value, "setting \"" + setting + "\"", remedy);
        }
    }

    @Override
    public List<NetworkFunction> functions() {
        return List.of(this);
    }

    @Override
    public String name() {
        return CLASSIFY;
    }

    @Override
    public List<Input> inputs() {
        final long side = 2L << levels;
        return List.of(Input.of("x", 1, channels, side, side));
    }

    @Override
    public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
        final T stem = NormedConv.conv(ops, "stem.conv", inputs.get(0), Kernel.square(channels, width, 3, 2, 1));
        T h = ops.relu(Layers.norm(ops, "stem.norm", stem, width, GROUPS));
        int in = width;
        for (int level = 0; level < levels; level++) {
            final int out = width << level;
            for (int i = 0; i < blocks; i++) {
                h = block(ops, "level" + level + "." + i + ".", h, in, out, i == 0 && level > 0 ? 2 : 1);
                in = out;
            }
        }
        return List.of(Layers.linear(ops, "head", NormedConv.average(ops, h), in, outputs));
    }

    private static <T> T block(
            final Ops<T> ops, final String name, final T x, final int in, final int out, final int stride) {
        T h = NormedConv.conv(ops, name + "conv1", x, Kernel.square(in, out, 3, stride, 1));
        h = ops.relu(Layers.norm(ops, name + "norm1", h, out, GROUPS));
        h = NormedConv.conv(ops, name + "conv2", h, Kernel.square(out, out, 3, 1, 1));
        h = Layers.norm(ops, name + "norm2", h, out, GROUPS);
        T beside = x;
        if (stride > 1 || in != out) {
            beside = NormedConv.conv(ops, name + "beside.conv", x, Kernel.square(in, out, 1, stride, 0));
            beside = Layers.norm(ops, name + "beside.norm", beside, out, GROUPS);
        }
        return ops.relu(ops.add(h, beside));
    }

    /** As the {@code architecture} of a card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "residual classifier");
        json.addProperty("channels", channels);
        json.addProperty("outputs", outputs);
        json.addProperty("width", width);
        json.addProperty("levels", levels);
        json.addProperty("blocks", blocks);
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     * @throws RunFailed when a key is missing, of the wrong type or out of range
     */
    public static ResidualClassifier fromJson(final JsonObject json, final String where) throws RunFailed {
        final JsonFields f = JsonFields.of(json, where, "architecture");
        if (!"residual classifier".equals(f.text("type"))) {
            throw f.wrong("type", "\"residual classifier\"");
        }
        final ResidualClassifier network = new ResidualClassifier(
                f.integer("channels", 1, 64),
                f.integer("outputs", 1, 1 << 16),
                f.integer("width", 1, 1 << 12),
                f.integer("levels", 1, 16),
                f.integer("blocks", 1, 64));
        f.done();
        return network.checked();
    }
}
