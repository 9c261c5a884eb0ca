package org.selfdiff.bench.slides;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.DirectoryDraft;
import org.selfdiff.imaging.tiff.write.JpegCoding;
import org.selfdiff.imaging.tiff.write.PixelType;
import org.selfdiff.imaging.tiff.write.TiffForm;
import org.selfdiff.imaging.tiff.write.TiffImage;
import org.selfdiff.imaging.tiff.write.TiffWriter;
import org.selfdiff.imaging.tiff.write.WrittenPyramid;
import org.selfdiff.imaging.tiff.write.WrittenTag;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Makes the slides, each once: a file that is there already is taken as it is. */
final class SlideFiles {
    private static final int TILE = 256;

    private static final int QUALITY = 80;

    private static final int FACTOR = 2;

    private static final int OVERVIEW = 512;

    private SlideFiles() {}

    /**
     * A slide.
     *
     * @param folder where it is kept
     * @param data folder of the project's pictures
     * @return nothing if it is made of pictures that are not there
     */
    static Optional<SlideFile> make(final SlideKind kind, final Path folder, final Path data)
            throws IOException, RunFailed {
        final Path file = folder.resolve("slide-" + kind.name().toLowerCase(java.util.Locale.ROOT) + "-" + kind.side()
                + (kind == SlideKind.JPEG2000 ? ".svs" : ".tif"));
        if (kind == SlideKind.JPEG2000) {
            final Path source = data.resolve("slides/tcga-cr-7395-01a-01-ts1.svs");
            if (Files.notExists(source)) {
                return Optional.empty();
            }
            return Optional.of(RepeatedTiles.of(source, file, kind));
        }
        final TiffImage image = image(kind);
        final List<TiffImage> sizes = WrittenPyramid.sizes(image, FACTOR, OVERVIEW);
        if (Files.notExists(file)) {
            System.out.println("Making " + file + " (once, a few minutes) ...");
            write(file, sizes, Mosaic.of(data));
        }
        final long tiles =
                sizes.stream().mapToLong(s -> (long) s.columns() * s.rows()).sum();
        return Optional.of(
                new SlideFile(kind, file, image.width(), image.height(), tiles, Files.size(file) / (double) tiles));
    }

    private static TiffImage image(final SlideKind kind) {
        final int side = kind.side();
        return switch (kind) {
            case DEFLATE -> TiffImage.tiled(side, side, PixelType.RGB8, TILE, BlockCompression.DEFLATE)
                    .withPredictor();
            case LZW -> TiffImage.tiled(side, side, PixelType.RGB8, TILE, BlockCompression.LZW)
                    .withPredictor();
            default -> TiffImage.tiled(side, side, PixelType.RGB8, TILE, BlockCompression.JPEG)
                    .withJpeg(JpegCoding.quality(QUALITY));
        };
    }

    private static void write(final Path file, final List<TiffImage> sizes, final Mosaic mosaic) throws RunFailed {
        try (TiffWriter writer = TiffWriter.begin(file, TiffForm.classic());
                Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            final WrittenPyramid pyramid =
                    WrittenPyramid.write(writer, sizes, FACTOR, mosaic, workers, RunControl.silent());
            final List<DirectoryDraft> chain = new ArrayList<>(pyramid.levels());
            chain.set(0, chain.get(0).and(WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, mosaic.origin())));
            writer.commit(chain);
        } catch (RunCancelled e) {
            throw new IllegalStateException("nobody cancels", e);
        }
    }
}
