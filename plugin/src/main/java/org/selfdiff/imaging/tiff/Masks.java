package org.selfdiff.imaging.tiff;

import java.nio.file.Path;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.PictureHeader;
import org.selfdiff.imaging.PictureRemarks;
import org.selfdiff.imaging.RawMask;
import org.selfdiff.run.RunFailed;

/**
 * Reads masks that are pictures of any format, whole. A file has the same labels in every format, and at every size
 * whether it is read whole or in blocks.
 */
public final class Masks {

    private Masks() {}

    /** Whether a mask is read in blocks where it is large. */
    public static boolean inBlocks(final PictureHeader header) {
        return header.format() == PictureHeader.Format.TIFF
                || header.format() == PictureHeader.Format.TIFF_OF_JPEG; // which says why it is refused
    }

    /**
     * How the file says that its picture is to be turned, 1 to 8 as EXIF and TIFF number it; 1 is upright, or not noted.
     *
     * @throws RunFailed if the file cannot be read
     */
    public static int orientation(final Path file) throws RunFailed {
        final PictureHeader header = PictureHeader.read(file);
        if (!inBlocks(header)) {
            return PictureRemarks.orientation(file, header);
        }
        try (TiffFile tiff = TiffFile.open(file)) {
            final long noted = tiff.directories().get(0).number(TiffTag.ORIENTATION, 1);
            return noted >= 1 && noted <= 8 ? (int) noted : 1;
        }
    }

    /**
     * Reads a mask.
     *
     * @return labels by the rule
     * @throws RunFailed naming the file, if it cannot be read, may not hold what was saved (JPEG), holds several pictures,
     *     or values that the rule does not cover
     */
    public static LabelMap read(final Path file, final MaskCoding coding, final DecodeLimits limits) throws RunFailed {
        final PictureHeader header = PictureHeader.read(file);
        if (!inBlocks(header)) {
            requireSmall(file, header, limits);
            return coding.labels(RawMask.read(file, limits), MaskCoding.in(file.toString()));
        }
        limits.check(file.toString(), header.width(), header.height());
        final TiffFile tiff = TiffFile.open(file);
        try (LabelSource source = LabelSource.of(tiff, limits, BlockCache.small())) {
            return whole(source, coding, limits);
        } finally {
            tiff.close();
        }
    }

    /** Refuses what is too large to be decoded as a whole, with a remedy that keeps the labels. */
    private static void requireSmall(final Path file, final PictureHeader header, final DecodeLimits limits)
            throws RunFailed {
        if (header.height() > 0 && header.width() > limits.maxPixels() / header.height()) {
            throw new RunFailed(
                    "The mask declares " + header.width() + " x " + header.height() + " pixels, more than the limit of "
                            + limits.maxPixels() + " for " + header.format().title(),
                    file.toString(),
                    "Save it as tiled TIFF with deflate or LZW compression, which is read in blocks at any size.");
        }
    }

    /**
     * All labels of a source.
     *
     * @throws RunFailed if it has more pixels than the limits allow, or cannot be read
     */
    public static LabelMap whole(final LabelSource source, final MaskCoding coding, final DecodeLimits limits)
            throws RunFailed {
        limits.check(source.name(), source.width(), source.height());
        final RawMask raw = source.sampled(0, 0, 1, (int) source.width(), (int) source.height());
        return coding.labels(raw, source::place);
    }
}
