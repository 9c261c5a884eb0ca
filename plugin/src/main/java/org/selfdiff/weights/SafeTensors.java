package org.selfdiff.weights;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensorsHeader.Malformed;

/**
 * A safetensors file opened for reading. The header is checked in full before anything is believed: its length, its
 * JSON, and that the tensors fill the file exactly, without holes, overlaps and trailing bytes. Nothing is allocated
 * that the file does not hold. The only checked exception is {@link RunFailed}, which names the file.
 *
 * <p>Files written by {@link SafeTensorsWriter} are sealed: they carry SHA-256 sums of their header and of their
 * tensors.
 */
public final class SafeTensors implements AutoCloseable {
    private final TensorFile file;

    private final SafeTensorsHeader header;

    /** Position of the first byte behind the header. */
    private final long data;

    private SafeTensors(final TensorFile file, final SafeTensorsHeader header, final long data) {
        this.file = file;
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

    private static SafeTensors open(final Path path, final boolean sealed) throws RunFailed {
        final TensorFile file = TensorFile.open(path);
        boolean done = false;
        try {
            final byte[] json = headerBytes(file);
            final long data = Long.BYTES + (long) json.length;
            final SafeTensorsHeader header = SafeTensorsHeader.parse(json, file.size() - data);
            if (sealed) {
                Seal.checkHeader(json, header.metadata());
            }
            done = true;
            return new SafeTensors(file, header, data);
        } catch (Malformed e) {
            throw refused(path, e.getMessage(), e);
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    private static byte[] headerBytes(final TensorFile file) throws RunFailed, Malformed {
        final long size = file.size();
        if (size < Long.BYTES + 2) {
            throw new Malformed("it has only " + size + " bytes");
        }
        final long n = file.read(0, Long.BYTES).getLong();
        if (n < 2 || n > SafeTensorsHeader.MAX_BYTES) {
            throw new Malformed("its header claims " + Long.toUnsignedString(n) + " bytes; 2 to "
                    + SafeTensorsHeader.MAX_BYTES + " are accepted");
        }
        if (n > size - Long.BYTES) {
            throw new Malformed("its header claims " + n + " bytes but the file has " + size + "; it is cut off");
        }
        return file.read(Long.BYTES, (int) n).array();
    }

    /** The file. */
    public Path file() {
        return file.path();
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
            throw refused(file(), "it carries no check sum", null);
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
        final Seal.Sum sum = new Seal.Sum();
        file.scan(data, file.size(), (bytes, offset) -> sum.add(bytes));
        if (!sum.hex().equals(stated)) {
            throw refused(file(), "its tensors are not what was written: the check sum differs", null);
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
        final int size = t.type().bytes();
        file.scan(
                data + t.begin(),
                data + t.end(),
                (bytes, offset) -> chunk.take(bytes, (int) (offset / size), bytes.limit() / size));
    }

    private StoredTensor require(final String name) throws RunFailed {
        final StoredTensor t = tensors().get(name);
        if (t == null) {
            throw new RunFailed(
                    "There is no tensor " + name + " in the file",
                    file().toString(),
                    "Use the file of a fitting model.");
        }
        return t;
    }

    private int length(final StoredTensor t) throws RunFailed {
        if (t.elements() > Integer.MAX_VALUE - 8) {
            throw new RunFailed(
                    "The tensor " + t.name() + " has " + t.elements() + " elements",
                    file().toString(),
                    "Tensors of up to 2,147,483,639 elements can be read.");
        }
        return (int) t.elements();
    }

    private RunFailed wrongType(final StoredTensor t, final String needed) {
        return new RunFailed(
                "The tensor " + t.name() + " is of type " + t.type() + ", not " + needed,
                file().toString(),
                "Use the file of a fitting model.");
    }

    private static RunFailed refused(final Path file, final String reason, final Exception cause) {
        return new RunFailed(
                "The file is not sound: " + reason,
                file.toString(),
                "Use the file as it was saved or downloaded, or make it again.",
                cause);
    }

    /** Closes the file. */
    @Override
    public void close() {
        file.close();
    }
}
