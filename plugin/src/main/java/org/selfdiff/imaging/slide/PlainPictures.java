package org.selfdiff.imaging.slide;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureHeader;
import org.selfdiff.imaging.PictureRemarks;
import org.selfdiff.imaging.PictureRows;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Pictures of one level that are no slides. Up to the limit of pixels they are decoded into memory; larger BMPs are
 * read in place, larger PNGs and JPEGs are unpacked once into a temporary file.
 */
final class PlainPictures {

    private PlainPictures() {}

    /**
     * Opens a picture.
     *
     * @throws RunFailed if it is missing, damaged, of another format, declares more than its bytes can hold, or is
     *     larger than the limit and of a format that has to be decoded as a whole
     * @throws RunCancelled if the user stopped while it was unpacked
     */
    static PictureSource open(final Path file, final DecodeLimits limits, final RunControl control)
            throws RunFailed, RunCancelled {
        final PictureHeader header = PictureHeader.read(file);
        final List<String> remarks = PictureRemarks.of(file, header);
        final PictureSource.About about = new PictureSource.About(
                header.format().title(), Double.NaN, header.format().decoder(), remarks);
        if (header.format() == PictureHeader.Format.JPEG && fits(header, limits)) {
            final Optional<Picture> picture = PlainJpeg.read(file, header);
            if (picture.isPresent()) {
                return new FlatPicture(
                        file.toString(), PlainJpeg.about().remarking(remarks), Double.NaN, picture.get());
            }
        }
        if (fits(header, limits)) {
            final Optional<Picture> bitmap =
                    header.format() == PictureHeader.Format.BMP ? bitmap(file) : Optional.empty();
            final Picture picture = bitmap.isPresent() ? bitmap.get() : Pictures.read(file, limits);
            return new FlatPicture(file.toString(), about, Double.NaN, picture);
        }
        if (header.format() == PictureHeader.Format.BMP) {
            return BmpPicture.open(file);
        }
        if (!PictureRows.canRead(header)) {
            limits.check(file.toString(), header.width(), header.height());
        }
        PictureRows.check(file, header);
        return StagedPicture.of(
                file.toString(),
                about,
                Double.NaN,
                (int) header.width(),
                (int) header.height(),
                sink -> PictureRows.decode(file, header, sink),
                control);
    }

    /** An uncompressed BMP as it is read where it is large; one that is compressed or damaged is left to others. */
    private static Optional<Picture> bitmap(final Path file) {
        try (BmpPicture source = BmpPicture.open(file)) {
            return Optional.of(source.region(0, 0, 0, source.width(), source.height()));
        } catch (final RunFailed e) {
            return Optional.empty();
        }
    }

    /** Whether a picture may be decoded as a whole; an empty one is left to the decoder's error. */
    private static boolean fits(final PictureHeader header, final DecodeLimits limits) {
        return header.width() < 1 || header.height() < 1 || header.width() <= limits.maxPixels() / header.height();
    }
}
