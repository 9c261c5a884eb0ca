package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.run.RunFailed;

/** A large uncompressed BMP, read in place: a rectangle reads its own bytes and no others. */
record BmpPicture(String name, BmpPixels pixels, FileChannel channel) implements PictureSource {

    /**
     * Opens the file.
     *
     * @throws RunFailed if the pixels are compressed or not all there
     */
    static BmpPicture open(final Path file) throws RunFailed {
        try {
            final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return new BmpPicture(file.toString(), BmpPixels.read(channel), channel);
            } catch (final IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (final IOException e) {
            throw new RunFailed(
                    "The large BMP picture cannot be read in place: " + e.getMessage(),
                    file.toString(),
                    "Check that the file is whole; save a compressed one as PNG or tiled TIFF.",
                    e);
        }
    }

    @Override
    public About about() {
        return new About("BMP", Double.NaN, "BMP by SelfDiff");
    }

    @Override
    public int levels() {
        return 1;
    }

    @Override
    public Level level(final int index) {
        Objects.checkIndex(index, 1);
        return new Level(pixels.width(), pixels.height(), 1, Double.NaN);
    }

    @Override
    public Picture region(final int level, final long x, final long y, final int width, final int height)
            throws RunFailed {
        Objects.checkIndex(level, 1);
        try {
            return Reflected.region(pixels.width(), pixels.height(), x, y, width, height, this::inside);
        } catch (final IOException e) {
            throw new RunFailed(
                    "The picture cannot be read: " + e.getMessage(),
                    name,
                    "Check that the file is whole and still there.",
                    e);
        }
    }

    private Picture inside(final int x, final int y, final int width, final int height) throws IOException {
        final byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        for (int row = 0; row < height; row++) {
            pixels.row(channel, x, y + row, width, rgb, 3 * width * row);
        }
        return new Picture(width, height, rgb);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            return; // nothing was written, so that nothing can be lost
        }
    }
}
