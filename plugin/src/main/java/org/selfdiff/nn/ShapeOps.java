package org.selfdiff.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Backend that computes sizes only: it collects a network's parameters in order and counts floating-point operations (a
 * multiply-add is two; only convolutions, linear maps and attention are counted).
 */
public final class ShapeOps implements Ops<long[]> {
    private final LinkedHashMap<String, Parameter> parameters = new LinkedHashMap<>();

    /** Names that the function at hand has used. */
    private final Set<String> names = new HashSet<>();

    private double flops;

    /** What a description needs. */
    public static ShapeOps trace(final Consumer<ShapeOps> description) {
        final ShapeOps ops = new ShapeOps();
        description.accept(ops);
        return ops;
    }

    /** What a function needs at given sizes of its inputs. */
    public static ShapeOps trace(final NetworkFunction function, final List<long[]> inputs) {
        return trace(ops -> function.apply(ops, inputs));
    }

    /** Follows a function at its example sizes; functions of a network share parameters of one name. */
    List<long[]> trace(final NetworkFunction function) {
        names.clear();
        return function.apply(
                this,
                function.inputs().stream().map(NetworkFunction.Input::sizes).toList());
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
        return use(name, initial, shape, Parameter.Role.TRAINED);
    }

    @Override
    public long[] buffer(final String name, final Initial initial, final long... shape) {
        return use(name, initial, shape, Parameter.Role.BUFFER);
    }

    private long[] use(final String name, final Initial initial, final long[] shape, final Parameter.Role role) {
        final Parameter parameter =
                new Parameter(name, Arrays.stream(shape).boxed().toList(), initial, role);
        final Parameter known = parameters.putIfAbsent(name, parameter);
        if (!names.add(name) || known != null && !known.equals(parameter)) {
            throw new IllegalArgumentException("two parameters are called " + name);
        }
        return shape;
    }

    @Override
    public long[] conv(final long[] x, final long[] weight, final long[] bias, final Window window) {
        require(
                x.length == 4 && x[1] == weight[1] * window.groups() && weight[0] % window.groups() == 0,
                "convolution of " + x[1] + " channels by " + weight[1]);
        final long height = (x[2] + 2L * window.paddingY() - weight[2]) / window.strideY() + 1;
        final long width = (x[3] + 2L * window.paddingX() - weight[3]) / window.strideX() + 1;
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
    public long[] padRightBottom(final long[] picture, final int right, final int bottom) {
        return new long[] {picture[0], picture[1], picture[2] + bottom, picture[3] + right};
    }

    @Override
    public long[] maxPool(final long[] picture, final int size, final int stride, final int padding) {
        return new long[] {
            picture[0],
            picture[1],
            (picture[2] + 2L * padding - size) / stride + 1,
            (picture[3] + 2L * padding - size) / stride + 1
        };
    }

    @Override
    public long[] averagePool(final long[] picture, final int size, final int stride, final int padding) {
        return maxPool(picture, size, stride, padding);
    }

    @Override
    public long[] resize(final long[] picture, final long height, final long width, final Resize how) {
        return new long[] {picture[0], picture[1], height, width};
    }

    @Override
    public long[] resizeLike(final long[] picture, final long[] like, final Resize how) {
        return resize(picture, like[2], like[3], how);
    }

    @Override
    public long[] doubled(final long[] picture) {
        return resize(picture, 2 * picture[2], 2 * picture[3], Resize.nearest());
    }

    @Override
    public long[] groupNorm(
            final long[] x, final long[] scale, final long[] shift, final int groups, final double epsilon) {
        require(x[1] == scale[0] && x[1] % groups == 0, groups + " groups of " + x[1] + " channels");
        return x;
    }

    @Override
    public long[] layerNorm(final long[] x, final long[] scale, final long[] shift, final double epsilon) {
        require(scale == null || x[x.length - 1] == scale[0], "normalisation of another width");
        return x;
    }

    @Override
    public long[] batchNorm(
            final long[] x,
            final long[] scale,
            final long[] shift,
            final long[] mean,
            final long[] variance,
            final double epsilon) {
        require(x[1] == mean[0] && x[1] == variance[0], "normalisation of another width");
        return x;
    }

    @Override
    public long[] unitLength(final long[] x, final double epsilon) {
        return x;
    }

    @Override
    public long[] relu(final long[] x) {
        return x;
    }

    @Override
    public long[] tanh(final long[] x) {
        return x;
    }

    @Override
    public long[] sigmoid(final long[] x) {
        return x;
    }

    @Override
    public long[] softmax(final long[] x, final int dimension) {
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
        final int rank = Math.max(a.length, b.length);
        final long[] out = new long[rank];
        for (int i = 1; i <= rank; i++) {
            final long one = i <= a.length ? a[a.length - i] : 1;
            final long other = i <= b.length ? b[b.length - i] : 1;
            require(
                    one == other || one == 1 || other == 1,
                    "shapes " + Arrays.toString(a) + " and " + Arrays.toString(b) + " do not fit");
            out[rank - i] = Math.max(one, other);
        }
        return out;
    }

    @Override
    public long[] sub(final long[] a, final long[] b) {
        return add(a, b);
    }

    @Override
    public long[] mul(final long[] a, final long[] b) {
        return add(a, b);
    }

    @Override
    public long[] scale(final long[] x, final double factor) {
        return x;
    }

    @Override
    public long[] div(final long[] a, final long[] b) {
        return add(a, b);
    }

    @Override
    public long[] plus(final long[] x, final double number) {
        return x;
    }

    @Override
    public long[] matmul(final long[] a, final long[] b) {
        final int n = a.length;
        require(n == b.length && n >= 2 && a[n - 1] == b[n - 2], "product of unequal widths");
        final long[] out = a.clone();
        for (int i = 0; i < n - 2; i++) {
            out[i] = Math.max(a[i], b[i]);
        }
        out[n - 1] = b[n - 1];
        flops += 2.0 * size(out) * a[n - 1];
        return out;
    }

    @Override
    public long[] sum(final long[] x, final int dimension) {
        final long[] out = x.clone();
        out[place(x, dimension)] = 1;
        return out;
    }

    @Override
    public long[] mean(final long[] x, final int dimension) {
        return sum(x, dimension);
    }

    @Override
    public long[] max(final long[] x, final int dimension) {
        return sum(x, dimension);
    }

    @Override
    public long[] argMax(final long[] x, final int dimension) {
        return sum(x, dimension);
    }

    @Override
    public long[] slice(final long[] x, final int dimension, final long from, final long to) {
        final long[] out = x.clone();
        final int d = place(x, dimension);
        out[d] = (to < 0 ? x[d] : to) - from;
        require(out[d] >= 0 && from >= 0 && (to < 0 || to <= x[d]), "slice " + from + " to " + to + " of " + x[d]);
        return out;
    }

    @Override
    public long[] first(final long[] x, final int dimension, final long[] like) {
        return slice(x, dimension, 0, like[1]);
    }

    @Override
    public long[] last(final long[] x, final int dimension, final long[] like) {
        return first(x, dimension, like);
    }

    @Override
    public long[] padFront(final long[] tokens, final int multiple) {
        return new long[] {tokens[0], (tokens[1] + multiple - 1) / multiple * multiple, tokens[2]};
    }

    private static long side(final long[] tokens) {
        return (long) Math.ceil(Math.sqrt(tokens[1]));
    }

    @Override
    public long[] square(final long[] tokens, final int multiple, final boolean again) {
        final long side = (side(tokens) + multiple - 1) / multiple * multiple;
        return new long[] {tokens[0], side * side, tokens[2]};
    }

    @Override
    public long[] squarePicture(final long[] tokens) {
        final long side = side(tokens);
        require(side * side == tokens[1], tokens[1] + " tokens are no square");
        return new long[] {tokens[0], tokens[2], side, side};
    }

    @Override
    public long[] regions(final long[] tokens, final int perSide) {
        final long side = side(tokens);
        require(side * side == tokens[1] && side % perSide == 0, perSide + " squares along a side of " + side);
        final long squares = (long) perSide * perSide;
        return new long[] {tokens[0] * squares, tokens[1] / squares, tokens[2]};
    }

    @Override
    public long[] fromRegions(final long[] regions, final int perSide) {
        final long squares = (long) perSide * perSide;
        require(regions[0] % squares == 0, regions[0] + " regions of " + squares);
        return new long[] {regions[0] / squares, regions[1] * squares, regions[2]};
    }

    @Override
    public long[] distances(final long[] x) {
        return new long[] {x[0], x[1], x[1]};
    }

    @Override
    public long[] transpose(final long[] x, final int a, final int b) {
        final long[] out = x.clone();
        out[place(x, a)] = x[place(x, b)];
        out[place(x, b)] = x[place(x, a)];
        return out;
    }

    @Override
    public long[] reshape(final long[] x, final long... sizes) {
        final long[] out = sizes.clone();
        int open = -1;
        double known = 1;
        for (int i = 0; i < out.length; i++) {
            out[i] = sizes[i] == 0 ? x[i] : sizes[i];
            if (out[i] < 0) {
                open = i;
            } else {
                known *= out[i];
            }
        }
        if (open >= 0) {
            out[open] = Math.round(size(x) / known);
        }
        require(size(out) == size(x), Arrays.toString(x) + " as " + Arrays.toString(sizes));
        return out;
    }

    @Override
    public long[] repeatLike(final long[] x, final long[] like) {
        require(x.length == 3 && x[0] == 1, "repeats one entry");
        return new long[] {like[0], x[1], x[2]};
    }

    @Override
    public long[] join(final long[] a, final long[] b, final int dimension) {
        final long[] out = a.clone();
        final int d = place(a, dimension);
        for (int i = 0; i < a.length; i++) {
            require(i == d || a[i] == b[i], "joining " + Arrays.toString(a) + " and " + Arrays.toString(b));
        }
        out[d] += b[d];
        return out;
    }

    @Override
    public long[] lookup(final long[] table, final long[] index) {
        return new long[] {index[0], index[1], table[1]};
    }

    private static int place(final long[] x, final int dimension) {
        return dimension < 0 ? x.length + dimension : dimension;
    }

    @Override
    public long[] addPerChannel(final long[] picture, final long[] vector) {
        require(picture[0] == vector[0] && picture[1] == vector[1], "vector of another width than the picture");
        return picture;
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
    public long[] attention(
            final long[] query, final long[] key, final long[] value, final int heads, final long[] bias) {
        attentionWeights(query, key, heads, bias);
        require(key[1] == value[1], "attention of unequal lengths");
        flops += 2.0 * query[0] * query[1] * key[1] * value[2];
        return new long[] {query[0], query[1], value[2]};
    }

    @Override
    public long[] attentionWeights(final long[] query, final long[] key, final int heads, final long[] bias) {
        require(query[2] == key[2] && query[2] % heads == 0, "attention of unequal widths");
        flops += 2.0 * query[0] * query[1] * key[1] * query[2];
        final long[] weights = {query[0], heads, query[1], key[1]};
        require(bias == null || Arrays.equals(add(weights, bias), weights), "bias of another shape");
        return weights;
    }

    @Override
    public long[] weighted(final long[] weights, final long[] value) {
        require(weights[3] == value[1] && value[2] % weights[1] == 0, "attention of unequal lengths");
        flops += 2.0 * weights[0] * weights[2] * weights[3] * value[2];
        return new long[] {weights[0], weights[2], value[2]};
    }

    @Override
    public long[] linearAttention(final long[] qkv, final int heads) {
        require(qkv[1] % (3L * heads) == 0, "attention of unequal widths");
        final long inner = qkv[1] / 3;
        flops += 4.0 * qkv[0] * qkv[2] * qkv[3] * inner * (inner / heads);
        return new long[] {qkv[0], inner, qkv[2], qkv[3]};
    }

    @Override
    public long[] timeEmbedding(final long[] t, final int width, final Sinusoids form) {
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
