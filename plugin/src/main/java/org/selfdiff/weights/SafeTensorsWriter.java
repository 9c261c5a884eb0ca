package org.selfdiff.weights;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.SafeTensorsHeader.Malformed;

/**
 * Writes safetensors files: atomically (see {@link AtomicFile}), sealed (see {@link SafeTensors#openSealed}), and one
 * tensor at a time, so that a file may be much larger than the heap. Equal content gives equal bytes.
 */
public final class SafeTensorsWriter {
    private static final int BUFFER = 1 << 22;

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private SafeTensorsWriter() {}

    /**
     * What will be written.
     *
     * @param name name of the tensor
     * @param type F32, I64 or U8
     * @param shape lengths of its dimensions
     */
    public record Slot(String name, StoredType type, long... shape) {
        /** Refuses types that are only read. */
        public Slot {
            if (type != StoredType.F32 && type != StoredType.I64 && type != StoredType.U8) {
                throw new IllegalArgumentException(type + " is not written");
            }
            shape = shape.clone();
        }

        long elements() {
            long n = 1;
            for (final long length : shape) {
                n = Math.multiplyExact(n, length);
            }
            return n;
        }

        long bytes() {
            return Math.multiplyExact(elements(), type.bytes());
        }
    }

    /** Gives the tensors when their turn comes, each once, not necessarily in order. */
    @FunctionalInterface
    public interface Source {
        /**
         * The elements of a slot.
         *
         * @param index index of the slot
         * @return {@code float[]} for F32, {@code long[]} for I64, {@code byte[]} for U8; it may be changed afterwards
         */
        Object elements(int index);
    }

    /**
     * Writes a file.
     *
     * @param file its name; an older file of that name is replaced in one moment
     * @param metadata texts for {@code __metadata__}
     * @param slots the tensors, of different names
     * @param source gives their elements
     * @return the SHA-256 of the tensors' bytes, 64 hexadecimal digits
     * @throws RunFailed when the file cannot be written, for instance because the disk is full; nothing is left then
     */
    public static String write(
            final Path file, final Map<String, String> metadata, final List<Slot> slots, final Source source)
            throws RunFailed {
        return write(file, metadata, slots, source, AtomicFile::openFile);
    }

    static String write(
            final Path file,
            final Map<String, String> metadata,
            final List<Slot> slots,
            final Source source,
            final AtomicFile.Opener opener)
            throws RunFailed {
        final List<Integer> order = order(slots);
        final byte[] header = header(metadata, slots, order);
        final long size = Long.BYTES
                + header.length
                + slots.stream().mapToLong(Slot::bytes).sum();
        final String[] sum = new String[1];
        AtomicFile.writeForced(file, size, opener, out -> {
            final ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            out.write(length.putLong(0, header.length));
            out.write(ByteBuffer.wrap(header));
            sum[0] = tensors(out, slots, order, source);
            seal(out, header, sum[0]);
        });
        return sum[0];
    }

    /** Large elements first, as other writers do: then every tensor is aligned. */
    private static List<Integer> order(final List<Slot> slots) {
        final List<Integer> order = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (int i = 0; i < slots.size(); i++) {
            if (!names.add(slots.get(i).name()) || slots.get(i).name().equals(SafeTensorsHeader.METADATA)) {
                throw new IllegalArgumentException("the name " + slots.get(i).name() + " is taken");
            }
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> -slots.get(i).type().bytes()));
        return order;
    }

    private static byte[] header(
            final Map<String, String> metadata, final List<Slot> slots, final List<Integer> order) {
        final JsonObject texts = new JsonObject();
        // first, so that no other text can be taken for them
        texts.addProperty(Seal.TENSORS, Seal.ZEROS);
        texts.addProperty(Seal.HEADER, Seal.ZEROS);
        metadata.forEach((key, value) -> {
            if (texts.has(key)) {
                throw new IllegalArgumentException("the metadata key " + key + " is taken");
            }
            texts.addProperty(key, value);
        });
        final JsonObject json = new JsonObject();
        json.add(SafeTensorsHeader.METADATA, texts);
        long at = 0;
        for (final int i : order) {
            final Slot slot = slots.get(i);
            final JsonObject entry = new JsonObject();
            entry.addProperty("dtype", slot.type().name());
            final JsonArray shape = new JsonArray();
            for (final long n : slot.shape()) {
                shape.add(n);
            }
            entry.add("shape", shape);
            final JsonArray offsets = new JsonArray();
            offsets.add(at);
            at += slot.bytes();
            offsets.add(at);
            entry.add("data_offsets", offsets);
            json.add(slot.name(), entry);
        }
        final String text = GSON.toJson(json);
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // spaces up to a multiple of 8, so that the tensors are aligned in the file as well
        final byte[] padded = java.util.Arrays.copyOf(bytes, (bytes.length + 7) / 8 * 8);
        java.util.Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
        if (padded.length > SafeTensorsHeader.MAX_BYTES) {
            throw new IllegalArgumentException("a header of " + padded.length + " bytes");
        }
        return padded;
    }

    private static String tensors(
            final AtomicFile.Output out, final List<Slot> slots, final List<Integer> order, final Source source)
            throws IOException {
        final Seal.Sum sum = new Seal.Sum();
        final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        for (final int i : order) {
            final Slot slot = slots.get(i);
            final Object elements = source.elements(i);
            final int n = length(slot, elements);
            final int most = BUFFER / slot.type().bytes();
            for (int at = 0; at < n; at += most) {
                final int count = Math.min(most, n - at);
                buffer.clear();
                put(buffer, elements, at, count);
                buffer.position(0).limit(count * slot.type().bytes());
                sum.add(buffer);
                out.write(buffer.rewind());
            }
        }
        return sum.hex();
    }

    private static int length(final Slot slot, final Object elements) {
        final int n = elements instanceof float[] f && slot.type() == StoredType.F32
                ? f.length
                : elements instanceof long[] l && slot.type() == StoredType.I64
                        ? l.length
                        : elements instanceof byte[] b && slot.type() == StoredType.U8 ? b.length : -1;
        if (n != slot.elements()) {
            throw new IllegalArgumentException(slot.name() + " needs " + slot.elements() + " elements of " + slot.type()
                    + (n < 0 ? "" : ", not " + n));
        }
        return n;
    }

    private static void put(final ByteBuffer buffer, final Object elements, final int at, final int count) {
        if (elements instanceof float[] f) {
            buffer.asFloatBuffer().put(f, at, count);
        } else if (elements instanceof long[] l) {
            buffer.asLongBuffer().put(l, at, count);
        } else if (elements instanceof byte[] b) {
            buffer.put(b, at, count);
        }
    }

    /** Writes the sums, which are known at the end only, into the header. */
    private static void seal(final AtomicFile.Output out, final byte[] header, final String sum) throws IOException {
        try {
            final byte[] digits = sum.getBytes(StandardCharsets.US_ASCII);
            final int tensors = Seal.position(header, Seal.TENSORS);
            System.arraycopy(digits, 0, header, tensors, digits.length);
            out.overwrite(ByteBuffer.wrap(digits), Long.BYTES + (long) tensors);
            final int own = Seal.position(header, Seal.HEADER);
            out.overwrite(
                    ByteBuffer.wrap(Seal.ofHeader(header).getBytes(StandardCharsets.US_ASCII)),
                    Long.BYTES + (long) own);
        } catch (Malformed e) {
            throw new IllegalStateException(e); // the places were made above
        }
    }
}
