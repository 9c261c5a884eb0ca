package org.selfdiff.imaging.slide;

import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.StripRows;
import org.selfdiff.imaging.tiff.TiffDirectory;
import org.selfdiff.imaging.tiff.TiffFile;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * A TIFF of one picture whose packed strips are so large that each rectangle would cost a decoding of millions of
 * pixels: it is decoded once, into memory up to the limit of pixels and a quarter of the heap, else into a temporary file.
 */
final class StripPicture {
    /** LZW makes at most 3839 bytes of 12 bits, more than any other compression of strips. */
    private static final double LARGEST_RATIO = 2560;

    private static final String DECODER = "TIFF by SelfDiff";

    private StripPicture() {}

    /** Whether a file is of this kind. */
    static boolean is(final TiffFile file) throws RunFailed {
        final TiffDirectory first = file.directories().get(0);
        return file.directories().size() == 1 && first.children().isEmpty() && StripRows.isLarge(first);
    }

    /**
     * Decodes.
     *
     * @throws RunFailed if the file is damaged, declares more than its bytes can hold, or the disk has no room
     */
    static PictureSource open(final TiffFile file, final DecodeLimits limits, final RunControl control)
            throws RunFailed, RunCancelled {
        final TiffDirectory first = file.directories().get(0);
        final long width = TiffDialect.width(first);
        final long height = TiffDialect.height(first);
        if ((double) width * height / 8 > LARGEST_RATIO * file.length()) {
            throw first.broken(
                    TiffTag.IMAGE_LENGTH,
                    "The picture declares " + width + " x " + height
                            + " pixels, more than a file of its length can hold",
                    null);
        }
        PictureSource.About about = new PictureSource.About("TIFF", Double.NaN, DECODER, TiffRemarks.ofAll(file));
        double mpp = PixelSize.mpp(first);
        final String description = TiffDialect.description(first);
        if (OmeXml.isOme(description)) {
            final OmeXml.Image image = OmeXml.parse(description, file.name()).slide(file.name());
            about = new PictureSource.About(
                    "OME-TIFF", image.magnification(), DECODER, OmeDialect.remarks(image, first));
            mpp = PixelSize.mean(image.mppX(), image.mppY());
        }
        if (!fits(width, height, limits)) {
            return StagedPicture.of(
                    file.name(),
                    about,
                    mpp,
                    (int) width,
                    (int) height,
                    sink -> StripRows.decode(first, limits, sink),
                    control);
        }
        final byte[] rgb = new byte[(int) (3 * width * height)];
        StripRows.decode(
                first,
                limits,
                (y, x0, step, count, row) -> System.arraycopy(row, 0, rgb, (int) (3 * (y * width + x0)), 3 * count));
        return new FlatPicture(file.name(), about, mpp, new Picture((int) width, (int) height, rgb));
    }

    /**
     * A picture whose large strips cannot be decoded row by row, held in memory as a whole if it may be; otherwise each
     * rectangle costs the decoding of its strips.
     *
     * @param source is closed if it is not what is returned
     */
    static PictureSource whole(final PictureSource source, final DecodeLimits limits) throws RunFailed {
        final PictureSource.Level level = source.level(0);
        if (!fits(level.width(), level.height(), limits)) {
            return source;
        }
        try (source) {
            final Picture picture = source.region(0, 0, 0, (int) level.width(), (int) level.height());
            return new FlatPicture(source.name(), source.about(), level.mpp(), picture);
        }
    }

    private static boolean fits(final long width, final long height, final DecodeLimits limits) {
        return width <= limits.maxPixels() / height
                && 3 * width * height <= Runtime.getRuntime().maxMemory() / 4;
    }
}
