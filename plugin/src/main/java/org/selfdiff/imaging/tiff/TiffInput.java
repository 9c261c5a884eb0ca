package org.selfdiff.imaging.tiff;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a file: positional reads that hold no lock and keep no position, so that any thread may read. */
final class TiffInput implements AutoCloseable {
    private final FileChannel channel;

    private final long length;

    private final ByteOrder order;

    private TiffInput(final FileChannel channel, final long length, final ByteOrder order) {
        this.channel = channel;
        this.length = length;
        this.order = order;
    }

    /** Opens the file and reads its byte order. */
    static TiffInput open(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            final byte[] mark = new TiffInput(channel, channel.size(), ByteOrder.BIG_ENDIAN).bytes(0, 2);
            final boolean little = mark[0] == 'I' && mark[1] == 'I';
            if (!little && !(mark[0] == 'M' && mark[1] == 'M')) {
                throw new IOException("it does not begin with the mark of a TIFF file");
            }
            return new TiffInput(channel, channel.size(), little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    long length() {
        return length;
    }

    ByteOrder order() {
        return order;
    }

    /** Whether a range of bytes lies in the file. */
    boolean holds(final long offset, final long count) {
        return offset >= 0 && count >= 0 && offset <= length - count;
    }

    byte[] bytes(final long offset, final int count) throws IOException {
        check(offset, count);
        final byte[] bytes = new byte[count];
        fill(offset, bytes, 0, count);
        return bytes;
    }

    /** Bytes in the order of the file. */
    ByteBuffer buffer(final long offset, final int count) throws IOException {
        return ByteBuffer.wrap(bytes(offset, count)).order(order);
    }

    /** Reads into an array. */
    void fill(final long offset, final byte[] target, final int at, final int count) throws IOException {
        check(offset, count);
        final ByteBuffer buffer = ByteBuffer.wrap(target, at, count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position() - at) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
    }

    private void check(final long offset, final int count) throws IOException {
        if (!holds(offset, count)) {
            throw new EOFException(
                    "bytes " + offset + " to " + (offset + count) + " lie past the end of the file at " + length);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
