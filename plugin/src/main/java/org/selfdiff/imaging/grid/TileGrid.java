package org.selfdiff.imaging.grid;

import java.util.stream.IntStream;

/**
 * Where tiles lie along a side: at 0, stride, 2 stride and so on, or one in the middle.
 *
 * @param tile side of a tile in pixels, at least 1
 * @param stride distance of neighbours in pixels, 1 to any; less than the tile means overlap
 * @param border what happens to the rest that a whole tile does not fit into
 */
public record TileGrid(int tile, int stride, Border border) {

    /** What happens at the right and lower border. */
    public enum Border {
        /** The rest is left out. */
        DROP,
        /** The last tile is moved inwards until it fits, so that it overlaps its neighbour more. */
        SHIFT,
        /** The last tile reaches past the picture, which is continued by reflection. */
        PAD,
        /** There is one tile, in the middle; the rest on both sides is left out. */
        CENTRE
    }

    /** Checks the ranges. */
    public TileGrid {
        if (tile < 1 || stride < 1) {
            throw new IllegalArgumentException("tile " + tile + ", stride " + stride);
        }
    }

    /** One tile in the middle. */
    public static TileGrid centre(final int tile) {
        return new TileGrid(tile, tile, Border.CENTRE);
    }

    /**
     * First pixels of the tiles along a side, ascending. With a stride up to the tile size, SHIFT and PAD cover every
     * pixel.
     *
     * @param length of the side in pixels, at least 1
     * @return empty if the tile does not fit and the border is not padded
     */
    public int[] starts(final int length) {
        if (length < tile) {
            return border == Border.PAD ? new int[] {0} : new int[0];
        }
        if (border == Border.CENTRE) {
            return new int[] {(length - tile) / 2};
        }
        final int whole = (length - tile) / stride + 1;
        final int reached = (whole - 1) * stride + tile;
        final IntStream starts = IntStream.range(0, whole).map(i -> i * stride);
        if (reached >= length || border == Border.DROP) {
            return starts.toArray();
        }
        final int last = border == Border.SHIFT ? length - tile : whole * stride;
        return last < length ? IntStream.concat(starts, IntStream.of(last)).toArray() : starts.toArray();
    }
}
