package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.Window;
import org.selfdiff.nn.block.Layers;

/**
 * R2T / RRT-MIL (Tang et al., arXiv 2402.17228): tiles are embedded again by attention inside regions and between their
 * representatives, then pooled by attention. Regions follow the order of the list of tiles, not the slide; cells that
 * fill up the square are zeros before the layer that makes queries, keys and values, and take part. Without dropout.
 *
 * @param width numbers of a tile; 1024 there
 * @param hidden width inside; 512 there
 * @param attention width of the last pooling; 128 there
 * @param outputs number of classes
 * @param form what its authors choose by data set
 */
record RrtNetwork(int width, int hidden, int attention, int outputs, Form form) implements BagNetwork {
    private static final double EPSILON = 1e-5;

    private static final double ALMOST_NOTHING = 1e-8;

    /** Squares along a side where representatives are made; there as well, whatever the regions are. */
    private static final int CROSS_REGIONS = 8;

    private static final String ENCODER = "online_encoder.";

    /**
     * What its authors choose by data set.
     *
     * @param regions squares along a side; 8 there
     * @param layers layers inside regions; 1 there
     * @param heads heads inside regions; 8 there
     * @param taps length of the convolution of attention scores, odd; 15 there
     * @param representatives of a region; 3 there
     * @param crossHeads heads between representatives; 8 there
     * @param router whether representatives are made by two layers, else by one
     * @param shortcut whether the tiles before are added to those after
     * @param feedForward width inside of feed-forward layers; 0 for none
     */
    record Form(
            int regions,
            int layers,
            int heads,
            int taps,
            int representatives,
            int crossHeads,
            boolean router,
            boolean shortcut,
            int feedForward) {

        /** As published, with other numbers of layers and heads. */
        static Form published(final int layers, final int heads) {
            return new Form(8, layers, heads, 15, 3, heads, false, false, 0);
        }
    }

    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> tiles) {
        final T before = ops.relu(Layers.linear(ops, "patch_to_emb.0", tiles.inRow(ops), width, hidden));
        T h = before;
        for (int i = 0; i < form.layers; i++) {
            final String name = ENCODER + "layers." + i + ".";
            h = feedForward(ops, name, ops.add(h, inside(ops, name + "attn.", norm(ops, name + "norm", h))));
        }
        final String name = ENCODER + "cr_msa.";
        h = feedForward(ops, name, ops.add(h, across(ops, name + "attn.", norm(ops, name + "norm", h))));
        h = norm(ops, ENCODER + "norm", form.shortcut ? ops.add(h, before) : h);
        final String pool = "pool_fn.attention.attention.";
        final T scores = matrix(ops, pool + "2", ops.relu(matrix(ops, pool + "0", h, hidden, attention)), attention, 1);
        final T weights = ops.softmax(ops.transpose(scores, 1, 2), 2);
        final T bag = ops.reshape(ops.matmul(weights, h), 1, -1);
        return List.of(Layers.linear(ops, "predictor", bag, hidden, outputs), ops.reshape(weights, 1, -1));
    }

    private <T> T inside(final Ops<T> ops, final String name, final T x) {
        final T regions = ops.regions(ops.square(x, form.regions, false), form.regions);
        return ops.first(
                ops.fromRegions(attention(ops, name + "attn.", regions, form.heads, form.taps), form.regions), 1, x);
    }

    /** Representatives are sums over a region by weights; the way back spreads what they became by scaled weights. */
    private <T> T across(final Ops<T> ops, final String name, final T x) {
        final T regions = ops.regions(ops.square(x, CROSS_REGIONS, false), CROSS_REGIONS);
        final T logits = ops.transpose(router(ops, name + "phi", regions), 1, 2);
        final T least = ops.scale(ops.max(ops.scale(logits, -1), 2), -1);
        final T range = ops.plus(ops.sub(ops.max(logits, 2), least), ALMOST_NOTHING);
        final T back = ops.mul(ops.div(ops.sub(logits, least), range), ops.softmax(logits, 1));
        final T made = ops.transpose(ops.matmul(ops.softmax(logits, 2), regions), 0, 1);
        final T seen = ops.transpose(attention(ops, name + "attn.", made, form.crossHeads, 0), 0, 1);
        return ops.first(ops.fromRegions(ops.matmul(ops.transpose(back, 1, 2), seen), CROSS_REGIONS), 1, x);
    }

    private <T> T router(final Ops<T> ops, final String name, final T regions) {
        if (form.router) {
            final T inner = ops.tanh(matrix(ops, name + ".0", regions, hidden, hidden / 4));
            return matrix(ops, name + ".2", inner, hidden / 4, form.representatives);
        }
        final T table = ops.parameter(name, Initial.fanIn(form.representatives), hidden, form.representatives);
        return ops.matmul(regions, ops.reshape(table, 1, hidden, form.representatives));
    }

    private <T> T attention(final Ops<T> ops, final String name, final T x, final int heads, final int taps) {
        final T qkv = Layers.linear(ops, name + "qkv", x, hidden, 3 * hidden);
        final T q = byHead(ops, ops.scale(ops.piece(qkv, 0, 3), 1 / Math.sqrt((double) hidden / heads)), heads);
        T scores = ops.matmul(q, ops.transpose(byHead(ops, ops.piece(qkv, 1, 3), heads), 2, 3));
        if (taps > 0) {
            final Initial initial = Initial.fanIn(taps);
            final T filter = ops.parameter(name + "pe.weight", initial, heads, 1, taps, 1);
            final T bias = ops.parameter(name + "pe.bias", initial, heads);
            scores = ops.add(scores, ops.conv(scores, filter, bias, new Window(1, 1, taps / 2, 0, heads)));
        }
        final T seen = ops.weighted(ops.softmax(scores, 3), ops.piece(qkv, 2, 3));
        return Layers.linear(ops, name + "proj", seen, hidden, hidden);
    }

    private <T> T byHead(final Ops<T> ops, final T x, final int heads) {
        return ops.transpose(ops.reshape(x, 0, 0, heads, hidden / heads), 1, 2);
    }

    private <T> T feedForward(final Ops<T> ops, final String name, final T x) {
        if (form.feedForward == 0) {
            return x;
        }
        final T inner =
                ops.gelu(Layers.linear(ops, name + "mlp.fc1", norm(ops, name + "norm2", x), hidden, form.feedForward));
        return ops.add(x, Layers.linear(ops, name + "mlp.fc2", inner, form.feedForward, hidden));
    }

    private static <T> T matrix(final Ops<T> ops, final String name, final T x, final int in, final int out) {
        return ops.linear(x, ops.parameter(name + ".weight", Initial.fanIn(in), out, in), null);
    }

    private <T> T norm(final Ops<T> ops, final String name, final T x) {
        final T scale = ops.parameter(name + ".weight", Initial.ones(), hidden);
        return ops.layerNorm(x, scale, ops.parameter(name + ".bias", Initial.zeros(), hidden), EPSILON);
    }
}
