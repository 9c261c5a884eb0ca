package org.selfdiff.imaging.tiff;

import java.util.ArrayList;
import java.util.List;

/**
 * The part of a block that lies in a rectangle.
 *
 * @param block number of the block
 * @param window where it lies in the block
 * @param toX left column in the rectangle
 * @param toY upper row in the rectangle
 */
record BlockPart(int block, BlockWindow window, int toX, int toY) {

    /** The parts of a rectangle that lies in the grid, in the order of the blocks. */
    static List<BlockPart> of(final BlockGrid grid, final long x, final long y, final int width, final int height) {
        final int bw = grid.blockWidth();
        final int bh = grid.blockHeight();
        final List<BlockPart> parts = new ArrayList<>();
        for (long row = y / bh; row <= (y + height - 1) / bh; row++) {
            final long top = Math.max(y, row * bh);
            final int h = (int) (Math.min(y + height, (row + 1) * bh) - top);
            for (long column = x / bw; column <= (x + width - 1) / bw; column++) {
                final long left = Math.max(x, column * bw);
                final int w = (int) (Math.min(x + width, (column + 1) * bw) - left);
                final int block = (int) (row * grid.columns() + column);
                parts.add(new BlockPart(
                        block,
                        new BlockWindow((int) (left - column * bw), (int) (top - row * bh), w, h),
                        (int) (left - x),
                        (int) (top - y)));
            }
        }
        return parts;
    }
}
