package org.selfdiff.weights;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
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
public final class SafeTensors implements StateDict {
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

    @Override
    public Path file() {
        return file.path();
    }

    @Override
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
        file.scan(data, file.size(), sum::add);
        if (!sum.hex().equals(stated)) {
            throw refused(file(), "its tensors are not what was written: the check sum differs", null);
        }
    }

    @Override
    public void read(final String name, final FloatBuffer into) throws RunFailed {
        final StoredTensor t = require(name).requireFloating(file());
        Numbers.floats(t.type(), bytes(t), into);
    }

    @Override
    public double[] doubles(final String name) throws RunFailed {
        final StoredTensor t = require(name).requireFloating(file());
        return Numbers.doubles(t.type(), bytes(t), t.length(file()));
    }

    @Override
    public long[] longs(final String name) throws RunFailed {
        final StoredTensor t = require(name).requireWhole(file());
        return Numbers.longs(t.type(), bytes(t), t.length(file()));
    }

    /** Reads a tensor of U8, I8 or BOOL as it stands; see {@link #longs}. */
    public byte[] bytes(final String name) throws RunFailed {
        final StoredTensor t = require(name);
        if (t.type().bytes() != 1) {
            throw t.wrongType(file(), "a type of one byte");
        }
        final ByteBuffer out = ByteBuffer.allocate(t.length(file()));
        bytes(t).scan(out::put);
        return out.array();
    }

    private Numbers.Bytes bytes(final StoredTensor t) {
        return piece -> file.scan(data + header.begin(t), data + header.end(t), piece);
    }

    private static RunFailed refused(final Path file, final String reason, final Exception cause) {
        return new RunFailed(
                "The file is not sound: " + reason,
                file.toString(),
                "Use the file as it was saved or downloaded, or make it again.",
                cause);
    }

    @Override
    public void close() {
        file.close();
    }
}
