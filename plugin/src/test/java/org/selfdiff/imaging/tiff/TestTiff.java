package org.selfdiff.imaging.tiff;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** TIFF files of any kind, put together byte by byte. */
public final class TestTiff {
    public static final int SHORT = 3;

    public static final int LONG = 4;

    public static final int LONG8 = 16;

    private final boolean big;

    private final ByteOrder order;

    private final List<Dir> chain = new ArrayList<>();

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    public TestTiff(final boolean big, final ByteOrder order) {
        this.big = big;
        this.order = order;
    }

    /** Classic and little endian. */
    public TestTiff() {
        this(false, ByteOrder.LITTLE_ENDIAN);
    }

    /** A tag's type, count and bytes. */
    private record Field(int type, long count, byte[] values) {}

    /** A directory in the making. */
    public final class Dir {
        private final TreeMap<Integer, Field> fields = new TreeMap<>();

        private final List<Dir> children = new ArrayList<>();

        private byte[][] blocks = {};

        private boolean tiles;

        public Dir field(final int tag, final int type, final long count, final byte[] values) {
            fields.put(tag, new Field(type, count, values));
            return this;
        }

        public Dir number(final int tag, final int type, final long... values) {
            final int size = TiffEntry.size(type);
            final ByteBuffer bytes = ByteBuffer.allocate(size * values.length).order(order);
            for (final long v : values) {
                switch (size) {
                    case 1 -> bytes.put((byte) v);
                    case 2 -> bytes.putShort((short) v);
                    case 4 -> bytes.putInt((int) v);
                    default -> bytes.putLong(v);
                }
            }
            return field(tag, type, values.length, bytes.array());
        }

        public Dir rational(final int tag, final int... pairs) {
            final ByteBuffer bytes = ByteBuffer.allocate(4 * pairs.length).order(order);
            for (final int v : pairs) {
                bytes.putInt(v);
            }
            return field(tag, 5, pairs.length / 2, bytes.array());
        }

        public Dir ascii(final int tag, final String text) {
            final byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
            return field(tag, 2, bytes.length, bytes);
        }

        /** Size, compression, colours and samples of an image. */
        public Dir image(
                final long width, final long height, final int compression, final int photometric, final int... bits) {
            final long[] all = java.util.Arrays.stream(bits).asLongStream().toArray();
            number(TiffTag.IMAGE_WIDTH, LONG, width);
            number(TiffTag.IMAGE_LENGTH, LONG, height);
            number(TiffTag.COMPRESSION, SHORT, compression);
            number(TiffTag.PHOTOMETRIC, SHORT, photometric);
            number(TiffTag.SAMPLES_PER_PIXEL, SHORT, bits.length);
            return number(TiffTag.BITS_PER_SAMPLE, SHORT, all);
        }

        public Dir tiles(final int width, final int height, final byte[]... data) {
            tiles = true;
            blocks = data;
            number(TiffTag.TILE_WIDTH, LONG, width);
            return number(TiffTag.TILE_LENGTH, LONG, height);
        }

        public Dir strips(final int rows, final byte[]... data) {
            blocks = data;
            return number(TiffTag.ROWS_PER_STRIP, LONG, rows);
        }

        public Dir child() {
            children.add(new Dir());
            return children.get(children.size() - 1);
        }
    }

    public Dir dir() {
        chain.add(new Dir());
        return chain.get(chain.size() - 1);
    }

    byte[] bytes() throws IOException {
        final byte[] header = new byte[big ? 16 : 8];
        file.reset();
        file.write(header);
        final List<Integer> nextFields = new ArrayList<>();
        final List<Integer> starts = new ArrayList<>();
        for (final Dir dir : chain) {
            starts.add(write(dir, nextFields));
        }
        final ByteBuffer bytes = ByteBuffer.wrap(file.toByteArray()).order(order);
        bytes.put(0, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M')).put(1, bytes.get(0));
        bytes.putShort(2, (short) (big ? 43 : 42));
        if (big) {
            bytes.putShort(4, (short) 8);
        }
        nextFields.add(0, big ? 8 : 4);
        for (int i = 0; i < starts.size(); i++) {
            offset(bytes, nextFields.get(i), starts.get(i));
        }
        return bytes.array();
    }

    public Path write(final Path path) throws IOException {
        return Files.write(path, bytes());
    }

    private void offset(final ByteBuffer bytes, final int at, final long value) {
        if (big) {
            bytes.putLong(at, value);
        } else {
            bytes.putInt(at, (int) value);
        }
    }

    private int write(final Dir dir, final List<Integer> nextFields) throws IOException {
        final long[] children = new long[dir.children.size()];
        for (int i = 0; i < children.length; i++) {
            children[i] = write(dir.children.get(i), new ArrayList<>());
        }
        if (children.length > 0) {
            dir.number(TiffTag.SUB_IFDS, big ? 18 : 13, children);
        }
        blocks(dir);
        final TreeMap<Integer, Integer> places = new TreeMap<>();
        final int room = big ? 8 : 4;
        for (final var entry : dir.fields.entrySet()) {
            if (entry.getValue().values.length > room) {
                places.put(entry.getKey(), put(entry.getValue().values));
            }
        }
        final int start = put(new byte[0]);
        final ByteBuffer out =
                ByteBuffer.allocate(8 + 20 * dir.fields.size() + 8).order(order);
        if (big) {
            out.putLong(dir.fields.size());
        } else {
            out.putShort((short) dir.fields.size());
        }
        for (final var entry : dir.fields.entrySet()) {
            final Field field = entry.getValue();
            out.putShort(entry.getKey().shortValue()).putShort((short) field.type);
            final int at = out.position() + room;
            offset(out, out.position(), field.count);
            if (places.containsKey(entry.getKey())) {
                offset(out, at, places.get(entry.getKey()));
            } else {
                out.position(at).put(field.values);
            }
            out.position(at + room);
        }
        nextFields.add(start + out.position());
        file.write(out.array(), 0, out.position() + room);
        return start;
    }

    private void blocks(final Dir dir) throws IOException {
        if (dir.blocks.length == 0) {
            return;
        }
        final long[] offsets = new long[dir.blocks.length];
        final long[] lengths = new long[offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            lengths[i] = dir.blocks[i].length;
            offsets[i] = lengths[i] == 0 ? 0 : put(dir.blocks[i]);
        }
        dir.number(dir.tiles ? TiffTag.TILE_OFFSETS : TiffTag.STRIP_OFFSETS, big ? LONG8 : LONG, offsets);
        dir.number(dir.tiles ? TiffTag.TILE_BYTE_COUNTS : TiffTag.STRIP_BYTE_COUNTS, LONG, lengths);
    }

    /** Appends at an even place. */
    private int put(final byte[] bytes) throws IOException {
        if (file.size() % 2 == 1) {
            file.write(0);
        }
        final int at = file.size();
        file.write(bytes);
        return at;
    }
}
