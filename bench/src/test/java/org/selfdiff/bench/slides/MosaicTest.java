package org.selfdiff.bench.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.Picture;

class MosaicTest {
    /** A patch in which every pixel says where it is. */
    private static Mosaic mosaic() {
        final byte[] rgb = new byte[3 * Mosaic.SIDE * Mosaic.SIDE];
        for (int i = 0; i < Mosaic.SIDE * Mosaic.SIDE; i++) {
            rgb[3 * i] = (byte) (64 + i % Mosaic.SIDE / 4);
            rgb[3 * i + 1] = (byte) (64 + i / Mosaic.SIDE / 4);
            rgb[3 * i + 2] = (byte) 128;
        }
        return new Mosaic(List.of(new Picture(Mosaic.SIDE, Mosaic.SIDE, rgb)), "test");
    }

    @Test
    void pixelsDependOnThePositionAlone() {
        final Picture whole = new Picture(1200, 800, mosaic().samples(0, 0, 1200, 800));
        for (final int[] at : new int[][] {{0, 0}, {256, 512}, {500, 300}, {1023, 511}}) {
            final byte[] part = mosaic().samples(at[0], at[1], 170, 150);
            assertArrayEquals(whole.region(at[0], at[1], 170, 150).rgb(), part);
        }
    }

    @Test
    void everyCellShowsAllOfItsPatch() {
        final byte[] patch = mosaic().patches().get(0).rgb();
        for (int cell = 0; cell < 12; cell++) {
            final byte[] samples = mosaic().samples(cell * Mosaic.SIDE, 0, Mosaic.SIDE, Mosaic.SIDE);
            // nothing is clamped, so that blue tells the shade; turning and mirroring keep the sum
            final int shade = (samples[2] & 0xff) - 128;
            assertEquals(sum(patch) + (long) shade * patch.length, sum(samples));
        }
    }

    @Test
    void neighboursDiffer() {
        final byte[] first = mosaic().samples(0, 0, Mosaic.SIDE, Mosaic.SIDE);
        final byte[] second = mosaic().samples(Mosaic.SIDE, 0, Mosaic.SIDE, Mosaic.SIDE);
        assertFalse(Arrays.equals(first, second));
    }

    private static long sum(final byte[] samples) {
        long sum = 0;
        for (final byte sample : samples) {
            sum += sample & 0xff;
        }
        return sum;
    }
}
