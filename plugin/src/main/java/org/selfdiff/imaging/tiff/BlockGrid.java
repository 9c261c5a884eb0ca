package org.selfdiff.imaging.tiff;

/**
 * How a level is cut into blocks, row by row from the upper left corner. Tiles are whole even where they reach past the
 * level; strips are blocks as wide as the level, and the last one ends with it (TIFF 6.0, sections 3 and 15).
 *
 * @param width of the level in pixels, padding included if there is some
 * @param height of the level in pixels
 * @param blockWidth in pixels
 * @param blockHeight in pixels
 * @param strips whether blocks end with the level
 */
public record BlockGrid(long width, long height, int blockWidth, int blockHeight, boolean strips) {

    /** Checks that all are positive and that there are no more than 2^31 - 1 blocks. */
    public BlockGrid {
        if (width < 1 || height < 1 || blockWidth < 1 || blockHeight < 1) {
            throw new IllegalArgumentException(width + " x " + height + " in " + blockWidth + " x " + blockHeight);
        }
        if (ceil(width, blockWidth) > Integer.MAX_VALUE / ceil(height, blockHeight)) {
            throw new IllegalArgumentException("too many blocks");
        }
    }

    private static long ceil(final long size, final int block) {
        return (size - 1) / block + 1;
    }

    /** Blocks in a row. */
    public int columns() {
        return (int) ceil(width, blockWidth);
    }

    /** Rows of blocks. */
    public int rows() {
        return (int) ceil(height, blockHeight);
    }

    /** All blocks. */
    public int count() {
        return columns() * rows();
    }

    /** Pixel rows that a block holds. */
    public int heightOf(final int block) {
        if (!strips) {
            return blockHeight;
        }
        return (int) Math.min(blockHeight, height - (long) (block / columns()) * blockHeight);
    }
}
