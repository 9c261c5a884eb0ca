package org.selfdiff.imaging.tiff;

import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.run.RunFailed;

/**
 * A level of a slide: what it is, where its blocks lie and what decodes them. A dialect may take its parts from anywhere:
 * a level that is smaller than its padded grid, blocks from a table of its own, or another codec.
 *
 * @param level size and resolution; the size is at most that of all blocks together
 * @param label what messages call it, such as {@code directory 2}
 * @param blocks where the blocks lie
 * @param codec what decodes them
 */
public record TiffLevel(PictureSource.Level level, String label, BlockTable blocks, BlockCodec codec) {

    /** Checks that the blocks cover the level. */
    public TiffLevel {
        final BlockGrid grid = blocks.grid();
        if (level.width() > (long) grid.columns() * grid.blockWidth()
                || level.height() > (long) grid.rows() * grid.blockHeight()
                || grid.strips() && level.height() > grid.height()) {
            throw new IllegalArgumentException(label + ": " + level + " is larger than " + grid);
        }
    }

    /**
     * A level as its directory describes it.
     *
     * @param level size and resolution as the dialect understands them
     * @throws RunFailed naming the tag that is missing, damaged or not read
     */
    public static TiffLevel of(
            final TiffDirectory directory,
            final PictureSource.Level level,
            final BlockCodecs codecs,
            final DecodeLimits limits)
            throws RunFailed {
        final BlockTable blocks = DirectoryBlocks.of(directory, limits);
        return new TiffLevel(level, directory.label(), blocks, codecs.of(directory, limits));
    }
}
