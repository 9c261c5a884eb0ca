package org.selfdiff.imaging.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunFailed;

class ScaleTest {
    private static final double TOLERANCE = 0.05;

    private static Levels slide(final double mpp, final double magnification) {
        return new Levels(4000, 3000, mpp, magnification, (x, y) -> 0, 1, 4, 16);
    }

    private static Scale scale(final Levels slide, final Resolution wanted) throws RunFailed {
        return Scale.of(slide, wanted, 0, TOLERANCE);
    }

    @Test
    void aLevelWithinTheToleranceIsTakenAsItIs() throws RunFailed {
        final Scale scale = scale(slide(0.2462, 40), Resolution.mpp(0.25));
        assertEquals(new Scale(0, 1, 0.2462), scale);
        assertEquals(new Scale(1, 4, 4 * 0.2462), scale(slide(0.2462, 40), Resolution.mpp(1)));
        assertEquals(new Scale(1, 4, 4 * 0.26), scale(slide(0.26, 40), Resolution.mpp(1)), "4 % coarser is within");
    }

    @Test
    void otherwiseTheNextFinerLevelIsAveraged() throws RunFailed {
        final Scale half = scale(slide(0.25, 40), Resolution.mpp(0.5));
        assertEquals(0, half.level());
        assertEquals(2, half.downsample(), 1e-12);
        assertEquals(0.5, half.mpp(), 1e-12);
        assertEquals(2000, half.width(slide(0.25, 40)));
        final Scale eight = scale(slide(0.25, 40), Resolution.mpp(2));
        assertEquals(1, eight.level(), "8 is averaged from 4, not from 16");
        assertEquals(8, eight.downsample(), 1e-12);
    }

    @Test
    void magnificationNeedsNoMicrometres() throws RunFailed {
        final Scale twenty = scale(slide(Double.NaN, 40), Resolution.magnification(20));
        assertEquals(2, twenty.downsample(), 1e-12);
        assertTrue(Double.isNaN(twenty.mpp()));
        final RunFailed unknown =
                assertThrows(RunFailed.class, () -> scale(slide(0.25, Double.NaN), Resolution.magnification(20)));
        assertTrue(unknown.remedy().contains("micrometres"), unknown.getMessage());
    }

    @Test
    void unknownMicrometresAreAnErrorThatNamesTheOverride() throws RunFailed {
        final Levels slide = slide(Double.NaN, 40);
        final RunFailed e = assertThrows(RunFailed.class, () -> scale(slide, Resolution.mpp(0.5)));
        assertTrue(e.remedy().contains("Micrometres per pixel of the files"), e.getMessage());
        assertEquals("levels", e.where());
        assertEquals(2, Scale.of(slide, Resolution.mpp(0.5), 0.25, TOLERANCE).downsample(), 1e-12);
        assertEquals(0.25, Scale.of(slide, Resolution.finest(), 0.25, TOLERANCE).mpp(), 1e-12);
    }

    @Test
    void nothingIsEnlarged() {
        final RunFailed e = assertThrows(RunFailed.class, () -> scale(slide(0.5, 20), Resolution.mpp(0.25)));
        assertTrue(e.what().contains("0.5 um/px") && e.what().contains("0.25"), e.getMessage());
        assertThrows(RunFailed.class, () -> scale(slide(0.5, 20), Resolution.magnification(40)));
    }

    @Test
    void pixelsOfALevelSurviveTheWayOverLevelZero() {
        for (final double downsample : new double[] {1, 1.0003, 3.9998, 4.0007, 16.01, 63.7}) {
            final Scale scale = new Scale(0, downsample, 1);
            for (int pixel = 0; pixel < 5000; pixel += 7) {
                assertEquals(pixel, Math.round(scale.toLevel0(pixel) / downsample));
            }
        }
    }
}
