package org.selfdiff.nn.cnn;

import com.google.gson.JsonObject;
import java.util.List;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.PictureEmbedding;
import org.selfdiff.nn.Window;
import org.selfdiff.nn.cnn.NormedConv.Kernel;

/**
 * Inception v3 (Szegedy et al., arXiv 1512.00567) as TensorFlow's FID uses it and pytorch-fid ports it: averages leave out
 * what lies beyond the border, and the last block pools by the largest value. It gives the 2048 numbers of FID for pictures
 * of 299 pixels from -1 to 1. The names of its parameters are pytorch-fid's.
 */
public record Inception() implements PictureEmbedding {
    /** Side of its pictures in pixels. */
    public static final int SIDE = 299;

    private static final double EPSILON = 1e-3;

    private static final int SIZE = 2048;

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public List<Input> inputs() {
        return List.of(Input.of("x", 1, 3, SIDE, SIDE));
    }

    @Override
    public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
        T h = conv(ops, "Conv2d_1a_3x3", inputs.get(0), Kernel.square(3, 32, 3, 2, 0));
        h = conv(ops, "Conv2d_2a_3x3", h, Kernel.square(32, 32, 3, 1, 0));
        h = ops.maxPool(conv(ops, "Conv2d_2b_3x3", h, Kernel.keeping(32, 64, 3, 3)), 3, 2, 0);
        h = conv(ops, "Conv2d_3b_1x1", h, Kernel.keeping(64, 80, 1, 1));
        h = ops.maxPool(conv(ops, "Conv2d_4a_3x3", h, Kernel.square(80, 192, 3, 1, 0)), 3, 2, 0);
        h = small(ops, "Mixed_5b.", h, 192, 32);
        h = small(ops, "Mixed_5c.", h, 256, 64);
        h = small(ops, "Mixed_5d.", h, 288, 64);
        h = halved(ops, h);
        h = long7(ops, "Mixed_6b.", h, 128);
        h = long7(ops, "Mixed_6c.", h, 160);
        h = long7(ops, "Mixed_6d.", h, 160);
        h = long7(ops, "Mixed_6e.", h, 192);
        h = halvedAgain(ops, h);
        h = wide(ops, "Mixed_7b.", h, 1280, ops.averagePool(h, 3, 1, 1));
        h = wide(ops, "Mixed_7c.", h, SIZE, ops.maxPool(h, 3, 1, 1));
        return List.of(NormedConv.average(ops, h));
    }

    private static <T> T conv(final Ops<T> ops, final String name, final T x, final Kernel kernel) {
        final T h = NormedConv.conv(ops, name + ".conv", x, kernel);
        return ops.relu(NormedConv.norm(ops, name + ".bn", h, kernel.out(), EPSILON));
    }

    private static <T> T same(
            final Ops<T> ops,
            final String name,
            final T x,
            final int in,
            final int out,
            final int height,
            final int width) {
        return conv(ops, name, x, Kernel.keeping(in, out, height, width));
    }

    /** Branches of 1, 5 and twice 3 pixels, at 35 x 35. */
    private static <T> T small(final Ops<T> ops, final String name, final T x, final int in, final int pooled) {
        final T one = same(ops, name + "branch1x1", x, in, 64, 1, 1);
        T five = same(ops, name + "branch5x5_1", x, in, 48, 1, 1);
        five = same(ops, name + "branch5x5_2", five, 48, 64, 5, 5);
        T three = same(ops, name + "branch3x3dbl_1", x, in, 64, 1, 1);
        three = same(ops, name + "branch3x3dbl_2", three, 64, 96, 3, 3);
        three = same(ops, name + "branch3x3dbl_3", three, 96, 96, 3, 3);
        final T pool = same(ops, name + "branch_pool", ops.averagePool(x, 3, 1, 1), in, pooled, 1, 1);
        return ops.concat(ops.concat(ops.concat(one, five), three), pool);
    }

    /** From 35 x 35 to 17 x 17. */
    private static <T> T halved(final Ops<T> ops, final T x) {
        final T three = conv(ops, "Mixed_6a.branch3x3", x, Kernel.square(288, 384, 3, 2, 0));
        T twice = same(ops, "Mixed_6a.branch3x3dbl_1", x, 288, 64, 1, 1);
        twice = same(ops, "Mixed_6a.branch3x3dbl_2", twice, 64, 96, 3, 3);
        twice = conv(ops, "Mixed_6a.branch3x3dbl_3", twice, Kernel.square(96, 96, 3, 2, 0));
        return ops.concat(ops.concat(three, twice), ops.maxPool(x, 3, 2, 0));
    }

    /** Branches of 7 pixels in one direction after the other, at 17 x 17. */
    private static <T> T long7(final Ops<T> ops, final String name, final T x, final int inner) {
        final int in = 768;
        final int out = 192;
        final T one = same(ops, name + "branch1x1", x, in, out, 1, 1);
        T seven = same(ops, name + "branch7x7_1", x, in, inner, 1, 1);
        seven = same(ops, name + "branch7x7_2", seven, inner, inner, 1, 7);
        seven = same(ops, name + "branch7x7_3", seven, inner, out, 7, 1);
        T twice = same(ops, name + "branch7x7dbl_1", x, in, inner, 1, 1);
        twice = same(ops, name + "branch7x7dbl_2", twice, inner, inner, 7, 1);
        twice = same(ops, name + "branch7x7dbl_3", twice, inner, inner, 1, 7);
        twice = same(ops, name + "branch7x7dbl_4", twice, inner, inner, 7, 1);
        twice = same(ops, name + "branch7x7dbl_5", twice, inner, out, 1, 7);
        final T pool = same(ops, name + "branch_pool", ops.averagePool(x, 3, 1, 1), in, out, 1, 1);
        return ops.concat(ops.concat(ops.concat(one, seven), twice), pool);
    }

    /** From 17 x 17 to 8 x 8. */
    private static <T> T halvedAgain(final Ops<T> ops, final T x) {
        T three = same(ops, "Mixed_7a.branch3x3_1", x, 768, 192, 1, 1);
        three = conv(ops, "Mixed_7a.branch3x3_2", three, Kernel.square(192, 320, 3, 2, 0));
        T seven = same(ops, "Mixed_7a.branch7x7x3_1", x, 768, 192, 1, 1);
        seven = same(ops, "Mixed_7a.branch7x7x3_2", seven, 192, 192, 1, 7);
        seven = same(ops, "Mixed_7a.branch7x7x3_3", seven, 192, 192, 7, 1);
        seven = conv(ops, "Mixed_7a.branch7x7x3_4", seven, new Kernel(192, 192, 3, 3, Window.square(2, 0)));
        return ops.concat(ops.concat(three, seven), ops.maxPool(x, 3, 2, 0));
    }

    /** Branches that end in both directions side by side, at 8 x 8. */
    private static <T> T wide(final Ops<T> ops, final String name, final T x, final int in, final T pooled) {
        final int each = 384;
        final T one = same(ops, name + "branch1x1", x, in, 320, 1, 1);
        final T first = same(ops, name + "branch3x3_1", x, in, each, 1, 1);
        final T three = ops.concat(
                same(ops, name + "branch3x3_2a", first, each, each, 1, 3),
                same(ops, name + "branch3x3_2b", first, each, each, 3, 1));
        T second = same(ops, name + "branch3x3dbl_1", x, in, 448, 1, 1);
        second = same(ops, name + "branch3x3dbl_2", second, 448, each, 3, 3);
        final T twice = ops.concat(
                same(ops, name + "branch3x3dbl_3a", second, each, each, 1, 3),
                same(ops, name + "branch3x3dbl_3b", second, each, each, 3, 1));
        final T pool = same(ops, name + "branch_pool", pooled, in, 192, 1, 1);
        return ops.concat(ops.concat(ops.concat(one, three), twice), pool);
    }

    /** As the {@code architecture} of a card. */
    public JsonObject toJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("type", "inception-fid");
        return json;
    }
}
