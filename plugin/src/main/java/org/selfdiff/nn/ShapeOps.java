package org.selfdiff.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * Backend that computes sizes only: it collects a network's parameters in order and counts floating-point operations (a
 * multiply-add is two; only convolutions, linear maps and attention are counted).
 */
public final class ShapeOps implements Ops<long[]> {
    private final LinkedHashMap<String, Parameter> parameters = new LinkedHashMap<>();

    private double flops;

    /** What a description needs. */
    public static ShapeOps trace(final Consumer<ShapeOps> description) {
        final ShapeOps ops = new ShapeOps();
        description.accept(ops);
        return ops;
    }

    /** What a network needs for one forward pass. */
    public static ShapeOps trace(final Network network, final long batch, final long height, final long width) {
        final long[] picture = {batch, network.inputChannels(), height, width};
        return trace(ops -> network.forward(ops, picture, new long[] {batch}));
    }

    /** The parameters in the order of their first use. */
    public List<Parameter> parameters() {
        return new ArrayList<>(parameters.values());
    }

    /** Number of trained values. */
    public long parameterCount() {
        return parameters.values().stream().mapToLong(Parameter::count).sum();
    }

    /** Floating-point operations of the pass; a training step takes about three times as many. */
    public double flops() {
        return flops;
    }

    @Override
    public long[] parameter(final String name, final Initial initial, final long... shape) {
        final Parameter parameter =
                new Parameter(name, Arrays.stream(shape).boxed().toList(), initial);
        if (parameters.put(name, parameter) != null) {
            throw new IllegalArgumentException("two parameters are called " + name);
        }
        return shape;
    }

    @Override
    public long[] conv(final long[] x, final long[] weight, final long[] bias, final int stride, final int padding) {
        require(x.length == 4 && x[1] == weight[1], "convolution of " + x[1] + " channels by " + weight[1]);
        final long height = (x[2] + 2L * padding - weight[2]) / stride + 1;
        final long width = (x[3] + 2L * padding - weight[3]) / stride + 1;
        final long[] out = {x[0], weight[0], height, width};
        flops += 2.0 * size(out) * weight[1] * weight[2] * weight[3];
        return out;
    }

    @Override
    public long[] convTransposed(
            final long[] x, final long[] weight, final long[] bias, final int stride, final int padding) {
        require(x.length == 4 && x[1] == weight[0], "convolution of " + x[1] + " channels by " + weight[0]);
        flops += 2.0 * size(x) * weight[1] * weight[2] * weight[3];
        return new long[] {
            x[0],
            weight[1],
            (x[2] - 1) * stride - 2L * padding + weight[2],
            (x[3] - 1) * stride - 2L * padding + weight[3]
        };
    }

    @Override
    public long[] groupNorm(final long[] x, final long[] scale, final long[] shift, final int groups) {
        require(x[1] == scale[0] && x[1] % groups == 0, groups + " groups of " + x[1] + " channels");
        return x;
    }

    @Override
    public long[] silu(final long[] x) {
        return x;
    }

    @Override
    public long[] gelu(final long[] x) {
        return x;
    }

    @Override
    public long[] linear(final long[] x, final long[] weight, final long[] bias) {
        require(x[x.length - 1] == weight[1], "linear map of width " + x[x.length - 1] + " by " + weight[1]);
        final long[] out = x.clone();
        out[out.length - 1] = weight[0];
        flops += 2.0 * size(out) * weight[1];
        return out;
    }

    @Override
    public long[] add(final long[] a, final long[] b) {
        require(Arrays.equals(a, b), "sum of unequal shapes");
        return a;
    }

    @Override
    public long[] addPerChannel(final long[] picture, final long[] vector) {
        require(picture[0] == vector[0] && picture[1] == vector[1], "vector of another width than the picture");
        return picture;
    }

    @Override
    public long[] concat(final long[] a, final long[] b) {
        require(a[0] == b[0] && a[2] == b[2] && a[3] == b[3], "joining pictures of unequal sizes");
        return new long[] {a[0], a[1] + b[1], a[2], a[3]};
    }

    @Override
    public long[] tokens(final long[] picture) {
        return new long[] {picture[0], picture[2] * picture[3], picture[1]};
    }

    @Override
    public long[] picture(final long[] tokens, final long[] like) {
        require(tokens[1] == like[2] * like[3], "tokens of another number than places");
        return new long[] {tokens[0], tokens[2], like[2], like[3]};
    }

    @Override
    public long[] asLinear(final long[] weight) {
        return new long[] {weight[0], weight[1]};
    }

    @Override
    public long[] piece(final long[] x, final int index, final int parts) {
        final long[] out = x.clone();
        require(out[out.length - 1] % parts == 0 && index < parts, "pieces of unequal width");
        out[out.length - 1] /= parts;
        return out;
    }

    @Override
    public long[] attention(final long[] query, final long[] key, final long[] value, final int heads) {
        require(query[2] == key[2] && key[1] == value[1] && query[2] % heads == 0, "attention of unequal widths");
        flops += 2.0 * query[0] * query[1] * key[1] * (query[2] + value[2]);
        return new long[] {query[0], query[1], value[2]};
    }

    @Override
    public long[] linearAttention(final long[] qkv, final int heads) {
        require(qkv[1] % (3L * heads) == 0, "attention of unequal widths");
        final long inner = qkv[1] / 3;
        flops += 4.0 * qkv[0] * qkv[2] * qkv[3] * inner * (inner / heads);
        return new long[] {qkv[0], inner, qkv[2], qkv[3]};
    }

    @Override
    public long[] timeEmbedding(final long[] t, final int width) {
        return new long[] {t[0], width};
    }

    private static double size(final long[] shape) {
        double size = 1;
        for (final long side : shape) {
            size *= side;
        }
        return size;
    }

    private static void require(final boolean good, final String what) {
        if (!good) {
            throw new IllegalArgumentException(what);
        }
    }
}
