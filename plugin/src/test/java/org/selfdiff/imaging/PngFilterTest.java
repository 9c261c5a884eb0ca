package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngFilterTest {

    /** Filters as the specification writes them, byte by byte, and what undoes them gives the row again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 8})
    void undoesEveryFilterAtEveryDistance(final int distance) throws IOException {
        final Random random = new Random(distance);
        final byte[] up = new byte[distance * 37];
        final byte[] row = new byte[up.length];
        random.nextBytes(up);
        random.nextBytes(row);
        for (int filter = 0; filter <= 4; filter++) {
            final byte[] filtered = new byte[row.length + 1];
            filtered[0] = (byte) filter;
            for (int i = 0; i < row.length; i++) {
                final int a = i < distance ? 0 : row[i - distance] & 255;
                final int b = up[i] & 255;
                final int c = i < distance ? 0 : up[i - distance] & 255;
                filtered[i + 1] = (byte) (row[i] - new int[] {0, a, b, (a + b) / 2, nearest(a, b, c)}[filter]);
            }
            final byte[] undone = new byte[row.length];
            PngFilter.undo(filtered, undone, up, distance);
            assertArrayEquals(row, undone, "filter " + filter);
        }
    }

    /** The predictor in the words of the specification, 9.4. */
    private static int nearest(final int a, final int b, final int c) {
        final int p = a + b - c;
        int best = a;
        for (final int candidate : new int[] {b, c}) {
            best = Math.abs(p - candidate) < Math.abs(p - best) ? candidate : best;
        }
        return best;
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 255})
    void refusesOthers(final int filter) {
        final IOException refused = assertThrows(
                IOException.class, () -> PngFilter.undo(new byte[] {(byte) filter, 0}, new byte[1], new byte[1], 1));
        assertEquals("a row filter that PNG does not know: " + filter, refused.getMessage());
    }
}
