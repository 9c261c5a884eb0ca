package org.selfdiff.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.selfdiff.tensors.ScriptMethod;

/**
 * Backend that writes TorchScript: every operator becomes one line that assigns a fresh variable. Parameters are read
 * from a list of tensors in the order of the network's parameter list, and cast to the compute type where that is not
 * theirs.
 */
public final class ScriptOps implements Ops<String> {
    /** The number by which TorchScript knows 64-bit integers. */
    private static final int INT64 = 4;

    private final String list;

    private final Map<String, Integer> index = new HashMap<>();

    private final ComputeType type;

    private final StringBuilder lines = new StringBuilder();

    private int count;

    /**
     * Creates an empty body.
     *
     * @param list the variable that holds the parameters, a {@code List[Tensor]}
     * @param parameters the network's parameters in the list's order
     * @param type the type to compute in
     */
    public ScriptOps(final String list, final List<Parameter> parameters, final ComputeType type) {
        this.list = list;
        this.type = type;
        for (final Parameter parameter : parameters) {
            index.put(parameter.name(), index.size());
        }
    }

    /**
     * A method that computes a function of a network: its arguments are the function's inputs, all tensors, and
     * {@code p: List[Tensor]}, the parameters; it returns a tensor, or a list where the function gives several.
     * Numbers go in and come out in 32 bits.
     *
     * @param name of the method
     * @param function what it computes
     * @param parameters the list's order; may hold more than the function needs
     * @param type the type in which its layers compute
     */
    public static ScriptMethod method(
            final String name,
            final NetworkFunction function,
            final List<Parameter> parameters,
            final ComputeType type) {
        final ScriptOps ops = new ScriptOps("p", parameters, type);
        final StringBuilder arguments = new StringBuilder();
        final List<String> inputs = new ArrayList<>();
        for (final NetworkFunction.Input input : function.inputs()) {
            arguments.append("    ").append(input.name()).append(": Tensor,\n");
            inputs.add(input.exact() ? input.name() : ops.toCompute(input.name()));
        }
        final List<String> results = function.apply(ops, inputs).stream()
                .map(result -> ops.fromCompute(result))
                .toList();
        final boolean one = results.size() == 1;
        final String head = "def " + name + "(self: " + ScriptMethod.SELF + ",\n" + arguments
                + "    p: List[Tensor]) -> " + (one ? "Tensor" : "List[Tensor]") + ":\n";
        final String result = one ? results.get(0) : "[" + String.join(", ", results) + "]";
        return new ScriptMethod(name, head + ops.lines + "    return " + result + "\n");
    }

    /** The method of a network's function, called like it, over the network's own list of parameters. */
    public static ScriptMethod method(final Network network, final String function, final ComputeType type) {
        return method(function, network.function(function), network.parameters(), type);
    }

    /** Casts 32-bit floats to the compute type. */
    public String toCompute(final String x) {
        return type == ComputeType.FLOAT32 ? x : assign("torch.to(%s, %d)", x, type.torchCode());
    }

    /** Casts the compute type to 32-bit floats. */
    public String fromCompute(final String x) {
        return type == ComputeType.FLOAT32 ? x : assign("torch.to(%s, %d)", x, ComputeType.FLOAT32.torchCode());
    }

    private String assign(final String expression, final Object... values) {
        final String variable = "v" + count++;
        lines.append("    ")
                .append(variable)
                .append(" = ")
                .append(String.format(Locale.ROOT, expression, values))
                .append('\n');
        return variable;
    }

    private static String orNone(final String bias) {
        return bias == null ? "None" : bias;
    }

    @Override
    public String parameter(final String name, final Initial initial, final long... shape) {
        final Integer i = index.get(name);
        if (i == null) {
            throw new IllegalArgumentException("no parameter is called " + name);
        }
        return toCompute(list + "[" + i + "]");
    }

    @Override
    public String buffer(final String name, final Initial initial, final long... shape) {
        return parameter(name, initial, shape);
    }

    @Override
    public String conv(final String x, final String weight, final String bias, final Window window) {
        return assign(
                "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d], [1, 1], %d)",
                x,
                weight,
                orNone(bias),
                window.strideY(),
                window.strideX(),
                window.paddingY(),
                window.paddingX(),
                window.groups());
    }

    @Override
    public String convTransposed(
            final String x, final String weight, final String bias, final int stride, final int padding) {
        return assign(
                "torch.conv_transpose2d(%s, %s, %s, [%4$d, %4$d], [%5$d, %5$d], [0, 0], 1, [1, 1])",
                x, weight, bias, stride, padding);
    }

    @Override
    public String padRightBottom(final String picture, final int right, final int bottom) {
        return assign("torch.constant_pad_nd(%s, [0, %d, 0, %d], 0)", picture, right, bottom);
    }

    @Override
    public String maxPool(final String picture, final int size, final int stride, final int padding) {
        return assign(
                "torch.max_pool2d(%s, [%2$d, %2$d], [%3$d, %3$d], [%4$d, %4$d], [1, 1], False)",
                picture, size, stride, padding);
    }

    @Override
    public String averagePool(final String picture, final int size, final int stride, final int padding) {
        return assign(
                "torch.avg_pool2d(%s, [%2$d, %2$d], [%3$d, %3$d], [%4$d, %4$d], False, False)",
                picture, size, stride, padding);
    }

    @Override
    public String resize(final String picture, final long height, final long width, final Resize how) {
        return resize(picture, Long.toString(height), Long.toString(width), how);
    }

    @Override
    public String resizeLike(final String picture, final String like, final Resize how) {
        return resize(picture, "torch.size(" + like + ", 2)", "torch.size(" + like + ", 3)", how);
    }

    private String resize(final String picture, final String height, final String width, final Resize how) {
        final String operator =
                switch (how.kind()) {
                    case NEAREST -> "upsample_nearest2d";
                    case BILINEAR -> how.antialias() ? "_upsample_bilinear2d_aa" : "upsample_bilinear2d";
                    case BICUBIC -> how.antialias() ? "_upsample_bicubic2d_aa" : "upsample_bicubic2d";
                };
        final String corners = how.kind() == Resize.Kind.NEAREST ? "" : "False, ";
        final String scales = how.offset() == 0
                ? "None, None"
                : scale(picture, 2, height, how.offset()) + ", " + scale(picture, 3, width, how.offset());
        return assign("torch.%s(%s, [%s, %s], %s%s)", operator, picture, height, width, corners, scales);
    }

    private static String scale(final String picture, final int dimension, final String size, final double offset) {
        return "torch.div(torch.add(" + size + ", " + offset + "), torch.size(" + picture + ", " + dimension + "))";
    }

    @Override
    public String doubled(final String picture) {
        return assign("torch.upsample_nearest2d(%s, None, [2., 2.])", picture);
    }

    @Override
    public String groupNorm(
            final String x, final String scale, final String shift, final int groups, final double epsilon) {
        return assign("torch.group_norm(%s, %d, %s, %s, %s, True)", x, groups, scale, shift, number(epsilon));
    }

    @Override
    public String layerNorm(final String x, final String scale, final String shift, final double epsilon) {
        return assign(
                "torch.layer_norm(%1$s, [torch.size(%1$s, -1)], %2$s, %3$s, %4$s, True)",
                x, orNone(scale), orNone(shift), number(epsilon));
    }

    @Override
    public String batchNorm(
            final String x,
            final String scale,
            final String shift,
            final String mean,
            final String variance,
            final double epsilon) {
        return assign(
                "torch.batch_norm(%s, %s, %s, %s, %s, False, 0.1, %s, True)",
                x, scale, shift, mean, variance, number(epsilon));
    }

    @Override
    public String unitLength(final String x, final double epsilon) {
        return assign(
                "torch.div(%1$s, torch.clamp_min(torch.linalg_vector_norm(%1$s, 2, [-1], True), %2$s))",
                x, number(epsilon));
    }

    @Override
    public String relu(final String x) {
        return assign("torch.relu(%s)", x);
    }

    @Override
    public String tanh(final String x) {
        return assign("torch.tanh(%s)", x);
    }

    @Override
    public String sigmoid(final String x) {
        return assign("torch.sigmoid(%s)", x);
    }

    @Override
    public String softmax(final String x, final int dimension) {
        return assign("torch.softmax(%s, %d)", x, dimension);
    }

    /** TorchScript reads a number without a point as an integer. */
    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }

    @Override
    public String silu(final String x) {
        return assign("torch.silu(%s)", x);
    }

    @Override
    public String gelu(final String x) {
        return assign("torch.gelu(%s)", x);
    }

    @Override
    public String linear(final String x, final String weight, final String bias) {
        return assign("torch.linear(%s, %s, %s)", x, weight, orNone(bias));
    }

    @Override
    public String add(final String a, final String b) {
        return assign("torch.add(%s, %s)", a, b);
    }

    @Override
    public String addPerChannel(final String picture, final String vector) {
        return assign("torch.add(%s, torch.unsqueeze(torch.unsqueeze(%s, -1), -1))", picture, vector);
    }

    @Override
    public String sub(final String a, final String b) {
        return assign("torch.sub(%s, %s)", a, b);
    }

    @Override
    public String mul(final String a, final String b) {
        return assign("torch.mul(%s, %s)", a, b);
    }

    @Override
    public String scale(final String x, final double factor) {
        return assign("torch.mul(%s, %s)", x, number(factor));
    }

    @Override
    public String div(final String a, final String b) {
        return assign("torch.div(%s, %s)", a, b);
    }

    @Override
    public String plus(final String x, final double number) {
        return assign("torch.add(%s, %s)", x, number(number));
    }

    @Override
    public String matmul(final String a, final String b) {
        return assign("torch.matmul(%s, %s)", a, b);
    }

    @Override
    public String sum(final String x, final int dimension) {
        return assign("torch.sum(%s, [%d], True)", x, dimension);
    }

    @Override
    public String mean(final String x, final int dimension) {
        return assign("torch.mean(%s, [%d], True)", x, dimension);
    }

    @Override
    public String max(final String x, final int dimension) {
        return assign("torch.amax(%s, [%d], True)", x, dimension);
    }

    @Override
    public String argMax(final String x, final int dimension) {
        return assign("torch.argmax(%s, %d, True)", x, dimension);
    }

    @Override
    public String slice(final String x, final int dimension, final long from, final long to) {
        return assign("torch.slice(%s, %d, %d, %s)", x, dimension, from, to < 0 ? "None" : Long.toString(to));
    }

    @Override
    public String first(final String x, final int dimension, final String like) {
        return assign("torch.slice(%s, %d, 0, torch.size(%s, 1))", x, dimension, like);
    }

    @Override
    public String last(final String x, final int dimension, final String like) {
        return assign(
                "torch.slice(%1$s, %2$d, torch.sub(torch.size(%1$s, %2$d), torch.size(%3$s, 1)), None)",
                x, dimension, like);
    }

    @Override
    public String padFront(final String tokens, final int multiple) {
        return assign(
                "torch.constant_pad_nd(%1$s, [0, 0, torch.remainder(torch.neg(torch.size(%1$s, 1)), %2$d), 0], 0)",
                tokens, multiple);
    }

    private String side(final String tokens) {
        return assign("torch.ceil(torch.sqrt(torch.size(%s, 1)))", tokens);
    }

    @Override
    public String square(final String tokens, final int multiple, final boolean again) {
        final String side = assign(
                "torch.mul(torch.floordiv(torch.add(%s, %d), %3$d), %3$d)", side(tokens), multiple - 1, multiple);
        final String missing = assign("torch.sub(torch.mul(%1$s, %1$s), torch.size(%2$s, 1))", side, tokens);
        return again
                ? assign("torch.cat([%1$s, torch.slice(%1$s, 1, 0, %2$s)], 1)", tokens, missing)
                : assign("torch.constant_pad_nd(%s, [0, 0, 0, %s], 0)", tokens, missing);
    }

    @Override
    public String squarePicture(final String tokens) {
        return assign(
                "torch.reshape(torch.transpose(%1$s, 1, 2), [torch.size(%1$s, 0), torch.size(%1$s, 2), %2$s, %2$s])",
                tokens, side(tokens));
    }

    @Override
    public String regions(final String tokens, final int perSide) {
        final String side = assign("torch.floordiv(%s, %d)", side(tokens), perSide);
        final String cut = assign(
                "torch.permute(torch.reshape(%1$s, [-1, %2$d, %3$s, %2$d, %3$s, torch.size(%1$s, 2)]), "
                        + "[0, 1, 3, 2, 4, 5])",
                tokens, perSide, side);
        return assign("torch.reshape(%s, [-1, torch.mul(%2$s, %2$s), torch.size(%3$s, 2)])", cut, side, tokens);
    }

    @Override
    public String fromRegions(final String regions, final int perSide) {
        final String side = side(regions);
        final String cut = assign(
                "torch.permute(torch.reshape(%1$s, [-1, %2$d, %2$d, %3$s, %3$s, torch.size(%1$s, 2)]), "
                        + "[0, 1, 3, 2, 4, 5])",
                regions, perSide, side);
        return assign(
                "torch.reshape(%s, [-1, torch.mul(torch.mul(%2$s, %2$s), %3$d), torch.size(%4$s, 2)])",
                cut, side, perSide * perSide, regions);
    }

    /** Without the shortcut by matrices, which loses digits. */
    @Override
    public String distances(final String x) {
        return assign("torch.cdist(%1$s, %1$s, 2., 2)", x);
    }

    @Override
    public String transpose(final String x, final int a, final int b) {
        return assign("torch.transpose(%s, %d, %d)", x, a, b);
    }

    @Override
    public String reshape(final String x, final long... sizes) {
        final List<String> words = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            words.add(sizes[i] == 0 ? "torch.size(" + x + ", " + i + ")" : Long.toString(sizes[i]));
        }
        return assign("torch.reshape(%s, [%s])", x, String.join(", ", words));
    }

    @Override
    public String repeatLike(final String x, final String like) {
        return assign("torch.expand(%s, [torch.size(%s, 0), -1, -1])", x, like);
    }

    @Override
    public String join(final String a, final String b, final int dimension) {
        return assign("torch.cat([%s, %s], %d)", a, b, dimension);
    }

    @Override
    public String lookup(final String table, final String index) {
        return assign("torch.embedding(%s, torch.to(%s, %d))", table, index, INT64);
    }

    @Override
    public String tokens(final String picture) {
        return assign("torch.contiguous(torch.transpose(torch.flatten(%s, 2, -1), 1, 2))", picture);
    }

    @Override
    public String picture(final String tokens, final String like) {
        final String back = assign("torch.contiguous(torch.transpose(%s, 1, 2))", tokens);
        return assign(
                "torch.reshape(%1$s, [torch.size(%1$s, 0), torch.size(%1$s, 1), torch.size(%2$s, 2), "
                        + "torch.size(%2$s, 3)])",
                back, like);
    }

    @Override
    public String asLinear(final String weight) {
        return assign("torch.flatten(%s, 1, -1)", weight);
    }

    @Override
    public String piece(final String x, final int index, final int parts) {
        final String width = assign("torch.floordiv(torch.size(%s, -1), %d)", x, parts);
        return assign("torch.narrow(%s, -1, torch.mul(%s, %d), %s)", x, width, index, width);
    }

    @Override
    public String attention(
            final String query, final String key, final String value, final int heads, final String bias) {
        final String seen = assign(
                "torch.scaled_dot_product_attention(%s, %s, %s%s)",
                byHead(query, heads), byHead(key, heads), byHead(value, heads), bias == null ? "" : ", " + bias);
        return assign("torch.flatten(torch.transpose(%s, 1, 2), 2, -1)", seen);
    }

    @Override
    public String attentionWeights(final String query, final String key, final int heads, final String bias) {
        final String q = byHead(query, heads);
        final String products = assign(
                "torch.mul(torch.matmul(%1$s, torch.transpose(%2$s, 2, 3)), torch.pow(torch.size(%1$s, 3), -0.5))",
                q, byHead(key, heads));
        return softmax(bias == null ? products : add(products, bias), -1);
    }

    @Override
    public String weighted(final String weights, final String value) {
        final String values = assign(
                "torch.transpose(torch.reshape(%1$s, [torch.size(%1$s, 0), torch.size(%1$s, 1), torch.size(%2$s, 1), -1]),"
                        + " 1, 2)",
                value, weights);
        return assign("torch.flatten(torch.transpose(torch.matmul(%s, %s), 1, 2), 2, -1)", weights, values);
    }

    private String byHead(final String x, final int heads) {
        return assign(
                "torch.transpose(torch.reshape(%1$s, [torch.size(%1$s, 0), torch.size(%1$s, 1), %2$d, -1]), 1, 2)",
                x, heads);
    }

    @Override
    public String linearAttention(final String qkv, final int heads) {
        // (batch, q k v, heads, width, places): places stay last, so nothing is copied to another layout
        final String split = assign(
                "torch.reshape(%1$s, [torch.size(%1$s, 0), 3, %2$d, "
                        + "torch.floordiv(torch.size(%1$s, 1), 3 * %2$d), -1])",
                qkv, heads);
        final String scale = assign("torch.pow(torch.size(%s, 3), -0.5)", split);
        final String query = assign("torch.mul(torch.softmax(torch.select(%s, 1, 0), 2), %s)", split, scale);
        final String key = assign("torch.softmax(torch.select(%s, 1, 1), -1)", split);
        final String value = assign("torch.select(%s, 1, 2)", split);
        final String context = assign("torch.matmul(%s, torch.transpose(%s, 2, 3))", value, key);
        final String seen = assign("torch.matmul(%s, %s)", context, query);
        return assign(
                "torch.reshape(%1$s, [torch.size(%1$s, 0), -1, torch.size(%2$s, 2), torch.size(%2$s, 3)])", seen, qkv);
    }

    @Override
    public String timeEmbedding(final String t, final int width, final Sinusoids form) {
        final String frequencies = assign(
                "torch.exp(torch.mul(torch.arange(%d, dtype=6, device=%s.device), %s))",
                width / 2, t, Double.toString(form.rate(width)));
        final String angles =
                assign("torch.mul(torch.unsqueeze(torch.to(%s, 6), 1), torch.unsqueeze(%s, 0))", t, frequencies);
        final String first = form.cosinesFirst() ? "cos" : "sin";
        final String second = form.cosinesFirst() ? "sin" : "cos";
        return toCompute(assign("torch.cat([torch.%2$s(%1$s), torch.%3$s(%1$s)], 1)", angles, first, second));
    }
}
