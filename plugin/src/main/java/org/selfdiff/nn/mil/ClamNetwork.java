package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/**
 * CLAM (Lu et al., arXiv 2004.09666): attention pooling, with one attention for all classes or one for each, and a
 * classifier of tiles for each class that learns from those attended to most and least.
 *
 * @param width numbers of a tile; 1024 there
 * @param hidden width inside; 512 there
 * @param attention width of the attention; 256 there
 * @param outputs number of classes
 * @param branches whether each class attends on its own (CLAM-MB)
 * @param gated whether attention has a gate
 */
record ClamNetwork(int width, int hidden, int attention, int outputs, boolean branches, boolean gated)
        implements BagNetwork {
    @Override
    public <T> List<T> classify(final Ops<T> ops, final Tiles<T> tiles) {
        return show(ops, tiles).subList(0, 2);
    }

    @Override
    public boolean shows() {
        return true;
    }

    /** Followed by what each class's classifier says of each tile (tiles, 2 outputs), against and for, class by class. */
    @Override
    public <T> List<T> show(final Ops<T> ops, final Tiles<T> tiles) {
        final T h = ops.relu(Layers.linear(ops, "attention_net.0", tiles.inRow(ops), width, hidden));
        final String net = "attention_net.3.";
        final Attention.Names names = gated
                ? new Attention.Names(net + "attention_a.0", net + "attention_b.0", net + "attention_c")
                : new Attention.Names(net + "module.0", null, net + "module.2");
        final T scores = Attention.scores(ops, names, h, hidden, attention, branches ? outputs : 1);
        final T weights = ops.softmax(ops.transpose(scores, 1, 2), 2);
        final T bags = ops.matmul(weights, h);
        final T logits = branches
                ? byBranch(ops, bags)
                : Layers.linear(ops, "classifiers", ops.reshape(bags, 1, -1), hidden, outputs);
        T each = null;
        for (int c = 0; c < outputs; c++) {
            final T own = Layers.linear(ops, "instance_classifiers." + c, h, hidden, 2);
            each = each == null ? own : ops.join(each, own, 2);
        }
        return List.of(logits, ops.reshape(weights, branches ? outputs : 1, -1), ops.reshape(each, -1, 2L * outputs));
    }

    private <T> T byBranch(final Ops<T> ops, final T bags) {
        T logits = null;
        for (int c = 0; c < outputs; c++) {
            final T bag = ops.reshape(ops.slice(bags, 1, c, c + 1), 1, -1);
            final T own = Layers.linear(ops, "classifiers." + c, bag, hidden, 1);
            logits = logits == null ? own : ops.join(logits, own, 1);
        }
        return logits;
    }
}
