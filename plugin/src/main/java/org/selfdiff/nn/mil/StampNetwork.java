package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/**
 * The slide transformer of STAMP (El Nahhas et al., arXiv 2312.10944), with or without linear biases by distance (after
 * Press et al., arXiv 2108.12409): as published they are taken off after the softmax, in units of the mean distance seen
 * in training, and the token of the slide lies at (0, 0). Without dropout.
 *
 * @param width numbers of a tile
 * @param hidden width inside; 512 there
 * @param heads heads of attention; 8 there
 * @param layers number of layers; 2 there
 * @param feedForward width inside of feed-forward layers; 512 there
 * @param outputs numbers of the answer
 * @param byDistance whether attention falls with distance
 */
record StampNetwork(int width, int hidden, int heads, int layers, int feedForward, int outputs, boolean byDistance)
        implements BagNetwork {
    private static final double EPSILON = 1e-5;

    /** So low that nothing is seen of it. */
    private static final double UNSEEN = 1e9;

    /**
     * What is left out where bags are filled up to one length.
     *
     * @param cut 1 where a query must not see a key (bags, heads or 1, 1 + tiles, 1 + tiles), else 0
     * @param near 1 where distance counts, else 0 (bags or 1, 1, 1 + tiles, 1 + tiles)
     */
    record Left<T>(T cut, T near) {}

    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> tiles) {
        return bags(ops, tiles.inRow(ops), ops.transpose(tiles.places(), 0, 1), null);
    }

    /**
     * Describes it for bags of one length.
     *
     * @param x (bags, tiles, width)
     * @param places (bags, tiles, 2)
     * @param left {@code null} where no tile only fills up
     * @return logits (bags, outputs), attention to the tiles before distance is taken off (bags, tiles)
     */
    <T> List<T> bags(final Ops<T> ops, final T x, final T places, final Left<T> left) {
        final T projected = ops.gelu(Layers.linear(ops, "project_features.0", x, width, hidden));
        final T token = ops.reshape(ops.parameter("class_token", Initial.normal(1), hidden), 1, 1, hidden);
        T h = ops.join(ops.repeatLike(token, projected), projected, 1);
        final T distances = byDistance ? distances(ops, places, left) : null;
        if (byDistance) {
            ops.buffer(MilNetwork.ITEMS, Initial.ones(), 1);
        }
        T attention = null;
        for (int i = 0; i < layers; i++) {
            final String name = "transformer.layers." + i + ".";
            final T normal = norm(ops, name + "0.norm", h);
            final T weights = weights(ops, name + "0.mhsa.", normal, left);
            attention = weights;
            final T seen = ops.weighted(
                    byDistance ? lessDistance(ops, name + "0.mhsa.", weights, distances, left) : weights,
                    Layers.linear(ops, name + "0.mhsa.value", normal, hidden, hidden));
            h = ops.add(h, Layers.linear(ops, name + "0.mhsa.out", seen, hidden, hidden));
            final T inner = ops.gelu(Layers.linear(ops, name + "1.1", norm(ops, name + "1.0", h), hidden, feedForward));
            h = ops.add(h, Layers.linear(ops, name + "1.4", inner, feedForward, hidden));
        }
        final T slide = ops.slice(norm(ops, "transformer.norm", h), 1, 0, 1);
        final T row = ops.slice(ops.slice(ops.mean(attention, 1), 2, 0, 1), 3, 1, -1);
        return List.of(
                Layers.linear(ops, "mlp_head.0", ops.reshape(slide, 0, hidden), hidden, outputs),
                ops.reshape(row, 0, -1));
    }

    /** (bags, 1, 1 + tiles, 1 + tiles). */
    private static <T> T distances(final Ops<T> ops, final T places, final Left<T> left) {
        final T all = ops.join(ops.scale(ops.slice(places, 1, 0, 1), 0), places, 1);
        final T d = ops.distances(all);
        final T byHead = ops.reshape(d, 0, 1, 0, -1);
        return left == null ? byHead : ops.mul(byHead, left.near);
    }

    private <T> T weights(final Ops<T> ops, final String name, final T x, final Left<T> left) {
        final T query = Layers.linear(ops, name + "query", x, hidden, hidden);
        final T key = Layers.linear(ops, name + "key", x, hidden, hidden);
        // with distances the softmax sees what is cut afterwards
        final T bias = left == null || byDistance ? null : ops.scale(left.cut, -UNSEEN);
        return ops.attentionWeights(query, key, heads, bias);
    }

    private <T> T lessDistance(
            final Ops<T> ops, final String name, final T weights, final T distances, final Left<T> left) {
        final T mean = ops.buffer(name + "running_mean", Initial.ones(), heads);
        // drawn from 0 to 1 there
        final T scale = ops.parameter(name + "bias_scale", new Initial.Constant(0.5f), heads);
        final T bias = ops.mul(distances, ops.reshape(ops.div(scale, mean), 1, heads, 1, 1));
        final T less = ops.sub(weights, bias);
        return left == null ? less : ops.mul(less, ops.plus(ops.scale(left.cut, -1), 1));
    }

    private <T> T norm(final Ops<T> ops, final String name, final T x) {
        final T scale = ops.parameter(name + ".weight", Initial.ones(), hidden);
        return ops.layerNorm(x, scale, ops.parameter(name + ".bias", Initial.zeros(), hidden), EPSILON);
    }
}
