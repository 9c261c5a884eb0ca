package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MultiCropTest {
    private static final int SIDE = 16;

    private static Batch batch(final int count, final java.util.function.IntUnaryOperator value) {
        final byte[] pixels = new byte[count * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) value.applyAsInt(i);
        }
        final Tile tile = Tile.of(Path.of("x.png"), Optional.empty(), 0, 0, SIDE, SIDE, 0.5, "x");
        return new Batch(pixels, new byte[0], new float[0], 1, SIDE, SIDE, Collections.nCopies(count, tile));
    }

    @Test
    void wholeTilesAreAsTheyAreOrMeansOfTheirPixels() {
        final Batch batch = batch(2, i -> i * 37 % 256);
        final float[] same = new MultiCrop(SIDE, 8, 1, false, 0).whole(batch);
        final float[] half = new MultiCrop(SIDE / 2, 8, 1, false, 0).whole(batch);
        for (int i = 0; i < same.length; i++) {
            assertEquals(i * 37 % 256 / 127.5 - 1, same[i], 1e-6);
        }
        for (int i = 0; i < half.length; i++) {
            final int at = i / 64 * 256 + i % 64 / 8 * 32 + i % 8 * 2;
            assertEquals((same[at] + same[at + 1] + same[at + 16] + same[at + 17]) / 4, half[i], 1e-6);
        }
    }

    /** On a slope of grey from left to right a view is a slope, whose length is the share of the tile that it shows. */
    @Test
    void viewsShowTheSharesOfTheTileThatTheyShould() {
        final Batch batch = batch(64, i -> i % SIDE * 16);
        final MultiCrop.Views views = new MultiCrop(SIDE, 8, 2, false, 0).of(batch, 3, 5);
        int mirrored = 0;
        double large = 0;
        double small = 0;
        for (int i = 0; i < 128; i++) {
            final float[] view = Arrays.copyOfRange(views.large(), i * 256, (i + 1) * 256);
            final float[] part = Arrays.copyOfRange(views.small(), i * 64, (i + 1) * 64);
            mirrored += view[0] > view[15] ? 1 : 0;
            for (int row = 1; row < SIDE; row++) {
                assertArrayEquals(
                        Arrays.copyOf(view, SIDE), Arrays.copyOfRange(view, row * SIDE, (row + 1) * SIDE), 1e-6f);
            }
            // pixels of the tile across the view, away from the edges of the tile
            final double across = Math.abs(view[10] - view[5]) * 127.5 / 16 / 5 * SIDE;
            assertTrue(across > SIDE * Math.sqrt(0.4 * 0.75) - 1e-3 && across <= SIDE + 1e-3, across + " pixels");
            large += across / SIDE;
            small += Math.abs(part[5] - part[2]) * 127.5 / 16 / 3 * 8 / SIDE;
        }
        assertTrue(mirrored > 40 && mirrored < 88, mirrored + " of 128");
        // means of the roots of the shares: 0.83 and 0.55 for uniform shares and sides alike
        assertEquals(0.83, large / 128, 0.05);
        assertEquals(0.55, small / 128, 0.06);
    }

    @Test
    void viewsDependOnSeedStepAndPlaceAlone() {
        final Batch one = batch(1, i -> i * 91 % 256);
        final Batch two = batch(2, i -> i * 91 % 256);
        final MultiCrop crop = new MultiCrop(SIDE, 8, 1, true, 0.3);
        final MultiCrop.Views a = crop.of(one, 1, 2);
        final MultiCrop.Views b = crop.of(two, 1, 2);
        assertArrayEquals(Arrays.copyOf(a.large(), 256), Arrays.copyOf(b.large(), 256));
        assertArrayEquals(a.small(), Arrays.copyOf(b.small(), 64));
        assertFalse(Arrays.equals(a.large(), crop.of(one, 1, 3).large()));
        assertFalse(Arrays.equals(a.large(), crop.of(one, 2, 2).large()));
        for (final float value : b.large()) {
            assertTrue(value >= -1 && value <= 1);
        }
    }
}
