package org.selfdiff.bench.slides;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A large slide that refers to the tiles of a small one again and again, which TIFF allows: a copy of the small file
 * with another directory at its end. Readers that remember decoded tiles by their place in the picture decode each again.
 */
final class RepeatedTiles {
    private static final int ENTRY = 12;

    private static final int SHORT = 3;

    private static final int LONG = 4;

    private RepeatedTiles() {}

    /** Makes the file: the first directory of a little-endian classic TIFF, in the size of the kind. */
    static SlideFile of(final Path source, final Path file, final SlideKind kind) throws IOException {
        final ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(source)).order(ByteOrder.LITTLE_ENDIAN);
        final Map<Integer, Integer> tags = tags(in);
        final int tile = in.getShort(tags.get(322) + 8) & 0xffff;
        final int sourceColumns = in.getInt(tags.get(256) + 8) / tile;
        final int sourceRows = in.getInt(tags.get(257) + 8) / tile;
        // the tiles at the right edge, which are partly empty, are not repeated
        final int stride = (in.getInt(tags.get(256) + 8) + tile - 1) / tile;
        final int across = (kind.side() + tile - 1) / tile;
        final int[] offsets = new int[across * across];
        final int[] lengths = new int[across * across];
        for (int i = 0; i < offsets.length; i++) {
            final int from = i / across % sourceRows * stride + i % across % sourceColumns;
            offsets[i] = in.getInt(in.getInt(tags.get(324) + 8) + 4 * from);
            lengths[i] = in.getInt(in.getInt(tags.get(325) + 8) + 4 * from);
        }
        Files.write(file, bytes(in.array(), kind.side(), tile, offsets, lengths));
        return new SlideFile(
                kind,
                file,
                kind.side(),
                kind.side(),
                offsets.length,
                IntStream.of(lengths).average().orElseThrow());
    }

    /** Where the entries of the first directory lie, by tag. */
    private static Map<Integer, Integer> tags(final ByteBuffer in) {
        final int directory = in.getInt(4);
        final Map<Integer, Integer> tags = new HashMap<>();
        for (int i = 0; i < in.getShort(directory); i++) {
            final int entry = directory + 2 + ENTRY * i;
            tags.put(in.getShort(entry) & 0xffff, entry);
        }
        return tags;
    }

    private static byte[] bytes(
            final byte[] source, final int side, final int tile, final int[] offsets, final int[] lengths) {
        final byte[] description = String.format(
                        "Aperio Image Library%n%dx%d (%dx%d) J2K/KDU Q=70\0", side, side, tile, tile)
                .getBytes(StandardCharsets.US_ASCII);
        final int entries = 12;
        final int start = source.length + source.length % 2;
        final int values = start + 2 + ENTRY * entries + 4;
        final int text = values + 6 + 2;
        final int offsetsAt = text + description.length + description.length % 2;
        final int lengthsAt = offsetsAt + 4 * offsets.length;
        final ByteBuffer out =
                ByteBuffer.allocate(lengthsAt + 4 * lengths.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(source).putInt(4, start).position(start);
        out.putShort((short) entries);
        entry(out, 254, LONG, 1, 0);
        entry(out, 256, LONG, 1, side);
        entry(out, 257, LONG, 1, side);
        entry(out, 258, SHORT, 3, values);
        entry(out, 259, SHORT, 1, 33005);
        entry(out, 262, SHORT, 1, 2);
        entry(out, 270, 2, description.length, text);
        entry(out, 277, SHORT, 1, 3);
        entry(out, 322, SHORT, 1, tile);
        entry(out, 323, SHORT, 1, tile);
        entry(out, 324, LONG, offsets.length, offsetsAt);
        entry(out, 325, LONG, lengths.length, lengthsAt);
        out.putInt(0).putShort((short) 8).putShort((short) 8).putShort((short) 8);
        out.position(text).put(description).position(offsetsAt);
        for (final int offset : offsets) {
            out.putInt(offset);
        }
        for (final int length : lengths) {
            out.putInt(length);
        }
        return out.array();
    }

    private static void entry(final ByteBuffer out, final int tag, final int type, final int count, final int value) {
        out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
