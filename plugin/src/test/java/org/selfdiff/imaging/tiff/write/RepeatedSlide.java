package org.selfdiff.imaging.tiff.write;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/**
 * Writes a slide of any size within a second or two: a few tiles are stored once and referred to again and again. Its
 * pixels are those of {@link Ramps} with coordinates modulo {@link #PERIOD}, at every level.
 */
public final class RepeatedSlide {
    /** Pixels after which the pattern begins anew, along both sides of every level. */
    public static final int PERIOD = 1024;

    private static final int TILE = 256;

    private RepeatedSlide() {}

    /** Samples of a rectangle of any level that does not cross the border of a period. */
    public static byte[] samples(final int x, final int y, final int width, final int height) {
        return Ramps.samples(PixelType.RGB8, x % PERIOD, y % PERIOD, width, height);
    }

    /**
     * Writes a chain of levels, each half of the one before, down to about one period.
     *
     * @param width of level 0
     * @param height of level 0
     * @param compression of the tiles
     */
    public static void write(
            final Path file,
            final int width,
            final int height,
            final double mpp,
            final TiffForm form,
            final BlockCompression compression)
            throws Exception {
        final BlockSource source = new BlockSource() {
            @Override
            public byte[] samples(final int x, final int y, final int w, final int h) {
                return RepeatedSlide.samples(x, y, w, h);
            }

            @Override
            public long key(final int x, final int y, final int w, final int h) {
                return ((y % PERIOD * (long) PERIOD + x % PERIOD) * (TILE + 1) + w) * (TILE + 1) + h;
            }
        };
        try (Workers workers = new Workers(2);
                TiffWriter writer = TiffWriter.begin(file, form)) {
            final List<DirectoryDraft> chain = new ArrayList<>();
            for (final TiffImage image : WrittenPyramid.sizes(
                    TiffImage.tiled(width, height, PixelType.RGB8, TILE, compression), 2, PERIOD)) {
                final WrittenTag reduced = WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, chain.isEmpty() ? 0 : 1);
                chain.add(writer.image(image, source, workers, RunControl.silent(), reduced)
                        .and(ImageTags.resolution(mpp * width / image.width()).toArray(WrittenTag[]::new)));
            }
            writer.commit(chain);
        }
    }
}
