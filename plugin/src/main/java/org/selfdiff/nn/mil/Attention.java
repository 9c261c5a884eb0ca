package org.selfdiff.nn.mil;

import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/** Scores of tiles by a small network, and what they become. */
final class Attention {
    private Attention() {}

    /**
     * Scores {@code w (tanh(V h) * sigmoid(U h))}, or without the sigmoid (Ilse et al., arXiv 1802.04712).
     *
     * @param names of V, U and w; U of {@code null} for no gate
     * @param rows scores of a tile
     * @return (1, tiles, rows)
     */
    static <T> T scores(
            final Ops<T> ops, final Names names, final T h, final int hidden, final int width, final int rows) {
        T seen = ops.tanh(Layers.linear(ops, names.value, h, hidden, width));
        if (names.gate != null) {
            seen = ops.mul(seen, ops.sigmoid(Layers.linear(ops, names.gate, h, hidden, width)));
        }
        return Layers.linear(ops, names.score, seen, width, rows);
    }

    /**
     * What layers are called.
     *
     * @param value of {@code tanh(V h)}
     * @param gate of {@code sigmoid(U h)}, or {@code null}
     * @param score of the last
     */
    record Names(String value, String gate, String score) {}

    /** Softmax over tiles, class by class, of what each tile says (1, tiles, outputs): (outputs, tiles). */
    static <T> T byClass(final Ops<T> ops, final T each, final int outputs) {
        return ops.softmax(ops.transpose(ops.reshape(each, -1, outputs), 0, 1), 1);
    }
}
