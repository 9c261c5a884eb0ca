package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/**
 * Every tile looks at every other, wherever they lie: what regional attention is compared with.
 *
 * @param width numbers of a tile
 * @param hidden width inside
 * @param outputs numbers of the answer
 * @param depth blocks
 * @param heads heads of attention
 */
record GlobalNetwork(int width, int hidden, int outputs, int depth, int heads) implements BagNetwork {
    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> tiles) {
        final T h = ops.gelu(Layers.linear(ops, "embed", tiles.inRow(ops), width, hidden));
        final Pooling pooling = new Pooling("block.", "slide_token", hidden, depth, heads, MilSpec.Aggregation.TOKEN);
        final Pooling.Pooled<T> slide = pooling.pool(ops, h, null, null);
        return List.of(Pooling.answer(ops, slide.out(), hidden, outputs), slide.weights());
    }
}
