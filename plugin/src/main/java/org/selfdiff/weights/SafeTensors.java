package org.selfdiff.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensorsHeader.Malformed;

/**
 * A safetensors file opened for reading. The header is checked in full before anything is believed: its length, its JSON,
 * and that the tensors fill the file exactly, without holes, overlaps and trailing bytes. Nothing is allocated that the
 * file does not hold. The only checked exception is {@link RunFailed}, which names the file.
 *
 * <p>Files written by {@link SafeTensorsWriter} are sealed: they carry SHA-256 sums of their header and of their tensors.
 */
public final class SafeTensors implements AutoCloseable {
    private static final int BUFFER = 1 << 22;

    private final Path file;

    private final FileChannel channel;

    private final SafeTensorsHeader header;

    /** Position of the first byte behind the header. */
    private final long data;

    private SafeTensors(final Path file, final FileChannel channel, final SafeTensorsHeader header, final long data) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.data = data;
    }

    /**
     * Opens a file of anyone's making.
     *
     * @throws RunFailed when it cannot be read or is not a well-formed safetensors file
     */
    public static SafeTensors open(final Path file) throws RunFailed {
        return open(file, false);
    }

    /**
     * Opens a file of our own and checks the seal of its header; {@link #checkTensors()} checks the tensors.
     *
     * @throws RunFailed as {@link #open}, and when the seal is missing or broken
     */
    public static SafeTensors openSealed(final Path file) throws RunFailed {
        return open(file, true);
    }

    private static SafeTensors open(final Path file, final boolean sealed) throws RunFailed {
        FileChannel channel = null;
        boolean done = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            final byte[] json = headerBytes(channel);
            final long data = Long.BYTES + (long) json.length;
            final SafeTensorsHeader header = SafeTensorsHeader.parse(json, channel.size() - data);
            if (sealed) {
                Seal.checkHeader(json, header.metadata());
            }
            done = true;
            return new SafeTensors(file, channel, header, data);
        } catch (Malformed e) {
            throw refused(file, e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(file, e);
        } finally {
            if (!done && channel != null) {
                close(channel);
            }
        }
    }

    private static byte[] headerBytes(final FileChannel channel) throws IOException, Malformed {
        final long size = channel.size();
        if (size < Long.BYTES + 2) {
            throw new Malformed("it has only " + size + " bytes");
        }
        final ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, length, 0);
        final long n = length.getLong(0);
        if (n < 2 || n > SafeTensorsHeader.MAX_BYTES) {
            throw new Malformed("its header claims " + Long.toUnsignedString(n) + " bytes; 2 to "
                    + SafeTensorsHeader.MAX_BYTES + " are accepted");
        }
        if (n > size - Long.BYTES) {
            throw new Malformed("its header claims " + n + " bytes but the file has " + size + "; it is cut off");
        }
        final ByteBuffer json = ByteBuffer.allocate((int) n);
        readFully(channel, json, Long.BYTES);
        return json.array();
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** The tensors by name, in the order of the header. */
    public Map<String, StoredTensor> tensors() {
        return header.tensors();
    }

    /** The texts of {@code __metadata__}. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * The sum over all tensors that the seal states, 64 hexadecimal digits: the fingerprint of the weights.
     *
     * @throws RunFailed when the file is not sealed
     */
    public String fingerprint() throws RunFailed {
        final String stated = metadata().get(Seal.TENSORS);
        if (stated == null) {
            throw refused(file, "it carries no check sum", null);
        }
        return stated;
    }

    /**
     * Reads all tensors and compares their sum with the seal.
     *
     * @throws RunFailed when they differ
     */
    public void checkTensors() throws RunFailed {
        final String stated = fingerprint();
        try {
            final Seal.Sum sum = new Seal.Sum();
            final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            final long size = channel.size();
            for (long at = data; at < size; ) {
                buffer.clear().limit((int) Math.min(BUFFER, size - at));
                at += buffer.limit();
                readFully(channel, buffer, at - buffer.limit());
                sum.add(buffer.flip());
            }
            if (!sum.hex().equals(stated)) {
                throw refused(file, "its tensors are not what was written: the check sum differs", null);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Reads a tensor of F32, F16, BF16 (both widened exactly) or F64 (rounded to the nearest float).
     *
     * @throws RunFailed when there is no such tensor, its type is another, or the file cannot be read
     */
    public float[] floats(final String name) throws RunFailed {
        final StoredTensor t = require(name);
        final float[] out = new float[length(t)];
        switch (t.type()) {
            case F32 -> scan(t, (b, at, n) -> b.asFloatBuffer().get(out, at, n));
            case F64 -> scan(t, (b, at, n) -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = (float) b.getDouble(8 * i);
                }
            });
            case F16 -> scan(t, (b, at, n) -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = HalfFloats.ofF16(b.getShort(2 * i));
                }
            });
            case BF16 -> scan(t, (b, at, n) -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = HalfFloats.ofBf16(b.getShort(2 * i));
                }
            });
            default -> throw wrongType(t, "a floating-point type");
        }
        return out;
    }

    /** Reads a tensor of I64, I32, I16, I8, U8 or BOOL; see {@link #floats}. */
    public long[] longs(final String name) throws RunFailed {
        final StoredTensor t = require(name);
        final long[] out = new long[length(t)];
        switch (t.type()) {
            case I64 -> scan(t, (b, at, n) -> b.asLongBuffer().get(out, at, n));
            case I32 -> scan(t, (b, at, n) -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = b.getInt(4 * i);
                }
            });
            case I16 -> scan(t, (b, at, n) -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = b.getShort(2 * i);
                }
            });
            case I8 -> scan(t, (b, at, n) -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = b.get(i);
                }
            });
            case U8, BOOL -> scan(t, (b, at, n) -> {
                for (int i = 0; i < n; i++) {
                    out[at + i] = b.get(i) & 0xFF;
                }
            });
            default -> throw wrongType(t, "a whole-number type");
        }
        return out;
    }

    /** Reads a tensor of U8, I8 or BOOL as it stands; see {@link #floats}. */
    public byte[] bytes(final String name) throws RunFailed {
        final StoredTensor t = require(name);
        if (t.type().bytes() != 1) {
            throw wrongType(t, "a type of one byte");
        }
        final byte[] out = new byte[length(t)];
        scan(t, (b, at, n) -> b.get(0, out, at, n));
        return out;
    }

    /** Takes {@code count} elements that start at the buffer's position 0 and are the tensor's from {@code at} on. */
    private interface Chunk {
        void take(ByteBuffer buffer, int at, int count);
    }

    private void scan(final StoredTensor t, final Chunk chunk) throws RunFailed {
        final long bytes = t.end() - t.begin();
        final ByteBuffer buffer =
                ByteBuffer.allocateDirect((int) Math.min(BUFFER, Math.max(1, bytes))).order(ByteOrder.LITTLE_ENDIAN);
        try {
            for (long done = 0; done < bytes; done += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), bytes - done));
                readFully(channel, buffer, data + t.begin() + done);
                buffer.flip();
                final int size = t.type().bytes();
                chunk.take(buffer, (int) (done / size), buffer.limit() / size);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private StoredTensor require(final String name) throws RunFailed {
        final StoredTensor t = tensors().get(name);
        if (t == null) {
            throw new RunFailed(
                    "There is no tensor " + name + " in the file", file.toString(), "Use the file of a fitting model.");
        }
        return t;
    }

    private int length(final StoredTensor t) throws RunFailed {
        if (t.elements() > Integer.MAX_VALUE - 8) {
            throw new RunFailed(
                    "The tensor " + t.name() + " has " + t.elements() + " elements",
                    file.toString(),
                    "Tensors of up to 2,147,483,639 elements can be read.");
        }
        return (int) t.elements();
    }

    private RunFailed wrongType(final StoredTensor t, final String needed) {
        return new RunFailed(
                "The tensor " + t.name() + " is of type " + t.type() + ", not " + needed,
                file.toString(),
                "Use the file of a fitting model.");
    }

    private static void readFully(final FileChannel channel, final ByteBuffer buffer, final long position)
            throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            final int n = channel.read(buffer, at);
            if (n < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            at += n;
        }
    }

    private static RunFailed refused(final Path file, final String reason, final Exception cause) {
        return new RunFailed(
                "The file is not sound: " + reason,
                file.toString(),
                "Use the file as it was saved or downloaded, or make it again.",
                cause);
    }

    private static RunFailed unreadable(final Path file, final IOException e) {
        return new RunFailed(
                "The file cannot be read: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
                file.toString(),
                "Check that it is there and may be read.",
                e);
    }

    private static void close(final FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // it was only read
        }
    }

    /** Closes the file. */
    @Override
    public void close() {
        close(channel);
    }
}
