package org.selfdiff.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.selfdiff.tensors.ScriptMethod;

/**
 * Backend that writes TorchScript: every operator becomes one line that assigns a fresh variable. Parameters are read
 * from a list of tensors in the order of the network's parameter list, and cast to the compute type where that is not
 * theirs.
 */
public final class ScriptOps implements Ops<String> {
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
     * A method {@code (x: Tensor, t: Tensor, p: List[Tensor]) -> Tensor} that computes a network: pictures in and out
     * are of 32 bits, {@code t} holds a time-step per picture, {@code p} the parameters in the order of
     * {@link ShapeOps#parameters()}.
     *
     * @param name of the method
     * @param network the network
     * @param type the type in which its layers compute
     */
    public static ScriptMethod method(final String name, final Network network, final ComputeType type) {
        final int side = network.sideMultiple();
        final ScriptOps ops =
                new ScriptOps("p", ShapeOps.trace(network, 1, side, side).parameters(), type);
        final String body = ops.body(o -> o.fromCompute(network.forward(o, o.toCompute("x"), "t")));
        final String head = "def " + name + "(self: " + ScriptMethod.SELF
                + ",\n    x: Tensor,\n    t: Tensor,\n    p: List[Tensor]) -> Tensor:\n";
        return new ScriptMethod(name, head + body);
    }

    /** The lines of a description, with a return of what it computes. */
    public String body(final Function<ScriptOps, String> description) {
        final String result = description.apply(this);
        return lines + "    return " + result + "\n";
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
                .append(String.format(expression, values))
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
    public String conv(final String x, final String weight, final String bias, final int stride, final int padding) {
        return assign(
                "torch.conv2d(%s, %s, %s, [%4$d, %4$d], [%5$d, %5$d], [1, 1], 1)",
                x, weight, orNone(bias), stride, padding);
    }

    @Override
    public String convTransposed(
            final String x, final String weight, final String bias, final int stride, final int padding) {
        return assign(
                "torch.conv_transpose2d(%s, %s, %s, [%4$d, %4$d], [%5$d, %5$d], [0, 0], 1, [1, 1])",
                x, weight, bias, stride, padding);
    }

    @Override
    public String groupNorm(final String x, final String scale, final String shift, final int groups) {
        return assign("torch.group_norm(%s, %d, %s, %s, 1.0e-05, True)", x, groups, scale, shift);
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
    public String concat(final String a, final String b) {
        return assign("torch.cat([%s, %s], 1)", a, b);
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
    public String attention(final String query, final String key, final String value, final int heads) {
        final String seen = assign(
                "torch.scaled_dot_product_attention(%s, %s, %s)",
                byHead(query, heads), byHead(key, heads), byHead(value, heads));
        return assign("torch.flatten(torch.transpose(%s, 1, 2), 2, -1)", seen);
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
    public String timeEmbedding(final String t, final int width) {
        final int half = width / 2;
        final double rate = -Math.log(10_000) / (half - 1);
        final String frequencies = assign(
                "torch.exp(torch.mul(torch.arange(%d, dtype=6, device=%s.device), %s))",
                half, t, Double.toString(rate));
        final String angles =
                assign("torch.mul(torch.unsqueeze(torch.to(%s, 6), 1), torch.unsqueeze(%s, 0))", t, frequencies);
        return toCompute(assign("torch.cat([torch.sin(%1$s), torch.cos(%1$s)], 1)", angles));
    }
}
