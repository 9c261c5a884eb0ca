package org.selfdiff.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.selfdiff.run.RunFailed;

/** A file read in pieces at given places; pieces are little endian and at most 4 MB. */
final class TensorFile implements AutoCloseable {
    private static final int BUFFER = 1 << 22;

    private final Path path;

    private final FileChannel channel;

    private TensorFile(final Path path, final FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static TensorFile open(final Path path) throws RunFailed {
        try {
            return new TensorFile(path, FileChannel.open(path, StandardOpenOption.READ));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    Path path() {
        return path;
    }

    long size() throws RunFailed {
        try {
            return channel.size();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Bytes that are known to be there. */
    ByteBuffer read(final long position, final int count) throws RunFailed {
        final ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        fill(bytes, position);
        return bytes.flip();
    }

    /** Reads a range piece by piece, from its start on. */
    void scan(final long from, final long to, final Numbers.Piece piece) throws RunFailed {
        final long bytes = to - from;
        final ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER, bytes));
        long done = 0;
        while (done < bytes) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), bytes - done));
            fill(buffer, from + done);
            buffer.flip();
            final int n = buffer.remaining();
            piece.take(buffer.order(ByteOrder.LITTLE_ENDIAN));
            done += n;
        }
    }

    private void fill(final ByteBuffer buffer, final long position) throws RunFailed {
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    throw new EOFException("it became shorter while it was read");
                }
            }
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    static RunFailed unreadable(final Path path, final IOException e) {
        final String reason = e.getMessage() == null ? "" : ": " + e.getMessage();
        return new RunFailed(
                "The file cannot be read (" + e.getClass().getSimpleName() + reason + ")",
                path.toString(),
                "Check that it is there and may be read.",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it was only read
        }
    }
}
