package org.selfdiff.imaging.tiff.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * The directories of a slide as Aperio scanners write them ("Aperio Digital Slides and Third-party data interchange",
 * Aperio Technologies 2008): level 0, thumbnail in strips, the other levels, label (LZW) and macro (JPEG). Magnification
 * and micrometres per pixel stand in the description of every level.
 */
final class AperioDirectories {
    private static final String LIBRARY = "Aperio Image Library v11.2.1 ";

    private static final int THUMBNAIL_SIDE = 1024;

    private static final int STRIP_ROWS = 16;

    private static final int LABEL_SIDE = 384;

    private static final int MACRO_WIDTH = 1280;

    private static final int MACRO_HEIGHT = 432;

    private AperioDirectories() {}

    static List<DirectoryDraft> of(
            final TiffWriter writer,
            final SlideWriter.Slide slide,
            final List<TiffImage> sizes,
            final WrittenPyramid pyramid,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<DirectoryDraft> chain = new ArrayList<>();
        for (int level = 0; level < sizes.size(); level++) {
            final TiffImage size = sizes.get(level);
            chain.add(pyramid.levels()
                    .get(level)
                    // Aperio's readers tell label and macro by this tag, so that levels have 0
                    .and(
                            WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, 0),
                            WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, LIBRARY + "\r\n" + level(slide, size, level))));
            if (level == 0) {
                chain.add(thumbnail(writer, slide, pyramid.overview(), workers, control));
            }
        }
        chain.add(label(writer, workers, control));
        chain.add(macro(writer, pyramid.overview(), workers, control));
        return chain;
    }

    /** Of an image beside the levels: its name must be the first word of the second line, after a bare line feed. */
    private static WrittenTag description(final String text) {
        return WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, LIBRARY + "\n" + text);
    }

    private static String level(final SlideWriter.Slide slide, final TiffImage size, final int level) {
        final String whole = slide.width() + "x" + slide.height();
        final String coding = slide.compression() == BlockCompression.JPEG
                ? "JPEG/RGB Q=" + slide.quality()
                : slide.compression() + "/RGB";
        final String part = level == 0 ? "" : " -> " + size.width() + "x" + size.height();
        return String.format(
                Locale.ROOT,
                "%s [0,0 %s] (%dx%d)%s %s|AppMag = %s|MPP = %s|OriginalWidth = %d|OriginalHeight = %d",
                whole,
                whole,
                size.blockWidth(),
                size.blockHeight(),
                part,
                coding,
                number(slide.magnification()),
                number(slide.mpp()),
                slide.width(),
                slide.height());
    }

    private static String number(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static DirectoryDraft thumbnail(
            final TiffWriter writer,
            final SlideWriter.Slide slide,
            final Picture overview,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final int longest = Math.max(overview.width(), overview.height());
        final Picture small = scaled(
                overview,
                Math.max(1, (int) ((long) overview.width() * Math.min(longest, THUMBNAIL_SIDE) / longest)),
                Math.max(1, (int) ((long) overview.height() * Math.min(longest, THUMBNAIL_SIDE) / longest)));
        final String text =
                slide.width() + "x" + slide.height() + " -> " + small.width() + "x" + small.height() + " - ";
        return writer.image(
                strips(small, BlockCompression.JPEG), BlockSource.of(small), workers, control, description(text));
    }

    private static DirectoryDraft label(final TiffWriter writer, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final Picture label = plain(LABEL_SIDE, LABEL_SIDE, 0xf4);
        return writer.image(
                strips(label, BlockCompression.LZW).withPredictor(),
                BlockSource.of(label),
                workers,
                control,
                WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, 1),
                description("label " + label.width() + "x" + label.height()));
    }

    /** A picture of the whole glass: the label to the left, the section to the right. */
    private static DirectoryDraft macro(
            final TiffWriter writer, final Picture overview, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final Picture glass = plain(MACRO_WIDTH, MACRO_HEIGHT, 0xe6);
        final double scale = Math.min(
                (MACRO_WIDTH - MACRO_HEIGHT - 40.0) / overview.width(), (MACRO_HEIGHT - 40.0) / overview.height());
        final Picture section = scaled(overview, Math.max(1, (int) (overview.width() * scale)), Math.max(1, (int)
                (overview.height() * scale)));
        for (int y = 0; y < section.height(); y++) {
            final int at = (20 + y) * MACRO_WIDTH + MACRO_HEIGHT + 20;
            System.arraycopy(section.rgb(), 3 * y * section.width(), glass.rgb(), 3 * at, 3 * section.width());
        }
        return writer.image(
                strips(glass, BlockCompression.JPEG),
                BlockSource.of(glass),
                workers,
                control,
                WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, 9),
                description("macro " + glass.width() + "x" + glass.height()));
    }

    private static TiffImage strips(final Picture picture, final BlockCompression compression) {
        return TiffImage.stripped(picture.width(), picture.height(), PixelType.RGB8, STRIP_ROWS, compression);
    }

    private static Picture plain(final int width, final int height, final int grey) {
        final byte[] rgb = new byte[3 * width * height];
        Arrays.fill(rgb, (byte) grey);
        return new Picture(width, height, rgb);
    }

    /** Each pixel is the one of the larger picture at its centre; enough for pictures that only people look at. */
    private static Picture scaled(final Picture picture, final int width, final int height) {
        final byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            final int sy = (int) ((2L * y + 1) * picture.height() / (2L * height));
            for (int x = 0; x < width; x++) {
                final int sx = (int) ((2L * x + 1) * picture.width() / (2L * width));
                System.arraycopy(picture.rgb(), 3 * (sy * picture.width() + sx), rgb, 3 * (y * width + x), 3);
            }
        }
        return new Picture(width, height, rgb);
    }
}
