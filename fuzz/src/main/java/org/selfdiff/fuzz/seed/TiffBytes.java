package org.selfdiff.fuzz.seed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A TIFF or BigTIFF file from its tags (TIFF 6.0, section 2), small and with no check of its own, so that it can be as
 * wrong as a test wants.
 */
public final class TiffBytes {
    private static final int ASCII = 2;

    private static final int SHORT = 3;

    private static final int LONG = 4;

    private static final int RATIONAL = 5;

    private static final int UNDEFINED = 7;

    private static final int FLOAT = 11;

    private final boolean big;

    private final ByteOrder order;

    private final List<Map<Integer, Entry>> directories = new ArrayList<>();

    private record Entry(int type, int count, byte[] value) {}

    /**
     * An empty file.
     *
     * @param big whether it is a BigTIFF
     */
    public TiffBytes(final boolean big, final ByteOrder order) {
        this.big = big;
        this.order = order;
    }

    /** Begins another directory; the tags that follow are its. */
    public TiffBytes directory() {
        directories.add(new TreeMap<>());
        return this;
    }

    /** A tag of 16-bit numbers. */
    public TiffBytes shorts(final int tag, final int... values) {
        final ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
        for (final int value : values) {
            bytes.putShort((short) value);
        }
        return put(tag, SHORT, values.length, bytes.array());
    }

    /** A tag of 32-bit numbers. */
    public TiffBytes longs(final int tag, final int... values) {
        final ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
        for (final int value : values) {
            bytes.putInt(value);
        }
        return put(tag, LONG, values.length, bytes.array());
    }

    /** A tag of one fraction. */
    public TiffBytes rational(final int tag, final int above, final int below) {
        return put(
                tag,
                RATIONAL,
                1,
                ByteBuffer.allocate(8).order(order).putInt(above).putInt(below).array());
    }

    /** A tag of one 32-bit floating-point number. */
    public TiffBytes floating(final int tag, final float value) {
        return put(
                tag,
                FLOAT,
                1,
                ByteBuffer.allocate(4).order(order).putFloat(value).array());
    }

    /** A tag of text. */
    public TiffBytes text(final int tag, final String text) {
        final byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        return put(tag, ASCII, bytes.length, bytes);
    }

    /** A tag of bytes. */
    public TiffBytes bytes(final int tag, final byte[] bytes) {
        return put(tag, UNDEFINED, bytes.length, bytes);
    }

    /** Blocks of pixels: the two tags that say where they lie and how long they are. */
    public TiffBytes blocks(final int offsetsTag, final int lengthsTag, final byte[]... blocks) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        final int[] lengths = new int[blocks.length];
        for (int i = 0; i < blocks.length; i++) {
            all.writeBytes(blocks[i]);
            lengths[i] = blocks[i].length;
        }
        longs(lengthsTag, lengths);
        return put(offsetsTag, LONG, -blocks.length, all.toByteArray()); // turned into offsets when they are known
    }

    private TiffBytes put(final int tag, final int type, final int count, final byte[] value) {
        directories.get(directories.size() - 1).put(tag, new Entry(type, count, value));
        return this;
    }

    /** The file. */
    public byte[] file() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[big ? 16 : 8]);
        final List<Integer> starts = new ArrayList<>();
        final List<Integer> links = new ArrayList<>();
        for (final Map<Integer, Entry> entries : directories) {
            final byte[] directory = directory(entries, out);
            starts.add(out.size());
            out.writeBytes(directory);
            links.add(out.size() - (big ? 8 : 4));
        }
        final ByteBuffer file = ByteBuffer.wrap(out.toByteArray()).order(order);
        file.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M')).put(file.get(0));
        file.putShort((short) (big ? 43 : 42));
        if (big) {
            file.putShort((short) 8).putShort((short) 0);
        }
        offset(file, file.position(), starts.get(0));
        for (int i = 0; i + 1 < starts.size(); i++) {
            offset(file, links.get(i), starts.get(i + 1));
        }
        return file.array();
    }

    /** Bytes of a directory, after the values that do not fit into it were written. */
    private byte[] directory(final Map<Integer, Entry> entries, final ByteArrayOutputStream out) {
        final int field = big ? 8 : 4;
        final ByteBuffer directory = ByteBuffer.allocate(entries.size() * (4 + 2 * field) + (big ? 16 : 6))
                .order(order);
        if (big) {
            directory.putLong(entries.size());
        } else {
            directory.putShort((short) entries.size());
        }
        entries.forEach((tag, entry) -> {
            final Entry known = entry.count < 0 ? offsets(tag, entry, entries, out) : entry;
            directory.putShort((short) (int) tag).putShort((short) known.type);
            offset(directory, directory.position(), known.count);
            directory.position(directory.position() + field);
            if (known.value.length <= field) {
                directory.put(known.value).position(directory.position() + field - known.value.length);
            } else {
                offset(directory, directory.position(), out.size());
                directory.position(directory.position() + field);
                out.writeBytes(known.value);
            }
        });
        return directory.array();
    }

    /** Writes the blocks of a tag and gives where they lie. */
    private Entry offsets(
            final int tag, final Entry blocks, final Map<Integer, Entry> entries, final ByteArrayOutputStream out) {
        final int count = -blocks.count;
        final int lengthsTag = tag == Tags.TILE_OFFSETS ? Tags.TILE_LENGTHS : Tags.STRIP_LENGTHS;
        final ByteBuffer lengths =
                ByteBuffer.wrap(entries.get(lengthsTag).value).order(order);
        final ByteBuffer offsets = ByteBuffer.allocate(4 * count).order(order);
        int at = out.size();
        for (int i = 0; i < count; i++) {
            offsets.putInt(at);
            at += lengths.getInt();
        }
        out.writeBytes(blocks.value);
        return new Entry(LONG, count, offsets.array());
    }

    private void offset(final ByteBuffer bytes, final int at, final long value) {
        if (big) {
            bytes.putLong(at, value);
        } else {
            bytes.putInt(at, (int) value);
        }
    }
}
