package org.selfdiff.stages.encoders;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.selfdiff.run.RunFailed;

/**
 * Embeddings that were made already, in a file to which they are added as they come, so that a run that was cancelled or
 * killed goes on where it was. Each stands there with its number's checksum: what a killed run left half is made again. One
 * thread at a time.
 */
final class EmbeddingParts implements AutoCloseable {
    private static final String ENDING = ".embeddings.part";

    private static final int STATE = Integer.BYTES;

    private static final int CHECKSUM = Integer.BYTES;

    private final Path file;

    /** No channel: an interrupted thread would close that. */
    private final RandomAccessFile out;

    private final ByteBuffer record;

    private final int width;

    private int count;

    /** What a tile is known as. */
    enum Kind {
        /** It cannot be read; it has no embedding. */
        UNREADABLE,
        /** All its pixels are grey. */
        GREY,
        /** It has colours. */
        COLOUR
    }

    /**
     * An embedding.
     *
     * @param kind of the tile
     * @param embedding its numbers; empty where it cannot be read
     */
    record Part(Kind kind, Optional<float[]> embedding) {}

    private EmbeddingParts(final Path file, final RandomAccessFile out, final int width) {
        this.file = file;
        this.out = out;
        this.width = width;
        record = ByteBuffer.allocate(STATE + width * Float.BYTES + CHECKSUM).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Opens the parts of a request, or begins with none.
     *
     * @param folder made if it is absent; several requests may share it
     * @param request everything that decides about the embeddings
     * @param width numbers of an embedding
     * @param together embeddings that are made together: only whole groups count
     * @throws RunFailed when the folder or the file cannot be used
     */
    static EmbeddingParts open(final Path folder, final List<String> request, final int width, final int together)
            throws RunFailed {
        final Path file = folder.resolve(hash(request) + ENDING);
        try {
            Files.createDirectories(folder);
            final EmbeddingParts parts = new EmbeddingParts(file, new RandomAccessFile(file.toFile(), "rw"), width);
            parts.count = parts.sound() / together * together;
            parts.out.setLength((long) parts.count * parts.record.capacity());
            return parts;
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static String hash(final List<String> request) {
        try {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (final String line : request) {
                digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static RunFailed unusable(final Path file, final IOException e) {
        return new RunFailed(
                "The embeddings made so far cannot be kept: " + e.getMessage(),
                file.toString(),
                "Free space there, choose another folder for interrupted runs, or none.",
                e);
    }

    /** How many records from the first one on are whole. */
    private int sound() throws IOException {
        final long records = out.length() / record.capacity();
        int n = 0;
        while (n < records && isSound(n)) {
            n++;
        }
        return n;
    }

    private boolean isSound(final int number) throws IOException {
        load(number);
        final int state = record.getInt(0);
        return checksum(number) == record.getInt(record.capacity() - CHECKSUM)
                && state >= 0
                && state < Kind.values().length;
    }

    private void load(final int number) throws IOException {
        out.seek((long) number * record.capacity());
        out.readFully(record.array());
        record.clear();
    }

    private int checksum(final int number) {
        final CRC32 crc = new CRC32();
        crc.update(number & 0xff);
        crc.update(number >>> 8 & 0xff);
        crc.update(number >>> 16 & 0xff);
        crc.update(number >>> 24);
        crc.update(record.array(), 0, record.capacity() - CHECKSUM);
        return (int) crc.getValue();
    }

    /** Number of parts. */
    int count() {
        return count;
    }

    /** Reads a part that is there. */
    Part read(final int number) throws RunFailed {
        try {
            load(number);
        } catch (IOException e) {
            throw unusable(file, e);
        }
        final Kind kind = Kind.values()[record.getInt(0)];
        if (kind == Kind.UNREADABLE) {
            return new Part(kind, Optional.empty());
        }
        final float[] values = new float[width];
        record.position(STATE)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Part(kind, Optional.of(values));
    }

    /** Adds the next one. */
    void add(final Part part) throws RunFailed {
        record.clear();
        record.putInt(part.kind.ordinal());
        final float[] values = part.embedding.orElseGet(() -> new float[width]);
        for (final float value : values) {
            record.putFloat(value);
        }
        record.putInt(checksum(count));
        try {
            out.seek((long) count * record.capacity());
            out.write(record.array());
        } catch (IOException e) {
            throw unusable(file, e);
        }
        count++;
    }

    /** Removes the file: all embeddings have arrived where they belong. */
    void delete() throws RunFailed {
        close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit(); // it does no harm: an equal request would find all of it done
        }
    }

    @Override
    public void close() throws RunFailed {
        try {
            out.close();
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }
}
