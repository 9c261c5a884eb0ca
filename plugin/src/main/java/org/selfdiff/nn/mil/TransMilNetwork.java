package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.Window;
import org.selfdiff.nn.block.Layers;

/**
 * TransMIL (Shao et al., arXiv 2106.00908): the list of tiles, repeated to a square, as tokens of two layers of
 * {@linkplain NystromAttention attention by landmarks} with convolutions of the square between them. Without dropout.
 *
 * @param width numbers of a tile; 1024 there
 * @param hidden width inside; 512 there
 * @param heads heads of attention, a divisor of the hidden width; 8 there
 * @param outputs number of classes
 */
record TransMilNetwork(int width, int hidden, int heads, int outputs) implements BagNetwork {
    private static final double EPSILON = 1e-5;

    private static final int ITERATIONS = 6;

    private static final int TAPS = 33;

    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> tiles) {
        final T given = tiles.inRow(ops);
        final T square = ops.square(ops.relu(Layers.linear(ops, "_fc1.0", given, width, hidden)), 1, true);
        final T token = ops.parameter("cls_token", Initial.normal(1), 1, 1, hidden);
        T h = ops.join(token, square, 1);
        h = ops.add(h, layer(ops, "layer1.", h).out());
        h = ops.join(ops.slice(h, 1, 0, 1), positions(ops, ops.slice(h, 1, 1, -1)), 1);
        final NystromAttention.Seen<T> seen = layer(ops, "layer2.", h);
        h = ops.add(h, seen.out());
        final T slide = ops.reshape(ops.slice(norm(ops, "norm", h), 1, 0, 1), 1, -1);
        final T toTiles = ops.relu(ops.slice(ops.mean(seen.first(), 1), 3, 1, -1));
        return List.of(
                Layers.linear(ops, "_fc2", slide, hidden, outputs), ops.first(ops.reshape(toTiles, 1, -1), 1, given));
    }

    private <T> NystromAttention.Seen<T> layer(final Ops<T> ops, final String name, final T x) {
        return new NystromAttention(
                        name + "attn.", hidden, heads, hidden / heads, Math.max(1, hidden / 2), ITERATIONS, TAPS)
                .seen(ops, norm(ops, name + "norm", x), null);
    }

    private <T> T norm(final Ops<T> ops, final String name, final T x) {
        final T scale = ops.parameter(name + ".weight", Initial.ones(), hidden);
        return ops.layerNorm(x, scale, ops.parameter(name + ".bias", Initial.zeros(), hidden), EPSILON);
    }

    /** The square and its depth-wise convolutions of three sizes. */
    private <T> T positions(final Ops<T> ops, final T square) {
        final T picture = ops.squarePicture(square);
        T sum = picture;
        final List<String> names = List.of("proj", "proj1", "proj2");
        for (int i = 0; i < names.size(); i++) {
            final int side = 7 - 2 * i;
            final String name = "pos_layer." + names.get(i);
            final Initial initial = Initial.fanIn((long) side * side);
            final T weight = ops.parameter(name + ".weight", initial, hidden, 1, side, side);
            final T bias = ops.parameter(name + ".bias", initial, hidden);
            sum = ops.add(
                    sum,
                    ops.conv(picture, weight, bias, Window.square(1, side / 2).inGroups(hidden)));
        }
        return ops.tokens(sum);
    }
}
