package org.selfdiff.bench.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedTilesTest {
    private static final int ENTRIES = 6;

    /** Three by two tiles of 16 pixels in 40 x 30: one whole row of two whole tiles. Tile i has 10 + i bytes at 1000 + 100 i. */
    private static byte[] source() {
        final ByteBuffer out = ByteBuffer.allocate(2000).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8).putShort((short) ENTRIES);
        final int[][] entries = {
            {256, 4, 1, 40}, {257, 4, 1, 30}, {322, 3, 1, 16}, {323, 3, 1, 16}, {324, 4, 6, 200}, {325, 4, 6, 300}
        };
        for (final int[] entry : entries) {
            out.putShort((short) entry[0])
                    .putShort((short) entry[1])
                    .putInt(entry[2])
                    .putInt(entry[3]);
        }
        for (int i = 0; i < 6; i++) {
            out.putInt(200 + 4 * i, 1000 + 100 * i).putInt(300 + 4 * i, 10 + i);
        }
        return out.array();
    }

    @Test
    void refersToTheWholeTilesOfTheSource(@TempDir final Path folder) throws IOException {
        final Path small = Files.write(folder.resolve("small.svs"), source());
        final SlideFile slide = RepeatedTiles.of(small, folder.resolve("large.svs"), SlideKind.JPEG2000);
        assertEquals(2500 * 2500, slide.tiles());
        final ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(slide.path())).order(ByteOrder.LITTLE_ENDIAN);
        final byte[] kept = new byte[1992];
        in.get(8, kept);
        final byte[] wanted = new byte[1992];
        System.arraycopy(source(), 8, wanted, 0, wanted.length);
        assertArrayEquals(wanted, kept);
        final Map<Integer, Integer> values = new HashMap<>();
        final int directory = in.getInt(4);
        for (int i = 0; i < in.getShort(directory); i++) {
            values.put(in.getShort(directory + 2 + 12 * i) & 0xffff, in.getInt(directory + 10 + 12 * i));
        }
        assertEquals(40_000, values.get(256));
        assertEquals(33005, values.get(259) & 0xffff);
        for (int i = 0; i < slide.tiles(); i++) {
            final int from = i % 2500 % 2;
            assertEquals(1000 + 100 * from, in.getInt(values.get(324) + 4 * i));
            assertEquals(10 + from, in.getInt(values.get(325) + 4 * i));
        }
        final byte[] text = new byte[7];
        in.get(values.get(270), text);
        assertTrue(new String(text, java.nio.charset.StandardCharsets.US_ASCII).startsWith("Aperio "));
    }
}
