package org.selfdiff.imaging.tiff;

/**
 * Where the compressed blocks of a level lie in the file. Instances share the arrays that they are given and nobody
 * writes to them afterwards.
 *
 * @param grid how the level is cut
 * @param planes 1, or one for each sample if the samples lie in planes of their own (PlanarConfiguration 2)
 * @param offsets of block {@code b} of plane {@code p} at {@code p * grid.count() + b}
 * @param lengths in bytes, in the same order; 0 for a block that was left out, which shows white
 * @param prefix put before the bytes of every block, such as a header that the file keeps once
 */
public record BlockTable(BlockGrid grid, int planes, long[] offsets, long[] lengths, byte[] prefix) {

    /** Checks that the arrays fit the grid. */
    public BlockTable {
        if (planes < 1 || offsets.length != (long) planes * grid.count() || lengths.length != offsets.length) {
            throw new IllegalArgumentException(
                    offsets.length + " offsets, " + lengths.length + " lengths, " + planes + " x " + grid.count());
        }
    }

    /** Whether the file holds nothing for the block. */
    boolean isAbsent(final int block) {
        for (int p = 0; p < planes; p++) {
            if (lengths[p * grid.count() + block] == 0) {
                return true;
            }
        }
        return false;
    }
}
