package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/**
 * The maximum that CLAM is compared with (Lu et al., arXiv 2004.09666): one tile stands for the bag, of two classes the
 * one that the second is most probable for, of more the one with the largest probability of any.
 *
 * @param width numbers of a tile
 * @param hidden width inside
 * @param outputs number of classes
 */
record ClamMaxNetwork(int width, int hidden, int outputs) implements BagNetwork {
    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> tiles) {
        final T h = ops.relu(Layers.linear(ops, "fc.0", tiles.inRow(ops), width, hidden));
        final T each = Layers.linear(ops, outputs == 2 ? "classifier" : "classifiers", h, hidden, outputs);
        final T probabilities = ops.softmax(each, 2);
        final T score = outputs == 2 ? ops.slice(probabilities, 2, 1, 2) : ops.max(probabilities, 2);
        final T tile = ops.argMax(ops.reshape(score, 1, -1), 1);
        final T logits = ops.lookup(ops.reshape(each, -1, outputs), tile);
        return List.of(ops.reshape(logits, 1, -1), ops.reshape(score, 1, -1));
    }
}
