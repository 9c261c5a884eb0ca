package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/**
 * DSMIL (Li et al., arXiv 2011.08939): a classifier of tiles finds each class's critical tile, and tiles count by how
 * much their query resembles that tile's.
 *
 * @param width numbers of a tile
 * @param query width of queries; 128 there
 * @param outputs number of classes
 * @param deep whether queries are made by two layers, else by one
 * @param values whether the tiles that are summed go through a layer of their own
 */
record DsmilNetwork(int width, int query, int outputs, boolean deep, boolean values) implements BagNetwork {
    private static final String BAG = "b_classifier.";

    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> tiles) {
        return show(ops, tiles).subList(0, 2);
    }

    @Override
    public boolean shows() {
        return true;
    }

    /** Followed by the largest logits of tiles (1, outputs). */
    @Override
    public <T> List<T> show(final Ops<T> ops, final Tiles<T> tiles) {
        final T x = tiles.inRow(ops);
        final T each = Layers.linear(ops, "i_classifier.fc.0", x, width, outputs);
        final T critical = ops.reshape(ops.argMax(each, 1), 1, -1);
        final T queries = queries(ops, x);
        final T asked = ops.lookup(ops.reshape(queries, -1, query), critical);
        final T likeness = ops.scale(ops.matmul(queries, ops.transpose(asked, 1, 2)), 1 / Math.sqrt(query));
        final T weights = ops.transpose(ops.softmax(likeness, 1), 1, 2);
        final T summed = values ? ops.relu(Layers.linear(ops, BAG + "v.1", x, width, width)) : x;
        final T bags = ops.reshape(ops.matmul(weights, summed), 1, -1);
        final Initial initial = Initial.fanIn((long) outputs * width);
        final T weight = ops.reshape(ops.parameter(BAG + "fcc.weight", initial, outputs, outputs, width), 0, -1);
        final T logits = ops.linear(bags, weight, ops.parameter(BAG + "fcc.bias", initial, outputs));
        return List.of(logits, ops.reshape(weights, outputs, -1), ops.reshape(ops.max(each, 1), 1, -1));
    }

    private <T> T queries(final Ops<T> ops, final T x) {
        if (!deep) {
            return Layers.linear(ops, BAG + "q", x, width, query);
        }
        final T inside = ops.relu(Layers.linear(ops, BAG + "q.0", x, width, query));
        return ops.tanh(Layers.linear(ops, BAG + "q.2", inside, query, query));
    }
}
