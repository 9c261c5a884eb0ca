package org.selfdiff.imaging.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TileGridTest {

    private static int[] starts(final int tile, final int stride, final TileGrid.Border border, final int length) {
        return new TileGrid(tile, stride, border).starts(length);
    }

    @Test
    void byHand() {
        assertArrayEquals(new int[] {0, 4}, starts(4, 4, TileGrid.Border.DROP, 10));
        assertArrayEquals(new int[] {0, 4, 6}, starts(4, 4, TileGrid.Border.SHIFT, 10));
        assertArrayEquals(new int[] {0, 4, 8}, starts(4, 4, TileGrid.Border.PAD, 10));
        assertArrayEquals(new int[] {0, 3, 6}, starts(4, 3, TileGrid.Border.SHIFT, 10));
        assertArrayEquals(new int[] {0}, starts(4, 4, TileGrid.Border.SHIFT, 4));
        assertArrayEquals(new int[] {}, starts(4, 4, TileGrid.Border.SHIFT, 3));
        assertArrayEquals(new int[] {0}, starts(4, 4, TileGrid.Border.PAD, 3));
        // GenSelfDiff-HIS: 1000 pixels, patches of 256, stride 64, remainder dropped: 12 along a side
        assertEquals(12, starts(256, 64, TileGrid.Border.DROP, 1000).length);
    }

    @Test
    void allSizes() {
        for (int tile = 1; tile <= 6; tile++) {
            for (int stride = 1; stride <= tile; stride++) {
                for (int length = tile; length <= 20; length++) {
                    check(tile, stride, length);
                }
            }
        }
    }

    private static void check(final int tile, final int stride, final int length) {
        assertArrayEquals(new int[] {(length - tile) / 2}, TileGrid.centre(tile).starts(length));
        for (final TileGrid.Border border : List.of(TileGrid.Border.DROP, TileGrid.Border.SHIFT, TileGrid.Border.PAD)) {
            final int[] starts = starts(tile, stride, border, length);
            final int last = starts[starts.length - 1];
            assertArrayEquals(IntStream.of(starts).sorted().distinct().toArray(), starts);
            if (border != TileGrid.Border.PAD) {
                assertTrue(last + tile <= length, "inside");
            }
            if (border != TileGrid.Border.DROP) {
                assertTrue(last + tile >= length, "covered");
                assertTrue(starts.length == 1 || starts[starts.length - 2] + tile < length, "none too many");
            } else {
                assertTrue(last + stride + tile > length, "none left out");
            }
        }
    }
}
