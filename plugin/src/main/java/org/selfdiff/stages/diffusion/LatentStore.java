package org.selfdiff.stages.diffusion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.selfdiff.run.RunFailed;

/**
 * Latents of tiles in a file of the temporary folder, so that they are computed once and take no memory. The file is
 * gone when the store is closed. Reading is safe for several threads.
 */
final class LatentStore implements AutoCloseable {
    private final FileChannel file;

    private final int size;

    private final int count;

    /**
     * An empty store.
     *
     * @param count how many latents
     * @param size numbers of a latent
     * @throws RunFailed when the temporary folder cannot hold them
     */
    static LatentStore create(final int count, final int size) throws RunFailed {
        final long bytes = (long) count * size * Float.BYTES;
        final String folder = System.getProperty("java.io.tmpdir");
        try {
            final Path path = Files.createTempFile("selfdiff-latents", ".f32");
            final long free = Files.getFileStore(path).getUsableSpace();
            if (free < bytes) {
                Files.delete(path);
                throw tooFull(bytes, free, folder, null);
            }
            return new LatentStore(
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    count,
                    size);
        } catch (IOException e) {
            throw tooFull(bytes, 0, folder, e);
        }
    }

    private static RunFailed tooFull(final long bytes, final long free, final String folder, final IOException cause) {
        return new RunFailed(
                "The latents need " + (bytes >> 20) + " MiB on disk, " + (free >> 20) + " MiB are free",
                "temporary folder " + folder,
                "Free space there, or name another folder with the Java option -Djava.io.tmpdir.",
                cause);
    }

    private LatentStore(final FileChannel file, final int count, final int size) {
        this.file = file;
        this.count = count;
        this.size = size;
    }

    /** Number of latents. */
    int count() {
        return count;
    }

    /**
     * Writes latents one after the other.
     *
     * @param first number of the first
     * @param values their numbers
     */
    void write(final int first, final float[] values) throws RunFailed {
        final ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(values);
        long at = (long) first * size * Float.BYTES;
        try {
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
        } catch (IOException e) {
            throw tooFull((long) count * size * Float.BYTES, 0, System.getProperty("java.io.tmpdir"), e);
        }
    }

    /** Reads the latent of a number into a place. */
    void read(final int number, final float[] into, final int offset) {
        final ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.nativeOrder());
        final long at = (long) number * size * Float.BYTES;
        try {
            while (bytes.hasRemaining()) {
                if (file.read(bytes, at + bytes.position()) < 0) {
                    throw new IllegalStateException("latent " + number + " was never written");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.flip();
        bytes.asFloatBuffer().get(into, offset, size);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
