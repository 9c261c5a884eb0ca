package org.selfdiff.imaging.tissue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.imaging.Picture;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

class TissueFinderTest {
    private static final int GLASS = 0xf0eef0;

    private static TissueMask find(final Picture picture, final double mpp, final TissueSettings settings) {
        try {
            return TissueFinder.find(picture, mpp, settings, RunControl.silent());
        } catch (final RunCancelled e) {
            throw new AssertionError(e);
        }
    }

    private static TissueMask saturation(final Picture picture) {
        return find(picture, Double.NaN, TissueSettings.saturationOnly());
    }

    private static Picture halves(final int left, final int right) {
        return new PaintedSlide(8, 4, left).box(4, 0, 4, 4, right).picture();
    }

    @Test
    void stainedHalfCounts() {
        final TissueMask tissue = saturation(halves(0xf0f0f0, 0xc878a0)); // saturation 0 and 102
        assertEquals(0.5, tissue.fraction(0, 0, 8, 4));
        assertEquals(0, tissue.fraction(0, 0, 4, 4));
        assertEquals(1, tissue.fraction(4, 1, 4, 2));
        assertEquals(0.25, tissue.fraction(1, 1, 4, 1));
        assertEquals(1, tissue.fraction(6, 2, 8, 8), "only what lies in the picture counts");
        assertEquals(8, tissue.thresholds().saturation(), "Otsu says 1");
    }

    @Test
    void glassAloneHasNoneAndTissueAloneIsNotCutInHalves() {
        assertEquals(0, saturation(halves(0xf0f0f0, 0xf3f0f0)).share());
        assertEquals(1, saturation(halves(0xc878a0, 0x904090)).share());
    }

    @ParameterizedTest
    @EnumSource(TissueMethod.class)
    void everyMethodFindsStainedTissueOnTintedGlass(final TissueMethod method) {
        final Picture picture = new PaintedSlide(200, 160, 0xe6e1d7)
                .box(50, 40, 60, 50, PaintedSlide.EOSIN)
                .box(60, 50, 20, 20, PaintedSlide.HEMATOXYLIN)
                .noisy(2);
        final TissueMask mask = find(picture, 8, TissueSettings.standard().with(method));
        assertEquals(3000, mask.share() * 200 * 160, 30, "corners are rounded");
        assertEquals(3000 * 64e-6, mask.areaMm2(), 30 * 64e-6);
        assertEquals(0xe6, mask.thresholds().glass().red(), 1);
        assertTrue(mask.thresholds().text().startsWith(method.name().toLowerCase(Locale.ROOT) + ", "));
    }

    @Test
    void paleAndBrownAndGreyBlueTissueIsFound() {
        final Picture picture = new PaintedSlide(300, 120, GLASS)
                .box(20, 30, 60, 60, 0xe6d6e2) // pale pink
                .box(120, 30, 60, 60, 0x8c5a32) // DAB
                .box(220, 30, 60, 60, 0xccd4e2) // a counterstain alone
                .noisy(2);
        final TissueMask mask = find(picture, 8, TissueSettings.standard());
        for (final int x : new int[] {22, 122, 222}) {
            assertEquals(1, mask.fraction(x, 32, 56, 56), "from " + x);
        }
        assertEquals(3 * 3600, mask.share() * 300 * 120, 60);
    }

    @Test
    void inkOfEveryColourIsAPenMarkAndNoTissue() {
        final int[] inks = {0x1e8c50, 0x285aaa, 0xd2282d, 0x232326, 0x2dafb4};
        final PaintedSlide slide = new PaintedSlide(400, 200, GLASS).box(100, 100, 200, 60, PaintedSlide.EOSIN);
        for (int i = 0; i < inks.length; i++) {
            slide.box(20 + 70 * i, 20, 50, 40, inks[i]);
        }
        final TissueMask mask = find(slide.noisy(2), 8, TissueSettings.standard());
        for (int i = 0; i < inks.length; i++) {
            assertEquals(TissueClass.PEN, mask.at(45 + 70 * i, 40), "ink " + i);
            assertEquals(0, mask.fraction(10 + 70 * i, 10, 70, 60), "the margin of ink " + i);
        }
        assertEquals(1, mask.fraction(105, 105, 190, 50));
    }

    @Test
    void strongStainsAreNoInk() {
        final int[] stains = {0x5a4696, 0x3c1e82, 0x281446, 0x8c5a32, 0x503c28, 0xc8465a, 0xd21446, 0x9baacd};
        final PaintedSlide slide = new PaintedSlide(600, 100, GLASS);
        for (int i = 0; i < stains.length; i++) {
            slide.box(20 + 70 * i, 20, 60, 60, stains[i]);
        }
        final TissueMask mask = find(slide.noisy(2), 8, TissueSettings.standard());
        assertEquals(0, mask.share(TissueClass.PEN));
        for (int i = 0; i < stains.length; i++) {
            assertEquals(1, mask.fraction(25 + 70 * i, 25, 50, 50), "stain " + i);
        }
    }

    @Test
    void bordersEdgesPaddingAndDustAreTold() {
        final Picture picture = new PaintedSlide(400, 300, GLASS)
                .box(0, 0, 20, 300, 0x141414) // what lies beside the glass
                .box(0, 200, 20, 100, 0x000000)
                .box(300, 0, 100, 60, 0xffffff) // never scanned
                .box(60, 100, 60, 60, PaintedSlide.EOSIN)
                .box(200, 0, 5, 300, 0xd2dcf0) // edge of the cover glass
                .box(260, 200, 20, 20, 0xa0a0a1) // dust
                .picture();
        final TissueMask mask = find(picture, 8, TissueSettings.standard());
        assertEquals(TissueClass.EDGE, mask.at(10, 100));
        assertEquals(TissueClass.PADDING, mask.at(10, 250));
        assertEquals(TissueClass.PADDING, mask.at(350, 30));
        assertEquals(TissueClass.SPECK, mask.at(202, 150), "a long line is left out");
        assertEquals(TissueClass.EDGE, mask.at(270, 210));
        assertEquals(TissueClass.TISSUE, mask.at(90, 130));
        assertEquals(3600, mask.share() * 400 * 300, 20);
    }

    @Test
    void sizesAreThoseOfTheObject() {
        final PaintedSlide slide = new PaintedSlide(400, 400, GLASS)
                .disk(150, 200, 90, PaintedSlide.EOSIN)
                .disk(120, 200, 12, GLASS) // a hole of 452 pixels
                .disk(170, 200, 35, GLASS) // one of 3848
                .disk(330, 330, 10, PaintedSlide.EOSIN) // a part of 314
                .disk(330, 100, 20, PaintedSlide.EOSIN); // one of 1256
        final TissueSettings settings = new TissueSettings(TissueMethod.COMBINED, 0, 0, 30_000, 60_000, true, true);
        final TissueMask fine = find(slide.picture(), 8, settings); // 469 and 938 pixels
        assertEquals(TissueClass.FILLED_HOLE, fine.at(120, 200));
        assertEquals(TissueClass.GLASS, fine.at(170, 200));
        assertEquals(TissueClass.SPECK, fine.at(330, 330));
        assertEquals(TissueClass.TISSUE, fine.at(330, 100));
        final TissueMask coarse = find(slide.picture(), 12, settings); // 208 and 417 pixels
        assertEquals(TissueClass.GLASS, coarse.at(120, 200));
        assertEquals(TissueClass.TISSUE, coarse.at(330, 330));
        final TissueMask unknown = find(slide.picture(), Double.NaN, settings);
        assertEquals(TissueClass.GLASS, unknown.at(120, 200));
        assertEquals(TissueClass.TISSUE, unknown.at(330, 330));
        assertTrue(Double.isNaN(unknown.areaMm2()));
    }

    @Test
    void gapsAreClosedAndThreadsOpened() {
        final Picture picture = new PaintedSlide(300, 200, GLASS)
                .box(40, 40, 60, 100, PaintedSlide.EOSIN)
                .box(108, 40, 60, 100, PaintedSlide.EOSIN) // 8 pixels of glass between
                .box(168, 80, 100, 5, PaintedSlide.EOSIN) // a thread
                .picture();
        final TissueMask mask = find(picture, 8, new TissueSettings(TissueMethod.COMBINED, 40, 24, 0, 0, true, true));
        assertEquals(1, mask.fraction(100, 50, 8, 80));
        assertEquals(TissueClass.SPECK, mask.at(230, 82));
        assertEquals(TissueClass.GLASS, mask.at(30, 90));
    }

    @Test
    void thePictureThatIsAllTissueIsNoSpeck() {
        final Picture picture = new PaintedSlide(100, 80, PaintedSlide.EOSIN).noisy(6);
        assertEquals(1, find(picture, 0.5, TissueSettings.standard()).share(), "2,000 square micrometres");
    }

    @Test
    void greyIsTissueNextToColouredTissueAlone() {
        final Picture picture = new PaintedSlide(400, 200, GLASS)
                .box(40, 40, 60, 60, 0x8c5a32)
                .box(100, 40, 60, 60, 0xc8c6c8) // stroma without colour
                .box(250, 40, 60, 60, 0xc8c6c8) // a bubble
                .box(40, 140, 10, 40, 0x8c5a32) // something brown at a long grey edge
                .box(50, 140, 350, 40, 0xc8c6c8)
                .picture();
        final TissueMask mask = find(picture, 8, TissueSettings.standard());
        assertEquals(1, mask.fraction(45, 45, 110, 50));
        assertEquals(0, mask.fraction(250, 40, 60, 60));
        assertEquals(TissueClass.EDGE, mask.at(280, 70));
        assertEquals(TissueClass.EDGE, mask.at(200, 160));
    }

    @ParameterizedTest
    @EnumSource(TissueMethod.class)
    void blackBesideTheGlassIsNoTissue(final TissueMethod method) {
        final Picture picture = new PaintedSlide(200, 100, GLASS)
                .box(0, 0, 50, 100, 0x000000)
                .box(100, 30, 40, 40, PaintedSlide.EOSIN)
                .picture();
        final TissueMask mask = find(picture, 8, TissueSettings.standard().with(method));
        assertEquals(TissueClass.PADDING, mask.at(20, 50));
        assertEquals(0, mask.fraction(0, 0, 80, 100));
        assertEquals(1, mask.fraction(105, 35, 30, 30));
    }

    @Test
    void theSmallestPictureAndImpossiblePixelSizes() {
        final Picture one = new PaintedSlide(1, 1, PaintedSlide.EOSIN).picture();
        for (final double mpp : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-9, 1e9}) {
            assertEquals(1, find(one, mpp, TissueSettings.standard()).share(), "at " + mpp);
        }
    }

    @Test
    void theSameInputGivesTheSameMask() {
        final Picture picture = new PaintedSlide(150, 100, GLASS)
                .disk(70, 50, 30, PaintedSlide.EOSIN)
                .noisy(5);
        final TissueMask once = find(picture, 8, TissueSettings.standard());
        assertArrayEquals(
                once.classes(), find(picture, 8, TissueSettings.standard()).classes());
    }

    @Test
    void settingsHaveRangesAndARunCanBeCancelled() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new TissueSettings(TissueMethod.COMBINED, Double.NaN, 0, 0, 0, true, true));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TissueSettings(TissueMethod.COMBINED, 0, 0, -1, 0, true, true));
        final RunControl cancelled = new RunControl() {
            @Override
            public boolean isCancelled() {
                return true;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // nobody is looking
            }

            @Override
            public void warn(final String message) {
                // nobody is listening
            }
        };
        final Picture picture = halves(GLASS, PaintedSlide.EOSIN);
        assertThrows(
                RunCancelled.class, () -> TissueFinder.find(picture, Double.NaN, TissueSettings.standard(), cancelled));
    }
}
