package org.selfdiff.imaging.tissue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.Picture;

/** Strokes in the colours and of the looks of marked slides: dry, pale, out of focus, wholly on tissue. */
class MeasuredInkTest {
    private static final double MPP = 8;

    private static Picture clean;

    private static TissueMask tissue;

    @BeforeAll
    static void drawPhantom() throws Exception {
        clean = CleanOverviews.phantoms(1).values().iterator().next();
        tissue = InkedOverview.find(clean, MPP);
    }

    private static TissueMask inked(final double[] colour, final InkFilm.Thickness film) {
        return InkedOverview.find(InkFilm.over(clean, colour, film), MPP);
    }

    private static void check(
            final String what, final TissueMask mask, final InkFilm.Thickness film, final double least) {
        final double found = InkFilm.found(mask, film, least);
        final double lost = InkFilm.lost(tissue, mask, film, 20);
        System.out.println("measured ink, " + what + ": found " + found + ", lost " + lost);
        assertTrue(found > 0.97, what + ": found " + found);
        assertTrue(lost < 0.01, what + ": lost " + lost);
    }

    @Test
    void aPinkRedOutlineOverGlassAndTissueIsInk() {
        final InkFilm.Thickness film = (x, y) -> (1.2 + 0.5 * Math.sin(x / 37.0) + 0.3 * Math.cos(y / 23.0))
                * InkFilm.ring((x - 512) * 0.75, y - 384, 250, 24, 4);
        check("red outline", inked(InkFilm.RED, film), film, 0.3);
    }

    @Test
    void streaksOfADryPenAreInkOnceItsColourIsSure() {
        final InkFilm.Thickness film = (x, y) -> {
            final boolean pressed = x >= 20 && x < 50 && y >= 40 && y < 640;
            final boolean brushed = x >= 300 && x < 420 && y >= 60 && y < 90;
            final double streaks = brushed ? 0.25 + 0.55 * (y / 3 % 2) + 0.1 * Math.sin(x / 15.0) : 0;
            return pressed ? 1.5 - 0.9 * Math.cos(y / 60.0) * Math.sin(y / 4.0) : streaks;
        };
        final TissueMask mask = inked(InkFilm.RED, film);
        check("dry red", mask, film, 0.2);
        assertEquals(TissueClass.PEN, mask.at(360, 75));
        assertEquals(TissueClass.PEN, mask.at(35, 200));
    }

    @Test
    void ringsWhollyOnTissueAreFollowedFromTheirKnots() {
        final int[][] rings = {{160, 320, 1}, {280, 300, 1}, {340, 410, 0}};
        final InkFilm.Thickness film = (x, y) -> {
            double t = 0;
            for (final int[] r : rings) {
                t += 0.8 * InkFilm.ring(x - r[0], y - r[1], 40, 9, 4);
                t += 4.5 * r[2] * InkFilm.ring(x - r[0] - 40, y - r[1], 0, 17, 4);
            }
            return t;
        };
        assertEquals(1, tissue.fraction(110, 250, 280, 210), 0.1, "all of it is tissue");
        check("rings", inked(InkFilm.VIOLET, film), film, 0.5);
    }

    @Test
    void theBlurredRimAndThePaleEndOfABlackStrokeBelongToIt() {
        final InkFilm.Thickness film = (x, y) -> {
            final double across = Math.max(0, Math.min(1, (70 - Math.abs(x - 90)) / 30.0));
            final double along = Math.max(0, Math.min(1, (700 - y) / 140.0));
            return 3.2 * across * (0.25 + 0.75 * along) * (y < 700 ? 1 : 0);
        };
        final TissueMask mask = inked(InkFilm.BLACK, film);
        check("black rim", mask, film, 0.15);
        assertEquals(TissueClass.PEN, mask.at(90, 690));
        assertEquals(TissueClass.PEN, mask.at(28, 300));
    }

    @Test
    void aDarkBlueStrokeWhollyOnTissueIsInk() {
        final InkFilm.Thickness film = (x, y) -> 1.5 * InkFilm.ring(x - 500, y - 380, 45, 14, 3);
        check("dark blue", inked(InkFilm.BLUE, film), film, 0.7);
    }

    @Test
    void tissueThatIsStainedStronglyRedAndDarkRoundCellsAreNoInk() {
        final Picture picture = new PaintedSlide(500, 300, 0xf0f0f0)
                .box(50, 30, 400, 240, 0xbb455d) // densities of 0.25, 1.25 and 0.95, measured
                .box(150, 80, 60, 60, 0xdc6482) // pale eosin, 0.09, 0.88, 0.61
                .noisy(4);
        final TissueMask mask = InkedOverview.find(picture, MPP);
        assertEquals(0, mask.share(TissueClass.PEN));
        assertEquals(1, mask.fraction(60, 40, 380, 220));
        final Picture cell = new PaintedSlide(300, 300, 0xf0f0f0)
                .disk(150, 150, 70, 0x8c8a88)
                .disk(150, 150, 40, 0x101010)
                .picture();
        assertEquals(1, InkedOverview.find(cell, MPP).fraction(85, 140, 10, 20), "grey round a dark cell stays");
    }
}
