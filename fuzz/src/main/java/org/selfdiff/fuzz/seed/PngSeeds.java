package org.selfdiff.fuzz.seed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** PNG files of every kind of pixel (PNG specification, second edition), byte by byte. */
public final class PngSeeds {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Colour type and depth of every kind that the specification allows. */
    private static final int[][] KINDS = {
        {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16},
        {6, 8}, {6, 16}
    };

    private PngSeeds() {}

    /** One file of every kind, plain and interlaced, with a palette and a transparent colour where they may be. */
    public static Map<String, byte[]> all() throws IOException {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        for (final int[] kind : KINDS) {
            for (int interlaced = 0; interlaced <= 1; interlaced++) {
                final byte[] rows = new byte[512];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = (byte) (i % 37 == 0 ? i % 5 : 0);
                }
                all.put(
                        "type" + kind[0] + "depth" + kind[1] + (interlaced == 1 ? "interlaced" : ""),
                        file(5, 4, kind[1], kind[0], interlaced, rows));
            }
        }
        return all;
    }

    /**
     * A file around rows that may be anything.
     *
     * @param rows filter bytes and samples, before they are compressed
     */
    public static byte[] file(
            final int width, final int height, final int depth, final int type, final int interlaced, final byte[] rows)
            throws IOException {
        final ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(SIGNATURE);
        final ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) depth).put((byte) type).put((byte) 0).put((byte) 0).put((byte) interlaced);
        chunk(file, "IHDR", header.array());
        if (type == 3) {
            chunk(file, "PLTE", new byte[] {0, 0, 0, 9, 9, 9, 1, 2, 3});
            chunk(file, "tRNS", new byte[] {7});
        } else if (type == 0 || type == 2) {
            chunk(file, "tRNS", new byte[type == 0 ? 2 : 6]);
        }
        final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(pixels)) {
            deflated.write(rows);
        }
        chunk(file, "IDAT", pixels.toByteArray());
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(final ByteArrayOutputStream file, final String type, final byte[] content)
            throws IOException {
        final byte[] body = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        file.write(ByteBuffer.allocate(4).putInt(content.length).array());
        file.write(body);
        file.write(ByteBuffer.allocate(4).putInt(sum(body, 0, body.length)).array());
    }

    /** The same bytes with the right check sum behind every chunk, which mutation would never find. */
    public static byte[] withCheckSums(final byte[] input) {
        final byte[] file = input.clone();
        final ByteBuffer bytes = ByteBuffer.wrap(file);
        int at = SIGNATURE.length;
        while (at + 12 <= file.length) {
            final int length = bytes.getInt(at);
            if (length < 0 || length > file.length - at - 12) {
                break;
            }
            bytes.putInt(at + 8 + length, sum(file, at + 4, 4 + length));
            at += 12 + length;
        }
        return file;
    }

    private static int sum(final byte[] bytes, final int offset, final int length) {
        final CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
