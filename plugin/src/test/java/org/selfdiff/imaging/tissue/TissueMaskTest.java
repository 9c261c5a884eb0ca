package org.selfdiff.imaging.tissue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunFailed;

class TissueMaskTest {
    private static final double EXACT = 1e-12;

    private static LabelMap labels(final int width, final int height, final int... labels) {
        return new LabelMap(width, height, labels);
    }

    private static TissueMask mask(final LabelMap labels, final int width, final int height) throws RunFailed {
        return TissueMask.of(labels, "mask.png", width, height, 10);
    }

    @Test
    void partsOfPixelsCountByTheirArea() throws RunFailed {
        final TissueMask mask = mask(labels(2, 2, 1, 0, 0, 2), 2, 2);
        assertEquals(0.5, mask.fraction(0, 0, 2, 2), EXACT);
        assertEquals(0.5, mask.fraction(0.5, 0.5, 1, 1), EXACT);
        assertEquals(0.75, mask.fraction(0, 0, 1.0, 4.0 / 3), EXACT);
        // 0.5 x 0.5 of each of the upper pixels, no part of the lower ones
        assertEquals(0.25 / 0.625, mask.fraction(0.5, 0.5, 1.25, 0.5), EXACT);
        assertEquals(1, mask.fraction(-5, -5, 6, 6), EXACT);
        assertEquals(0, mask.fraction(2, 0, 1, 1), "outside");
        assertEquals(0, mask.fraction(1, 1, 0, 1), "empty");
        assertEquals(0, mask.fraction(Double.NaN, 0, 1, 1));
        assertEquals(0.5, mask.share(), EXACT);
        assertEquals(2 * 100e-6, mask.areaMm2(), EXACT);
        assertEquals("given mask", mask.thresholds().text());
    }

    @Test
    void fractionsAgreeWithASumOverFineSteps() throws RunFailed {
        final SeededRandom random = new SeededRandom(4);
        final int[] labels = new int[12 * 9];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(2);
        }
        final TissueMask mask = mask(labels(12, 9, labels), 12, 9);
        for (int n = 0; n < 50; n++) {
            final double x = random.nextInt(100) / 10.0;
            final double y = random.nextInt(80) / 10.0;
            final int w = 1 + random.nextInt(120 - (int) Math.round(10 * x));
            final int h = 1 + random.nextInt(90 - (int) Math.round(10 * y));
            int inside = 0;
            for (int i = 0; i < w * h; i++) {
                final int px = (int) (x + (i % w + 0.5) / 10);
                final int py = (int) (y + (i / w + 0.5) / 10);
                inside += labels[12 * py + px];
            }
            assertEquals((double) inside / (w * h), mask.fraction(x, y, w / 10.0, h / 10.0), 1e-9);
        }
    }

    @Test
    void aGivenMaskIsBroughtToTheOverview() throws RunFailed {
        final TissueMask coarser = mask(labels(4, 2, 7, 0, 0, 0, 7, 0, 1, 0), 2, 1);
        assertEquals(TissueClass.TISSUE, coarser.at(0, 0), "a half is enough");
        assertEquals(TissueClass.GLASS, coarser.at(1, 0));
        final TissueMask finer = mask(labels(2, 1, 0, 3), 6, 3);
        assertEquals(0.5, finer.share());
        assertEquals(1, finer.fraction(3, 0, 3, 3));
        final TissueMask uneven = mask(labels(3, 3, 1, 1, 0, 1, 1, 0, 0, 0, 0), 5, 5);
        assertEquals(TissueClass.TISSUE, uneven.at(2, 2));
        assertEquals(TissueClass.GLASS, uneven.at(3, 3));
    }

    @Test
    void aMaskOfAnotherShapeIsRefused() {
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> mask(new LabelMap(100, 50, new int[5000]), 300, 200));
        assertEquals("mask.png", failed.where());
        assertTrue(failed.what().contains("100 x 50") && failed.what().contains("300 x 200"));
    }

    @Test
    void theOverviewShowsOutlineAndReasons() throws RunFailed {
        final Picture picture = new PaintedSlide(40, 30, 0xc8c8c8).picture();
        final int[] labels = new int[40 * 30];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 40 >= 10 && i % 40 < 30 && i / 40 >= 10 && i / 40 < 20 ? 1 : 0;
        }
        final TissueMask mask = mask(labels(40, 30, labels), 40, 30);
        mask.classes()[0] = TissueClass.PEN.code();
        final Picture drawn = TissueOverview.draw(picture, mask, 2, 0.5);
        assertEquals(0x009e73, drawn.colour(10, 15));
        assertEquals(0x009e73, drawn.colour(11, 15));
        assertEquals(0xc8c8c8, drawn.colour(12, 15), "tissue keeps its colour");
        assertEquals(0xc8c8c8, drawn.colour(9, 15));
        assertEquals(0xcf9364, drawn.colour(0, 0), "half of d55e00");
        final Picture other = new PaintedSlide(3, 3, 0).picture();
        assertThrows(IllegalArgumentException.class, () -> TissueOverview.draw(other, mask, 2, 0.5));
    }
}
