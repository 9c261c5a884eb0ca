package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;
import org.selfdiff.nn.vit.VitBlock;

/**
 * Transformers inside regions of neighbouring tiles, then between regions (after Cersovsky et al. 2023).
 *
 * @param spec sizes
 */
record RegionalNetwork(MilSpec spec) implements BagNetwork {
    private static final double EPSILON = 1e-6;

    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> in) {
        final int d = spec.hidden();
        final int cells = spec.cells();
        final T places = ops.parameter("places", Initial.normal(0.02), 1, cells, d);
        final T tiles = ops.add(ops.gelu(Layers.linear(ops, "embed", in.x(), spec.width(), d)), places);
        final T regionToken = ops.parameter("region_token", Initial.normal(0.02), 1, 1, d);
        T h = ops.join(ops.repeatLike(regionToken, tiles), tiles, 1);
        for (int i = 0; i < spec.depth() - 1; i++) {
            h = block("inside." + i + ".").forward(ops, h, in.seen());
        }
        final VitBlock.Seen<T> inside =
                block("inside." + (spec.depth() - 1) + ".").seen(ops, h, in.seen());
        final T regions = ops.transpose(ops.slice(inside.out(), 1, 0, 1), 0, 1);
        T s = ops.join(ops.parameter("slide_token", Initial.normal(0.02), 1, 1, d), regions, 1);
        for (int i = 0; i < spec.depth() - 1; i++) {
            s = block("between." + i + ".").forward(ops, s);
        }
        final VitBlock.Seen<T> between =
                block("between." + (spec.depth() - 1) + ".").seen(ops, s);
        final T scale = ops.parameter("norm.weight", Initial.ones(), d);
        final T shift = ops.parameter("norm.bias", Initial.zeros(), d);
        final T slide = ops.layerNorm(ops.slice(between.out(), 1, 0, 1), scale, shift, EPSILON);
        final T logits = Layers.linear(ops, "head", ops.reshape(slide, 1, -1), d, spec.outputs());
        return List.of(logits, toToken(ops, between.weights()), toToken(ops, inside.weights()));
    }

    /** What the first token attends to in the others, mean over heads. */
    private <T> T toToken(final Ops<T> ops, final T weights) {
        final T row = ops.slice(ops.slice(ops.mean(weights, 1), 2, 0, 1), 3, 1, -1);
        return ops.reshape(row, 0, -1);
    }

    private VitBlock block(final String name) {
        return new VitBlock(name, spec.hidden(), spec.heads(), 2 * spec.hidden(), false, false, EPSILON);
    }
}
