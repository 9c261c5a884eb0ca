package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.stain.StainMix;

class AugmentationTest {
    private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    @Test
    void unchangedAmountsChangeNoColour() {
        assertArrayEquals(IDENTITY, StainMix.hed().scaling(new double[] {1, 1, 1}), 1e-12);
        assertArrayEquals(
                new double[] {0, 100, 255},
                PixelChange.of(new Augmentation.ColourChange(IDENTITY, 1, 0), 0, 100, 255),
                1e-9);
    }

    @Test
    void theAmountOfAStainScalesItsDensityAndNoOther() {
        final double[] hematoxylin = {0.65, 0.70, 0.29};
        final double[] eosin = {0.07, 0.99, 0.11};
        final double[] m = StainMix.hed().scaling(new double[] {1.5, 1, 1});
        for (int c = 0; c < 3; c++) {
            double h = 0;
            double e = 0;
            for (int k = 0; k < 3; k++) {
                h += m[3 * c + k] * hematoxylin[k];
                e += m[3 * c + k] * eosin[k];
            }
            assertEquals(1.5 * hematoxylin[c], h, 1e-12);
            assertEquals(eosin[c], e, 1e-12);
        }
    }

    @Test
    void brightnessContrastByHandAndClamped() {
        assertArrayEquals(
                new double[] {77.25 + 25.5, 177.25 + 25.5, 188.75 + 25.5},
                PixelChange.of(new Augmentation.ColourChange(IDENTITY, 0.5, 0.1), 27, 227, 250),
                1e-9);
        assertArrayEquals(
                new double[] {0, 128.5, 255},
                PixelChange.of(new Augmentation.ColourChange(IDENTITY, 2, 0), 10, 128, 250),
                1e-9);
    }

    @Test
    void drawnChangesStayInTheirRange() {
        final Augmentation augmentation = new Augmentation(true, 0.1, 0.2, 0);
        double lowest = 1;
        double highest = 1;
        for (int key = 0; key < 500; key++) {
            final Augmentation.ColourChange change = augmentation.colourChange(new SeededRandom(key), StainMix.hed());
            lowest = Math.min(lowest, change.gain());
            highest = Math.max(highest, change.gain());
            assertEquals(0, change.shift(), 0.1);
            assertArrayEquals(IDENTITY, change.stainMatrix(), 1e-12);
        }
        assertEquals(0.8, lowest, 0.01);
        assertEquals(1.2, highest, 0.01);
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(true, 1, 0, 0));
    }
}
