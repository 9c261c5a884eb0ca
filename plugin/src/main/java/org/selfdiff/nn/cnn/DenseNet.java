package org.selfdiff.nn.cnn;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.PictureEmbedding;
import org.selfdiff.nn.cnn.NormedConv.Kernel;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

/**
 * A densely connected network (Huang et al., arXiv 1608.06993) as torchvision and TorchXRayVision have it, to the global
 * average before its classifier; each layer adds 32 channels. The names of its parameters are theirs.
 *
 * @param channels channels of a picture; 1 for TorchXRayVision
 * @param layers of each of the four dense blocks, (6, 12, 24, 16) for DenseNet-121
 */
public record DenseNet(int channels, List<Integer> layers) implements PictureEmbedding {
    private static final int STEM = 64;

    private static final int GROWTH = 32;

    private static final int INNER = 128;

    private static final double EPSILON = 1e-5;

    private static final int BLOCKS = 4;

    /** Copies the list. */
    public DenseNet {
        layers = List.copyOf(layers);
        if (layers.size() != BLOCKS) {
            throw new IllegalArgumentException("blocks of " + layers + " layers");
        }
    }

    /** For instance {@code DenseNet-121}: the number counts convolutions and the classifier. */
    public String title() {
        return "DenseNet-" + (2 * layers.stream().mapToInt(Integer::intValue).sum() + BLOCKS + 1);
    }

    @Override
    public int size() {
        int width = STEM;
        for (int i = 0; i < BLOCKS; i++) {
            width = (i == 0 ? width : width / 2) + GROWTH * layers.get(i);
        }
        return width;
    }

    @Override
    public List<Input> inputs() {
        return List.of(Input.of("x", 1, channels, 64, 64));
    }

    @Override
    public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
        final T stem = NormedConv.conv(ops, "features.conv0", inputs.get(0), Kernel.square(channels, STEM, 7, 2, 3));
        T h = ops.maxPool(active(ops, "features.norm0", stem, STEM), 3, 2, 1);
        int width = STEM;
        for (int block = 1; block <= BLOCKS; block++) {
            if (block > 1) {
                final String name = "features.transition" + (block - 1);
                final T shown = active(ops, name + ".norm", h, width);
                h = NormedConv.conv(ops, name + ".conv", shown, Kernel.square(width, width / 2, 1, 1, 0));
                h = ops.averagePool(h, 2, 2, 0);
                width /= 2;
            }
            for (int i = 1; i <= layers.get(block - 1); i++) {
                h = ops.concat(h, layer(ops, "features.denseblock" + block + ".denselayer" + i, h, width));
                width += GROWTH;
            }
        }
        return List.of(NormedConv.average(ops, active(ops, "features.norm5", h, width)));
    }

    private static <T> T layer(final Ops<T> ops, final String name, final T x, final int width) {
        final T first = active(ops, name + ".norm1", x, width);
        final T inner = NormedConv.conv(ops, name + ".conv1", first, Kernel.square(width, INNER, 1, 1, 0));
        final T second = active(ops, name + ".norm2", inner, INNER);
        return NormedConv.conv(ops, name + ".conv2", second, Kernel.square(INNER, GROWTH, 3, 1, 1));
    }

    private static <T> T active(final Ops<T> ops, final String name, final T x, final int width) {
        return ops.relu(NormedConv.norm(ops, name, x, width, EPSILON));
    }

    /** As the {@code architecture} of a card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "densenet");
        json.addProperty("channels", channels);
        final JsonArray list = new JsonArray();
        layers.forEach(list::add);
        json.add("layers", list);
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     */
    public static DenseNet fromJson(final JsonObject json, final String where) throws RunFailed {
        final JsonFields f = JsonFields.of(json, where, "architecture");
        if (!"densenet".equals(f.text("type"))) {
            throw f.wrong("type", "\"densenet\"");
        }
        final List<Integer> layers = new ArrayList<>();
        for (final int number : f.integers("layers", 1, 128)) {
            layers.add(number);
        }
        if (layers.size() != BLOCKS) {
            throw f.wrong("layers", "a list of four numbers");
        }
        final DenseNet network = new DenseNet(f.integer("channels", 1, 64), layers);
        f.done();
        return network;
    }
}
