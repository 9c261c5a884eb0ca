package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/**
 * Attention-based pooling (Ilse et al., arXiv 1802.04712).
 *
 * @param width numbers of a tile; 800 there
 * @param hidden width inside; 500 there
 * @param attention width of the attention; 128 there
 * @param outputs numbers of the answer; 1 there
 * @param gated whether attention has a gate
 */
record AbmilNetwork(int width, int hidden, int attention, int outputs, boolean gated) implements BagNetwork {
    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> tiles) {
        final T h = ops.relu(Layers.linear(ops, "feature_extractor_part2.0", tiles.inRow(ops), width, hidden));
        final Attention.Names names =
                new Attention.Names("attention_V.0", gated ? "attention_U.0" : null, "attention_w");
        final T scores = Attention.scores(ops, names, h, hidden, attention, 1);
        final T weights = ops.softmax(ops.transpose(scores, 1, 2), 2);
        final T bag = ops.reshape(ops.matmul(weights, h), 1, -1);
        return List.of(Layers.linear(ops, "classifier.0", bag, hidden, outputs), ops.reshape(weights, 1, -1));
    }
}
