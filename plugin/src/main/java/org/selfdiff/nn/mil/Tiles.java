package org.selfdiff.nn.mil;

import org.selfdiff.nn.Ops;

/**
 * The tiles of a bag.
 *
 * @param x embeddings (regions, cells, width)
 * @param seen (regions, 1, 1, 1 + cells): 0 for the region's token and for cells that hold a tile, minus infinity for
 *     empty ones
 * @param places line and column of each cell, empty ones as well, in the slide's grid of tiles (regions, cells, 2)
 * @param <T> what stands for a tensor
 */
record Tiles<T>(T x, T seen, T places) {

    /** The tiles in a row (1, tiles, width), where each is a region of its own. */
    T inRow(final Ops<T> ops) {
        return ops.transpose(x, 0, 1);
    }
}
