package org.selfdiff.imaging.tiff;

import java.util.Arrays;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.run.RunFailed;

/** The table of blocks that a directory describes by its tags (TIFF 6.0, sections 3 and 15). */
public final class DirectoryBlocks {
    private static final int MAX_BLOCKS = 1 << 24;

    /** Up to so many blocks their table is made whether or not the file holds them all: 16 MB. */
    private static final int SURE_BLOCKS = 1 << 20;

    private static final int CUT_BYTES = 1 << 18;

    private DirectoryBlocks() {}

    /**
     * Reads sizes, offsets and lengths.
     *
     * @throws RunFailed naming the tag that is missing or contradicts the others, or if a block is larger than the limits
     */
    public static BlockTable of(final TiffDirectory directory, final DecodeLimits limits) throws RunFailed {
        final BlockGrid grid = grid(directory, limits);
        final boolean planar = directory.number(TiffTag.PLANAR_CONFIGURATION, 1) == 2;
        final int planes = planar ? SampleLayout.samples(directory) : 1;
        final int count = grid.count() * planes;
        final boolean tiles = !grid.strips();
        final int offsetTag =
                tiles && directory.has(TiffTag.TILE_OFFSETS) ? TiffTag.TILE_OFFSETS : TiffTag.STRIP_OFFSETS;
        final int lengthTag =
                tiles && directory.has(TiffTag.TILE_BYTE_COUNTS) ? TiffTag.TILE_BYTE_COUNTS : TiffTag.STRIP_BYTE_COUNTS;
        final long[] offsets = directory.numbers(offsetTag, count);
        final long[] lengths = directory.numbers(lengthTag, count);
        if (Arrays.stream(lengths).allMatch(length -> length == 0)) { // a few may be left out, and show white
            throw directory.broken(lengthTag, "The tag says of every block that it has no bytes", null);
        }
        final BlockTable table = new BlockTable(grid, planes, offsets, lengths, new byte[0]);
        return grid.strips() ? cut(directory, table, limits) : table;
    }

    private static BlockGrid grid(final TiffDirectory directory, final DecodeLimits limits) throws RunFailed {
        final long width = side(directory, TiffTag.IMAGE_WIDTH);
        final long height = side(directory, TiffTag.IMAGE_LENGTH);
        final boolean tiles = directory.has(TiffTag.TILE_WIDTH);
        final long blockWidth = tiles ? side(directory, TiffTag.TILE_WIDTH) : width;
        final long rows = directory.number(TiffTag.ROWS_PER_STRIP, height);
        if (rows < 0) {
            throw directory.broken(TiffTag.ROWS_PER_STRIP, "The tag declares " + rows + " rows", null);
        }
        final long blockHeight =
                tiles ? side(directory, TiffTag.TILE_LENGTH) : rows == 0 ? height : Math.min(rows, height);
        final boolean whole = !tiles && uncompressed(directory);
        limits.check(where(directory), blockWidth, whole ? 1 : blockHeight);
        final long columns = (width - 1) / blockWidth + 1;
        final long blocks = columns * ((height - 1) / blockHeight + 1);
        if (columns > MAX_BLOCKS || blocks > MAX_BLOCKS) {
            throw directory.broken(TiffTag.IMAGE_WIDTH, "The image would have " + blocks + " blocks", null);
        }
        return new BlockGrid(width, height, (int) blockWidth, (int) blockHeight, !tiles);
    }

    private static String where(final TiffDirectory directory) {
        return directory.file().name() + ", " + directory.label();
    }

    private static long side(final TiffDirectory directory, final int tag) throws RunFailed {
        final long side = directory.number(tag);
        if (side < 1 || side > Integer.MAX_VALUE) {
            throw directory.broken(tag, "The tag declares " + side + " pixels", null);
        }
        return side;
    }

    /** Whether the rows of a strip can be found without reading those before. */
    private static boolean uncompressed(final TiffDirectory directory) throws RunFailed {
        return directory.number(TiffTag.COMPRESSION, Compression.NONE) == Compression.NONE
                && directory.number(TiffTag.PHOTOMETRIC, 1) != SampleLayout.YCBCR;
    }

    /** Cuts uncompressed strips into lower ones, so that a rectangle of a single large strip reads few rows. */
    private static BlockTable cut(final TiffDirectory directory, final BlockTable table, final DecodeLimits limits)
            throws RunFailed {
        final BlockGrid grid = table.grid();
        final int planes = table.planes();
        if (!uncompressed(directory)) {
            return table;
        }
        final int samples = planes > 1 ? 1 : SampleLayout.samples(directory);
        final long rowBytes = (grid.width() * samples * SampleLayout.bits(directory) + 7) / 8;
        final int rows = cutRows(grid, rowBytes);
        final BlockGrid fine = new BlockGrid(grid.width(), grid.height(), grid.blockWidth(), rows, true);
        if (fine.count() > MAX_BLOCKS / planes) {
            limits.check(where(directory), grid.blockWidth(), grid.blockHeight());
            return table;
        }
        if (fine.count() > SURE_BLOCKS / planes
                && rowBytes * planes > directory.file().length() / grid.height()) {
            throw directory.broken(
                    TiffTag.IMAGE_LENGTH,
                    "The tag declares " + grid.height() + " rows, more than the file holds",
                    null);
        }
        final long[] offsets = new long[planes * fine.count()];
        final long[] lengths = new long[offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            final int block = i % fine.count();
            final long row = (long) block * rows;
            final int strip = i / fine.count() * grid.count() + (int) (row / grid.blockHeight());
            final long skip = row % grid.blockHeight() * rowBytes;
            final long due = rowBytes * fine.heightOf(block);
            offsets[i] = table.offsets()[strip] + skip;
            lengths[i] = table.lengths()[strip] == 0 ? 0 : Math.max(1, Math.min(due, table.lengths()[strip] - skip));
        }
        return new BlockTable(fine, planes, offsets, lengths, new byte[0]);
    }

    /** The most rows of at most 256 KiB that divide a strip; where there is only one strip it need not be divided evenly. */
    private static int cutRows(final BlockGrid grid, final long rowBytes) {
        int rows = (int) Math.max(1, Math.min(grid.blockHeight(), CUT_BYTES / rowBytes));
        while (grid.rows() > 1 && grid.blockHeight() % rows != 0) {
            rows--;
        }
        return rows;
    }
}
