package org.selfdiff.bench.peer;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.Resize;
import org.selfdiff.nn.Sinusoids;
import org.selfdiff.nn.Window;

/**
 * Backend that runs a network eagerly through LibTorch's C++ API, one call per operator, as a C++ program would. Made for
 * one pass; the parameters are asked for in the order of the parameter list.
 */
@SuppressWarnings("try") // scopes act by being there
final class PeerOps implements Ops<Tensor> {
    private final Iterator<Tensor> parameters;

    private final ScalarType type;

    private final Lifetimes lifetimes;

    /**
     * Prepares a pass.
     *
     * @param parameters the network's parameters
     * @param type number type of the layers
     * @param lifetimes the same for all passes of a network
     */
    PeerOps(final List<Tensor> parameters, final ScalarType type, final Lifetimes lifetimes) {
        this.parameters = parameters.iterator();
        this.type = type;
        this.lifetimes = lifetimes;
    }

    /** Runs an operator and frees the handles it made on the way. */
    private Tensor run(final Supplier<Tensor> operator, final Tensor... read) {
        final Tensor result;
        try (PointerScope handles = new PointerScope()) {
            result = operator.get();
            // outlives the scope; whoever closes it gives back the reference
            result.retainReference();
        }
        return lifetimes.ran(result, read);
    }

    /** Casts to the number type of the layers where that is not the tensor's. */
    Tensor toCompute(final Tensor x) {
        return x.scalar_type() == type ? x : run(() -> x.to(type), x);
    }

    /** Casts to 32-bit floats. */
    Tensor fromCompute(final Tensor x) {
        return type == ScalarType.Float ? x : run(() -> x.to(ScalarType.Float), x);
    }

    private static TensorOptional optional(final Tensor x) {
        return x == null ? new TensorOptional() : new TensorOptional(x);
    }

    private static long[] pair(final long value) {
        return new long[] {value, value};
    }

    @Override
    public Tensor parameter(final String name, final Initial initial, final long... shape) {
        return toCompute(parameters.next());
    }

    @Override
    public Tensor conv(final Tensor x, final Tensor weight, final Tensor bias, final Window window) {
        return run(
                () -> torch.conv2d(
                        x,
                        weight,
                        optional(bias),
                        new long[] {window.strideY(), window.strideX()},
                        new long[] {window.paddingY(), window.paddingX()},
                        pair(1),
                        window.groups()),
                x,
                weight,
                bias);
    }

    @Override
    public Tensor convTransposed(
            final Tensor x, final Tensor weight, final Tensor bias, final int stride, final int padding) {
        return run(
                () -> torch.conv_transpose2d(
                        x, weight, optional(bias), pair(stride), pair(padding), pair(0), 1, pair(1)),
                x,
                weight,
                bias);
    }

    @Override
    public Tensor groupNorm(
            final Tensor x, final Tensor scale, final Tensor shift, final int groups, final double epsilon) {
        return run(() -> torch.group_norm(x, groups, optional(scale), optional(shift), epsilon, true), x, scale, shift);
    }

    @Override
    public Tensor silu(final Tensor x) {
        return run(() -> torch.silu(x), x);
    }

    @Override
    public Tensor gelu(final Tensor x) {
        return run(() -> torch.gelu(x), x);
    }

    @Override
    public Tensor linear(final Tensor x, final Tensor weight, final Tensor bias) {
        return run(() -> torch.linear(x, weight, optional(bias)), x, weight, bias);
    }

    @Override
    public Tensor add(final Tensor a, final Tensor b) {
        return run(() -> a.add(b), a, b);
    }

    @Override
    public Tensor addPerChannel(final Tensor picture, final Tensor vector) {
        return run(() -> picture.add(vector.unsqueeze(-1).unsqueeze(-1)), picture, vector);
    }

    @Override
    public Tensor join(final Tensor a, final Tensor b, final int dimension) {
        return run(() -> torch.cat(new TensorVector(a, b), dimension), a, b);
    }

    @Override
    public Tensor tokens(final Tensor picture) {
        return run(() -> picture.flatten(2, -1).transpose(1, 2), picture);
    }

    @Override
    public Tensor picture(final Tensor tokens, final Tensor like) {
        return run(
                () -> tokens.transpose(1, 2).reshape(tokens.size(0), tokens.size(2), like.size(2), like.size(3)),
                tokens,
                like);
    }

    @Override
    public Tensor asLinear(final Tensor weight) {
        return run(() -> weight.flatten(1, -1), weight);
    }

    @Override
    public Tensor piece(final Tensor x, final int index, final int parts) {
        final long width = x.size(x.dim() - 1) / parts;
        return run(() -> x.narrow(-1, index * width, width), x);
    }

    @Override
    public Tensor attention(
            final Tensor query, final Tensor key, final Tensor value, final int heads, final Tensor bias) {
        return run(
                () -> torch.scaled_dot_product_attention(
                                byHead(query, heads),
                                byHead(key, heads),
                                byHead(value, heads),
                                optional(bias),
                                0,
                                false,
                                new DoubleOptional(),
                                false)
                        .transpose(1, 2)
                        .flatten(2, -1),
                query,
                key,
                value);
    }

    private static Tensor byHead(final Tensor x, final int heads) {
        return x.reshape(x.size(0), x.size(1), heads, -1).transpose(1, 2);
    }

    @Override
    public Tensor linearAttention(final Tensor qkv, final int heads) {
        return run(
                () -> {
                    final long width = qkv.size(1) / (3L * heads);
                    final Tensor split = qkv.reshape(qkv.size(0), 3, heads, width, -1);
                    final Tensor query = torch.softmax(split.select(1, 0), 2).mul(new Scalar(Math.pow(width, -0.5)));
                    final Tensor key = torch.softmax(split.select(1, 1), -1);
                    final Tensor context = split.select(1, 2).matmul(key.transpose(2, 3));
                    return context.matmul(query).reshape(qkv.size(0), -1, qkv.size(2), qkv.size(3));
                },
                qkv);
    }

    @Override
    public Tensor timeEmbedding(final Tensor t, final int width, final Sinusoids form) {
        final double rate = form.rate(width);
        return toCompute(run(
                () -> {
                    final Tensor frequencies = torch.arange(new Scalar(width / 2.0f))
                            .mul(new Scalar(rate))
                            .exp();
                    final Tensor angles = t.unsqueeze(1).mul(frequencies.unsqueeze(0));
                    return torch.cat(
                            form.cosinesFirst()
                                    ? new TensorVector(angles.cos(), angles.sin())
                                    : new TensorVector(angles.sin(), angles.cos()),
                            1);
                },
                t));
    }

    @Override
    public Tensor buffer(final String name, final Initial initial, final long... shape) {
        throw notMeasured();
    }

    @Override
    public Tensor padRightBottom(final Tensor picture, final int right, final int bottom) {
        throw notMeasured();
    }

    @Override
    public Tensor maxPool(final Tensor picture, final int size, final int stride, final int padding) {
        throw notMeasured();
    }

    @Override
    public Tensor averagePool(final Tensor picture, final int size, final int stride, final int padding) {
        throw notMeasured();
    }

    @Override
    public Tensor resize(final Tensor picture, final long height, final long width, final Resize how) {
        throw notMeasured();
    }

    @Override
    public Tensor resizeLike(final Tensor picture, final Tensor like, final Resize how) {
        if (how.kind() != Resize.Kind.NEAREST) {
            throw notMeasured();
        }
        return run(
                () -> torch.upsample_nearest2d(
                        picture, new long[] {like.size(2), like.size(3)}, new DoubleOptional(), new DoubleOptional()),
                picture,
                like);
    }

    @Override
    public Tensor doubled(final Tensor picture) {
        throw notMeasured();
    }

    @Override
    public Tensor layerNorm(final Tensor x, final Tensor scale, final Tensor shift, final double epsilon) {
        return run(
                () -> torch.layer_norm(
                        x, new long[] {x.size(x.dim() - 1)}, optional(scale), optional(shift), epsilon, true),
                x,
                scale,
                shift);
    }

    @Override
    public Tensor batchNorm(
            final Tensor x,
            final Tensor scale,
            final Tensor shift,
            final Tensor mean,
            final Tensor variance,
            final double epsilon) {
        throw notMeasured();
    }

    @Override
    public Tensor unitLength(final Tensor x, final double epsilon) {
        throw notMeasured();
    }

    @Override
    public Tensor relu(final Tensor x) {
        return run(() -> torch.relu(x), x);
    }

    @Override
    public Tensor tanh(final Tensor x) {
        return run(() -> torch.tanh(x), x);
    }

    @Override
    public Tensor sigmoid(final Tensor x) {
        return run(() -> torch.sigmoid(x), x);
    }

    @Override
    public Tensor softmax(final Tensor x, final int dimension) {
        return run(() -> torch.softmax(x, dimension), x);
    }

    @Override
    public Tensor sub(final Tensor a, final Tensor b) {
        return run(() -> a.sub(b), a, b);
    }

    @Override
    public Tensor mul(final Tensor a, final Tensor b) {
        return run(() -> a.mul(b), a, b);
    }

    @Override
    public Tensor scale(final Tensor x, final double factor) {
        return run(() -> x.mul(new Scalar(factor)), x);
    }

    @Override
    public Tensor matmul(final Tensor a, final Tensor b) {
        return run(() -> a.matmul(b), a, b);
    }

    @Override
    public Tensor sum(final Tensor x, final int dimension) {
        return run(() -> x.sum(new long[] {dimension}, true, new ScalarTypeOptional()), x);
    }

    @Override
    public Tensor mean(final Tensor x, final int dimension) {
        return run(() -> x.mean(new long[] {dimension}, true, new ScalarTypeOptional()), x);
    }

    @Override
    public Tensor max(final Tensor x, final int dimension) {
        return run(() -> x.amax(new long[] {dimension}, true), x);
    }

    @Override
    public Tensor slice(final Tensor x, final int dimension, final long from, final long to) {
        return run(() -> cut(x, dimension, from, to < 0 ? size(x, dimension) : to), x);
    }

    @Override
    public Tensor transpose(final Tensor x, final int a, final int b) {
        return run(() -> x.transpose(a, b), x);
    }

    @Override
    public Tensor reshape(final Tensor x, final long... sizes) {
        final long[] known = sizes.clone();
        for (int i = 0; i < known.length; i++) {
            known[i] = known[i] == 0 ? x.size(i) : known[i];
        }
        return run(() -> x.reshape(known), x);
    }

    @Override
    public Tensor repeatLike(final Tensor x, final Tensor like) {
        return run(() -> x.expand(new long[] {like.size(0), -1, -1}, false), x, like);
    }

    @Override
    public Tensor lookup(final Tensor table, final Tensor index) {
        throw notMeasured();
    }

    @Override
    public Tensor attentionWeights(final Tensor query, final Tensor key, final int heads, final Tensor bias) {
        return run(
                () -> {
                    final Tensor q = byHead(query, heads);
                    final Tensor products =
                            q.matmul(byHead(key, heads).transpose(2, 3)).mul(new Scalar(Math.pow(q.size(3), -0.5)));
                    return torch.softmax(bias == null ? products : products.add(bias), -1);
                },
                query,
                key,
                bias);
    }

    @Override
    public Tensor weighted(final Tensor weights, final Tensor value) {
        return run(
                () -> weights.matmul(byHead(value, (int) weights.size(1)))
                        .transpose(1, 2)
                        .flatten(2, -1),
                weights,
                value);
    }

    private static long size(final Tensor x, final int dimension) {
        return x.size(dimension < 0 ? x.dim() + dimension : dimension);
    }

    private static Tensor cut(final Tensor x, final int dimension, final long from, final long to) {
        return x.slice(dimension, new LongOptional(from), new LongOptional(to), 1);
    }

    private static Tensor padded(final Tensor tokens, final long before, final long after) {
        return torch.constant_pad_nd(tokens, new long[] {0, 0, before, after}, new Scalar(0));
    }

    private static long side(final Tensor tokens) {
        return (long) Math.ceil(Math.sqrt(tokens.size(1)));
    }

    @Override
    public Tensor argMax(final Tensor x, final int dimension) {
        throw notMeasured();
    }

    @Override
    public Tensor div(final Tensor a, final Tensor b) {
        return run(() -> a.div(b), a, b);
    }

    @Override
    public Tensor plus(final Tensor x, final double number) {
        return run(() -> x.add(new Scalar(number)), x);
    }

    @Override
    public Tensor first(final Tensor x, final int dimension, final Tensor like) {
        return run(() -> cut(x, dimension, 0, like.size(1)), x, like);
    }

    @Override
    public Tensor last(final Tensor x, final int dimension, final Tensor like) {
        return run(() -> cut(x, dimension, size(x, dimension) - like.size(1), size(x, dimension)), x, like);
    }

    @Override
    public Tensor padFront(final Tensor tokens, final int multiple) {
        return run(() -> padded(tokens, Math.floorMod(-tokens.size(1), (long) multiple), 0), tokens);
    }

    @Override
    public Tensor square(final Tensor tokens, final int multiple, final boolean again) {
        return run(
                () -> {
                    final long side = (side(tokens) + multiple - 1) / multiple * multiple;
                    final long missing = side * side - tokens.size(1);
                    return again
                            ? torch.cat(new TensorVector(tokens, cut(tokens, 1, 0, missing)), 1)
                            : padded(tokens, 0, missing);
                },
                tokens);
    }

    @Override
    public Tensor squarePicture(final Tensor tokens) {
        final long side = side(tokens);
        return run(() -> tokens.transpose(1, 2).reshape(tokens.size(0), tokens.size(2), side, side), tokens);
    }

    @Override
    public Tensor regions(final Tensor tokens, final int perSide) {
        throw notMeasured();
    }

    @Override
    public Tensor fromRegions(final Tensor regions, final int perSide) {
        throw notMeasured();
    }

    @Override
    public Tensor distances(final Tensor x) {
        throw notMeasured();
    }

    private static UnsupportedOperationException notMeasured() {
        return new UnsupportedOperationException("no network of the benchmark uses it");
    }
}
