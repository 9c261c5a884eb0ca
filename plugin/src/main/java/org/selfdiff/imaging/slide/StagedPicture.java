package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.selfdiff.imaging.RowSink;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * A picture that is too large for the memory and that can only be decoded from its first row to its last: it is
 * decoded once into a temporary raw file, which is removed when the source is closed, and read from there. Memory stays
 * below 100 MB whatever the size.
 */
final class StagedPicture implements DiskPicture {
    private static final long SPARE_DISK = 1L << 26;

    private final String name;

    private final About about;

    private final double mpp;

    private final RawLayout layout;

    private final FileChannel channel;

    private StagedPicture(
            final String name, final About about, final double mpp, final RawLayout layout, final FileChannel channel) {
        this.name = name;
        this.about = about;
        this.mpp = mpp;
        this.layout = layout;
        this.channel = channel;
    }

    /** Decodes a picture from its first row to its last. */
    @FunctionalInterface
    interface Decoding {
        void decode(RowSink sink) throws RunFailed;
    }

    /**
     * Decodes into a temporary file.
     *
     * @param name the path of the picture
     * @param mpp micrometres of a pixel, {@code NaN} if unknown
     * @param width in pixels
     * @param height in pixels
     * @param decoding gives the rows
     * @throws RunFailed if the picture is damaged or the disk has no room
     * @throws RunCancelled if the user stopped; nothing is left then
     */
    static StagedPicture of(
            final String name,
            final About about,
            final double mpp,
            final int width,
            final int height,
            final Decoding decoding,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final RawLayout layout = RawLayout.of(width, height);
        FileChannel channel = null;
        try {
            channel = temporary(name, layout.bytes());
            final RawWriter writer = new RawWriter(layout, channel, control);
            try {
                decoding.decode(writer);
            } finally {
                writer.finish(); // that the disk is full goes before what the decoder made of it
            }
            final StagedPicture staged = new StagedPicture(name, about, mpp, layout, channel);
            channel = null;
            return staged;
        } catch (final IOException e) {
            throw new RunFailed(
                    "The picture of " + width + " x " + height + " pixels cannot be unpacked into a temporary file: "
                            + e.getMessage(),
                    name,
                    "Check that the folder for temporary files has room and can be written to.",
                    e);
        } finally {
            close(channel);
        }
    }

    private static FileChannel temporary(final String name, final long bytes) throws IOException, RunFailed {
        final Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        final Path file = Files.createTempFile(folder, "selfdiff-", ".raw");
        try {
            final FileStore store = Files.getFileStore(file);
            if (store.getUsableSpace() < bytes + SPARE_DISK) {
                throw new RunFailed(
                        "The picture needs " + (bytes >> 20) + " MiB of temporary space, and there are "
                                + (store.getUsableSpace() >> 20) + " MiB",
                        name,
                        "Make room in the folder for temporary files, or convert the picture to tiled TIFF, which is "
                                + "read in place, for instance with: vips tiffsave in.png out.tif --tile --pyramid "
                                + "--bigtiff --compression deflate");
            }
            return FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (final IOException | RunFailed e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public About about() {
        return about;
    }

    @Override
    public int width() {
        return layout.width();
    }

    @Override
    public int height() {
        return layout.height();
    }

    @Override
    public double mpp() {
        return mpp;
    }

    @Override
    public RunFailed unreadable(final IOException e) {
        return new RunFailed(
                "The unpacked picture cannot be read: " + e.getMessage(),
                name,
                "Check the disk with the folder for temporary files.",
                e);
    }

    @Override
    public void inside(final int x, final int y, final int width, final int height, final byte[] rgb)
            throws IOException {
        for (int band = y / layout.bandHeight(); band * layout.bandHeight() < y + height; band++) {
            final int top = Math.max(y, band * layout.bandHeight());
            final int rows = Math.min(y + height, band * layout.bandHeight() + layout.rows(band)) - top;
            for (int tile = x / RawLayout.TILE_WIDTH; tile * RawLayout.TILE_WIDTH < x + width; tile++) {
                final int left = Math.max(x, tile * RawLayout.TILE_WIDTH);
                final int columns = Math.min(x + width, tile * RawLayout.TILE_WIDTH + layout.columns(tile)) - left;
                final int stride = 3 * layout.columns(tile);
                final byte[] part = new byte[stride * rows];
                final int offset = layout.offset(band, tile, top - band * layout.bandHeight());
                Positional.read(channel, layout.start(band) + offset, part);
                for (int row = 0; row < rows; row++) {
                    System.arraycopy(
                            part,
                            row * stride + 3 * (left - tile * RawLayout.TILE_WIDTH),
                            rgb,
                            3 * ((top - y + row) * width + left - x),
                            3 * columns);
                }
            }
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(final FileChannel channel) {
        if (channel != null) {
            try {
                channel.close(); // deletes the file
            } catch (final IOException e) {
                return; // the file is gone or will go with the temporary folder; nobody needs it any more
            }
        }
    }
}
