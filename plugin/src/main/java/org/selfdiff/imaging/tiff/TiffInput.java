package org.selfdiff.imaging.tiff;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of a file: positional reads that hold no lock and keep no position, so that any thread may read. The JDK closes
 * a channel when a thread that reads it is interrupted; the others go on with a new one.
 */
final class TiffInput implements AutoCloseable {
    private final Path file;

    private final long length;

    private final ByteOrder order;

    private volatile FileChannel channel;

    private volatile boolean closed;

    private TiffInput(final Path file, final FileChannel channel, final long length, final ByteOrder order) {
        this.file = file;
        this.channel = channel;
        this.length = length;
        this.order = order;
    }

    /** Opens the file and reads its byte order. */
    static TiffInput open(final Path file) throws IOException {
        final FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            final byte[] mark = new TiffInput(file, channel, channel.size(), ByteOrder.BIG_ENDIAN).bytes(0, 2);
            final boolean little = mark[0] == 'I' && mark[1] == 'I';
            if (!little && !(mark[0] == 'M' && mark[1] == 'M')) {
                throw new IOException("it does not begin with the mark of a TIFF file");
            }
            return new TiffInput(
                    file, channel, channel.size(), little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
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
        while (true) {
            final FileChannel open = channel;
            try {
                fill(open, offset, ByteBuffer.wrap(target, at, count));
                return;
            } catch (final ClosedByInterruptException e) {
                throw new IOException("the reading was interrupted", e);
            } catch (final ClosedChannelException e) {
                if (closed) {
                    throw new IOException("the file was closed meanwhile", e);
                }
                reopen(open);
            }
        }
    }

    private static void fill(final FileChannel channel, final long offset, final ByteBuffer buffer) throws IOException {
        final long start = offset - buffer.position();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + buffer.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
    }

    private synchronized void reopen(final FileChannel old) throws IOException {
        if (channel == old && !closed) {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        }
    }

    private void check(final long offset, final int count) throws IOException {
        if (!holds(offset, count)) {
            throw new EOFException(
                    "bytes " + offset + " to " + (offset + count) + " lie past the end of the file at " + length);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
