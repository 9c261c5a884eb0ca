package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReflectedTest {
    private static final int WIDTH = 7;

    private static final int HEIGHT = 5;

    @Test
    void everyPixelIsTheOneThatTheMirrorShows() {
        final byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        new Random(3).nextBytes(rgb);
        final Picture picture = new Picture(WIDTH, HEIGHT, rgb);
        final Random random = new Random(4);
        for (int n = 0; n < 300; n++) {
            final int x = random.nextInt(-30, 30);
            final int y = random.nextInt(-30, 30);
            final Picture part = picture.region(x, y, 1 + random.nextInt(12), 1 + random.nextInt(12));
            for (int j = 0; j < part.height(); j++) {
                for (int i = 0; i < part.width(); i++) {
                    final int shown = picture.colour(Mirror.index(x + i, WIDTH), Mirror.index(y + j, HEIGHT));
                    assertEquals(shown, part.colour(i, j), "pixel " + i + ", " + j + " of " + x + ", " + y);
                }
            }
        }
    }

    @Test
    void aLongerArrayIsFilledFromItsStart() {
        final Picture picture = new Picture(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        final byte[] longer = new byte[20];
        longer[9] = 77;
        picture.read(-1, 0, 3, 1, longer);
        assertEquals(4, longer[0]);
        assertEquals(1, longer[3]);
        assertEquals(6, longer[8]);
        assertEquals(77, longer[9]);
    }

    @Test
    void passingArraysComeBack() {
        final PassingArrays arrays = new PassingArrays();
        final byte[] first = arrays.take(10);
        assertNotSame(first, arrays.take(10));
        arrays.put(first);
        assertSame(first, arrays.take(8));
        arrays.put(first);
        assertTrue(arrays.take(11).length >= 11);
    }
}
