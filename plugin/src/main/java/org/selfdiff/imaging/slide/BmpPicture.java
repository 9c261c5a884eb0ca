package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.selfdiff.run.RunFailed;

/** A large uncompressed BMP, read in place: a rectangle reads its own bytes and no others. */
record BmpPicture(String name, BmpPixels pixels, FileChannel channel) implements DiskPicture {

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
    public int width() {
        return pixels.width();
    }

    @Override
    public int height() {
        return pixels.height();
    }

    @Override
    public double mpp() {
        return Double.NaN;
    }

    @Override
    public RunFailed unreadable(final IOException e) {
        return new RunFailed(
                "The picture cannot be read: " + e.getMessage(),
                name,
                "Check that the file is whole and still there.",
                e);
    }

    @Override
    public void inside(final int x, final int y, final int width, final int height, final byte[] rgb)
            throws IOException {
        for (int row = 0; row < height; row++) {
            pixels.row(channel, x, y + row, width, rgb, 3 * width * row);
        }
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
