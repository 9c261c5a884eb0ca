package org.selfdiff.nn.mil;

import java.util.List;
import org.selfdiff.nn.Ops;

/** A way from the tiles of a bag to one answer. */
interface BagNetwork {

    /**
     * Describes it.
     *
     * @return logits (1, outputs); attention to the regions (1 or outputs, regions), with a row for each class where
     *     classes attend on their own; with regions, attention to their cells (regions, cells)
     */
    <T> List<T> classify(Ops<T> ops, Tiles<T> tiles);

    /** Whether training sees more of it than {@link #classify} gives. */
    default boolean shows() {
        return false;
    }

    /** The same, followed by what its own loss sees. */
    default <T> List<T> show(final Ops<T> ops, final Tiles<T> tiles) {
        return classify(ops, tiles);
    }
}
