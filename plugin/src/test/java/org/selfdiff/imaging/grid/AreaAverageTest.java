package org.selfdiff.imaging.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.imaging.Picture;

class AreaAverageTest {
    private static Picture noise(final int width, final int height) {
        final byte[] rgb = new byte[3 * width * height];
        new Random(5).nextBytes(rgb);
        return new Picture(width, height, rgb);
    }

    /** The mean by its definition: each pixel times the area of it that is covered, in double precision. */
    private static double mean(final Picture p, final double x, final double y, final double side, final int channel) {
        double sum = 0;
        for (int v = (int) y; v < Math.min(p.height(), Math.ceil(y + side)); v++) {
            for (int u = (int) x; u < Math.min(p.width(), Math.ceil(x + side)); u++) {
                final double across = Math.min(x + side, u + 1) - Math.max(x, u);
                final double down = Math.min(y + side, v + 1) - Math.max(y, v);
                sum += across * down * p.sample(u, v, channel);
            }
        }
        return sum / (side * side);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 3, 4, 7, 1.25, 1.9841, 2.5, 6.02})
    void everyPixelIsTheMeanOfWhatItCovers(final double factor) {
        final Picture fine = noise(61, 47);
        final Picture coarse = AreaAverage.shrink(fine, factor);
        assertEquals((int) (61 / factor), coarse.width());
        assertEquals((int) (47 / factor), coarse.height());
        for (int i = 0; i < 3 * coarse.width() * coarse.height(); i++) {
            final int pixel = i / 3;
            final double expected =
                    mean(fine, pixel % coarse.width() * factor, pixel / coarse.width() * factor, factor, i % 3);
            assertEquals(expected, coarse.rgb()[i] & 0xff, 0.5 + 1e-3, "sample " + i + " at " + factor);
        }
    }

    @Test
    void halvesAreRoundedUp() {
        final byte[] rgb = {0, 10, -1, 1, 10, -1, 1, 11, -1, 0, 11, -1}; // means 0.5, 10.5, 255
        assertArrayEquals(
                new byte[] {1, 11, -1},
                AreaAverage.shrink(new Picture(2, 2, rgb), 2).rgb());
    }

    @Test
    void wholeAndBrokenFactorsMeet() {
        final Picture fine = noise(40, 40);
        for (final int factor : new int[] {2, 3, 4}) {
            final int side = 36 / factor;
            final byte[] whole = new byte[3 * side * side];
            new AreaAverage(1, 2, factor).into(fine.rgb(), 40, 40, side, side, whole, 0, 3 * side);
            final byte[] broken = new byte[whole.length];
            new AreaAverage(1, 2, factor * (1 + 1e-9)).into(fine.rgb(), 40, 40, side, side, broken, 0, 3 * side);
            for (int i = 0; i < whole.length; i++) {
                assertEquals(whole[i] & 0xff, broken[i] & 0xff, 1, factor + ": sample " + i);
            }
        }
    }
}
