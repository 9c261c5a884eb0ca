package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/**
 * Tiles answer one by one; the bag's answer is the mean or, class by class, the largest of theirs (as in RRT-MIL, Tang
 * et al., arXiv 2402.17228).
 *
 * @param width numbers of a tile
 * @param hidden width inside
 * @param outputs numbers of the answer
 * @param largest whether it is the largest
 */
record PooledNetwork(int width, int hidden, int outputs, boolean largest) implements BagNetwork {
    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> tiles) {
        final T inside = ops.relu(Layers.linear(ops, "head.0", tiles.inRow(ops), width, hidden));
        final T each = Layers.linear(ops, "head.2", inside, hidden, outputs);
        if (largest) {
            return List.of(ops.reshape(ops.max(each, 1), 1, -1), Attention.byClass(ops, each, outputs));
        }
        final T flat = ops.scale(ops.slice(each, 2, 0, 1), 0);
        return List.of(ops.reshape(ops.mean(each, 1), 1, -1), ops.softmax(ops.reshape(flat, 1, -1), 1));
    }
}
