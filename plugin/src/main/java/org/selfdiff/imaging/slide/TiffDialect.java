package org.selfdiff.imaging.slide;

import java.util.List;
import java.util.Optional;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.BlockCodecs;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.imaging.tiff.TiffLevel;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * How one vendor keeps a slide in a TIFF: which directories are levels, how large they truly are, how large a pixel is.
 */
@FunctionalInterface
interface TiffDialect {
    /** Philips puts pictures of label and macro into it, some megabytes in base 64. */
    int MAX_DESCRIPTION = 1 << 25;

    /**
     * A slide as a dialect understands it.
     *
     * @param format the format's name
     * @param magnification of the objective, {@code NaN} if unknown
     * @param levels finest first
     * @param remarks what the file holds or says that is not followed
     */
    record Slide(String format, double magnification, List<TiffLevel> levels, List<String> remarks) {}

    /**
     * What a dialect needs to make levels.
     *
     * @param codecs decoders of blocks
     * @param limits what a block may cost
     * @param control for what takes long
     */
    record Means(BlockCodecs codecs, DecodeLimits limits, RunControl control) {

        /** A level that its directory describes wholly. */
        TiffLevel level(final TiffDirectory directory, final double downsample, final double mpp) throws RunFailed {
            final PictureSource.Level level =
                    new PictureSource.Level(width(directory), height(directory), downsample, mpp);
            return TiffLevel.of(directory, level, codecs, limits);
        }
    }

    /**
     * Understands a file.
     *
     * @return empty if the file is of another dialect
     * @throws RunFailed if it is of this dialect and damaged
     * @throws RunCancelled if the user stopped
     */
    Optional<Slide> read(TiffFile file, Means means) throws RunFailed, RunCancelled;

    /**
     * The ImageDescription of a directory, empty if there is none.
     *
     * @throws RunFailed if it is longer than any scanner's
     */
    static String description(final TiffDirectory directory) throws RunFailed {
        final long length = directory.count(TiffTag.IMAGE_DESCRIPTION);
        if (length > MAX_DESCRIPTION) {
            throw directory.broken(TiffTag.IMAGE_DESCRIPTION, "The description has " + length + " bytes", null);
        }
        return directory.ascii(TiffTag.IMAGE_DESCRIPTION);
    }

    /** Columns of a directory's picture. */
    static long width(final TiffDirectory directory) throws RunFailed {
        return side(directory, TiffTag.IMAGE_WIDTH);
    }

    /** Rows of a directory's picture. */
    static long height(final TiffDirectory directory) throws RunFailed {
        return side(directory, TiffTag.IMAGE_LENGTH);
    }

    private static long side(final TiffDirectory directory, final int tag) throws RunFailed {
        final long side = directory.number(tag);
        if (side < 1 || side > Integer.MAX_VALUE) {
            throw directory.broken(tag, "The tag declares " + side + " pixels", null);
        }
        return side;
    }

    /** Whether a directory's picture is cut into tiles. */
    static boolean tiled(final TiffDirectory directory) {
        return directory.has(TiffTag.TILE_WIDTH);
    }
}
