package org.selfdiff.imaging.tiff.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Writes slides: a pyramid of tiles with what each format says about the size of a pixel. */
public final class SlideWriter {
    private static final int TILE = 256;

    private static final int APERIO_OVERVIEW = 2048;

    private static final int OVERVIEW = 1024;

    /** Above this many pixels even poorly compressed blocks could pass the 4 GiB of a classic TIFF. */
    private static final long CLASSIC_PIXELS = 1_000_000_000L;

    private SlideWriter() {}

    /**
     * What is written about a slide.
     *
     * @param width of level 0 in pixels
     * @param height of level 0 in pixels
     * @param mpp micrometres along the side of a pixel of level 0, more than 0
     * @param magnification of the objective that is shown, such as 20
     * @param format form of the file
     * @param compression of the tiles
     * @param quality of JPEG tiles, 1 to 100
     */
    public record Slide(
            int width,
            int height,
            double mpp,
            double magnification,
            SlideFormat format,
            BlockCompression compression,
            int quality) {}

    /**
     * Writes a slide. The file appears whole or not at all.
     *
     * @param source pixels of level 0, 8-bit RGB
     * @param control told of progress by rows of tiles
     * @throws RunFailed if the file cannot be written, or the source fails
     * @throws RunCancelled when cancelled; nothing is left
     */
    public static void write(
            final Path file,
            final Slide slide,
            final BlockSource source,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        TiffImage finest = TiffImage.tiled(slide.width, slide.height, PixelType.RGB8, TILE, slide.compression)
                .withJpeg(JpegCoding.quality(slide.quality));
        if (slide.compression == BlockCompression.LZW || slide.compression == BlockCompression.DEFLATE) {
            finest = finest.withPredictor();
        }
        final int largest = slide.format == SlideFormat.APERIO ? APERIO_OVERVIEW : OVERVIEW;
        final List<TiffImage> sizes = WrittenPyramid.sizes(finest, slide.format.factor(), largest);
        final boolean big = slide.format != SlideFormat.APERIO || (long) slide.width * slide.height > CLASSIC_PIXELS;
        try (TiffWriter writer = TiffWriter.begin(file, big ? TiffForm.bigTiff() : TiffForm.classic())) {
            final WrittenPyramid pyramid =
                    WrittenPyramid.write(writer, sizes, slide.format.factor(), source, workers, control);
            writer.commit(
                    switch (slide.format) {
                        case APERIO -> AperioDirectories.of(writer, slide, sizes, pyramid, workers, control);
                        case BIG_TIFF -> plain(slide, sizes, pyramid);
                        case OME_TIFF -> OmeDirectories.of(file, slide, pyramid);
                    });
        }
    }

    private static List<DirectoryDraft> plain(
            final Slide slide, final List<TiffImage> sizes, final WrittenPyramid pyramid) {
        final List<DirectoryDraft> chain = new ArrayList<>();
        for (int level = 0; level < sizes.size(); level++) {
            final double mpp = slide.mpp * slide.width / sizes.get(level).width();
            chain.add(pyramid.levels().get(level).and(ImageTags.resolution(mpp).toArray(WrittenTag[]::new)));
        }
        return chain;
    }
}
