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
 * A residual network (He et al., arXiv 1512.03385) as torchvision has it, to the global average before its classifier.
 * The names of its parameters are torchvision's.
 *
 * @param channels channels of a picture
 * @param bottleneck whether blocks are of three convolutions (ResNet-50) instead of two (ResNet-18)
 * @param blocks of each of the four stages
 */
public record ResNet(int channels, boolean bottleneck, List<Integer> blocks) implements PictureEmbedding {
    private static final int STEM = 64;

    private static final double EPSILON = 1e-5;

    private static final int STAGES = 4;

    /** Copies the list. */
    public ResNet {
        blocks = List.copyOf(blocks);
        if (blocks.size() != STAGES) {
            throw new IllegalArgumentException("stages of " + blocks + " blocks");
        }
    }

    /** For instance {@code ResNet-50}: the number counts convolutions and the classifier. */
    public String title() {
        final int all = blocks.stream().mapToInt(Integer::intValue).sum();
        return "ResNet-" + (all * (bottleneck ? 3 : 2) + 2);
    }

    @Override
    public int size() {
        return width(STAGES - 1);
    }

    private int inner(final int stage) {
        return STEM << stage;
    }

    private int width(final int stage) {
        return bottleneck ? 4 * inner(stage) : inner(stage);
    }

    @Override
    public List<Input> inputs() {
        return List.of(Input.of("x", 1, channels, 64, 64));
    }

    @Override
    public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
        final T stem = NormedConv.conv(ops, "conv1", inputs.get(0), Kernel.square(channels, STEM, 7, 2, 3));
        T h = ops.maxPool(ops.relu(NormedConv.norm(ops, "bn1", stem, STEM, EPSILON)), 3, 2, 1);
        int width = STEM;
        for (int stage = 0; stage < STAGES; stage++) {
            for (int i = 0; i < blocks.get(stage); i++) {
                final String name = "layer" + (stage + 1) + "." + i + ".";
                h = block(ops, name, h, width, stage, i == 0 && stage > 0 ? 2 : 1);
                width = width(stage);
            }
        }
        return List.of(NormedConv.average(ops, h));
    }

    private <T> T block(
            final Ops<T> ops, final String name, final T x, final int in, final int stage, final int stride) {
        final int inner = inner(stage);
        final int out = width(stage);
        T h;
        if (bottleneck) {
            h = ops.relu(layer(ops, name, 1, x, Kernel.square(in, inner, 1, 1, 0)));
            h = ops.relu(layer(ops, name, 2, h, Kernel.square(inner, inner, 3, stride, 1)));
            h = layer(ops, name, 3, h, Kernel.square(inner, out, 1, 1, 0));
        } else {
            h = ops.relu(layer(ops, name, 1, x, Kernel.square(in, inner, 3, stride, 1)));
            h = layer(ops, name, 2, h, Kernel.square(inner, out, 3, 1, 1));
        }
        T beside = x;
        if (stride > 1 || in != out) {
            final T taken = NormedConv.conv(ops, name + "downsample.0", x, Kernel.square(in, out, 1, stride, 0));
            beside = NormedConv.norm(ops, name + "downsample.1", taken, out, EPSILON);
        }
        return ops.relu(ops.add(h, beside));
    }

    private static <T> T layer(final Ops<T> ops, final String name, final int number, final T x, final Kernel kernel) {
        return NormedConv.norm(
                ops,
                name + "bn" + number,
                NormedConv.conv(ops, name + "conv" + number, x, kernel),
                kernel.out(),
                EPSILON);
    }

    /** As the {@code architecture} of a card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "resnet");
        json.addProperty("channels", channels);
        json.addProperty("bottleneck", bottleneck);
        final JsonArray list = new JsonArray();
        blocks.forEach(list::add);
        json.add("blocks", list);
        return json;
    }

    /**
     * Reads {@link #toJson()}'s form.
     *
     * @param where the file or port it comes from, for messages
     */
    public static ResNet fromJson(final JsonObject json, final String where) throws RunFailed {
        final JsonFields f = JsonFields.of(json, where, "architecture");
        if (!"resnet".equals(f.text("type"))) {
            throw f.wrong("type", "\"resnet\"");
        }
        final List<Integer> blocks = new ArrayList<>();
        for (final int number : f.integers("blocks", 1, 64)) {
            blocks.add(number);
        }
        if (blocks.size() != STAGES) {
            throw f.wrong("blocks", "a list of four numbers");
        }
        final ResNet network = new ResNet(f.integer("channels", 1, 64), f.flag("bottleneck"), blocks);
        f.done();
        return network;
    }
}
