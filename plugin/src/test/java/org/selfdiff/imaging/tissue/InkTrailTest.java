package org.selfdiff.imaging.tissue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.phantom.PenColour;
import org.selfdiff.imaging.stain.GlassColour;

/** Ink over tissue, against the truth of painted slides and of phantoms. */
@Tag("slow")
class InkTrailTest {
    private static final int GLASS = 0xf0eef0;

    private static final int STRONG_EOSIN = 0xc86ea0;

    private static final int INK = 0x285aaa;

    private static final int INK_OVER_EOSIN = 0x212a71;

    private static Map<String, Picture> phantoms;

    @BeforeAll
    static void drawPhantoms() throws Exception {
        phantoms = CleanOverviews.phantoms(3);
    }

    /** Tissue of 200 x 200 pixels with a stroke of 30 from the glass across it. */
    private static PaintedSlide crossed(final int onGlass, final int onTissue) {
        return new PaintedSlide(500, 300, GLASS)
                .box(150, 50, 200, 200, STRONG_EOSIN)
                .box(160, 60, 40, 40, PaintedSlide.HEMATOXYLIN)
                .box(20, 130, 130, 30, onGlass)
                .box(150, 130, 150, 30, onTissue);
    }

    @Test
    void aStrokeThatIsSureOnGlassIsFollowedOverTissueOfItsColour() {
        // the ink passes 0.17, 0.38, 0.71 of the light: over strong eosin that is a colour of hematoxylin
        final Picture both = crossed(INK, INK_OVER_EOSIN).noisy(3);
        final TissueMask mask = InkedOverview.find(both, 8);
        assertEquals(0, mask.fraction(150, 130, 145, 30), "the stroke over tissue");
        assertEquals(TissueClass.PEN, mask.at(280, 145));
        assertEquals(1, mask.fraction(165, 65, 30, 30), "hematoxylin stays");
        assertEquals(1, mask.fraction(320, 60, 25, 180), "tissue beyond the end of the stroke stays");
        final Picture alone = crossed(GLASS, INK_OVER_EOSIN).noisy(3);
        assertEquals(1, InkedOverview.find(alone, 8).fraction(150, 130, 150, 30), "without ink on glass it is stain");
    }

    @Test
    void whatIsFarWiderThanTheStrokeIsNoInk() {
        final Picture picture = new PaintedSlide(500, 300, GLASS)
                .box(150, 30, 300, 240, STRONG_EOSIN)
                .box(170, 50, 220, 200, INK_OVER_EOSIN) // of the colour of ink over eosin
                .box(20, 130, 130, 20, INK)
                .noisy(3);
        assertEquals(1, InkedOverview.find(picture, 8).fraction(200, 60, 180, 180));
    }

    @Test
    void blackInkThatTissueShowsThroughIsInkWithoutAnyGlass() {
        final Picture picture = new PaintedSlide(400, 300, PaintedSlide.EOSIN)
                .box(100, 100, 200, 30, 0x1d1519) // a black that passes 0.13, on eosin
                .noisy(2);
        final TissueMask mask = InkedOverview.find(picture, 8);
        assertEquals(0, mask.fraction(102, 102, 196, 26));
        assertEquals(1, mask.fraction(0, 0, 400, 80));
    }

    @Test
    void aBlackStrokeAcrossTheBorderIsAPenAndABorderOfTheScanIsNot() {
        final Picture picture = new PaintedSlide(500, 300, GLASS)
                .box(0, 100, 300, 20, 0x202024) // from the left border
                .box(485, 0, 15, 300, 0x202024) // along the right one
                .picture();
        final TissueMask mask = InkedOverview.find(picture, 8);
        assertEquals(TissueClass.PEN, mask.at(100, 110));
        assertEquals(TissueClass.EDGE, mask.at(490, 150));
    }

    @ParameterizedTest
    @EnumSource(PenColour.class)
    void inkOverTissueOfPhantomsIsFoundAndNothingElseIsLost(final PenColour colour) {
        InkedOverview.Score sum = InkedOverview.Score.NONE;
        for (final Map.Entry<String, Picture> e : phantoms.entrySet()) {
            final InkedOverview inked = InkedOverview.of(e.getValue(), 8, 2, colour, 40);
            assertEquals(0, inked.tissue().share(TissueClass.PEN), e.getKey() + " is clean");
            sum = sum.plus(inked.score(inked.found()));
        }
        System.out.println("ink over tissue, phantoms, " + colour + ": " + sum);
        assertTrue(sum.inked() > 10_000, sum.toString());
        assertTrue(sum.foundShare() > 0.9, "found " + sum);
        assertTrue(sum.lostShare() < 0.003, "lost " + sum);
    }

    @Test
    void densitiesAdd() {
        // 240 and 240 / e^0.7 = 119.2 and 240 / e^1.4 = 59.2
        final Picture picture = new PaintedSlide(3, 1, 0xf0f0f0)
                .box(1, 0, 1, 1, 0x77f0f0)
                .box(2, 0, 1, 1, 0x3b77f0)
                .picture();
        final short[] bins = DensityBins.of(picture, GlassColour.usual());
        final int red = DensityBins.SIDE * DensityBins.SIDE;
        assertArrayEquals(new short[] {0, (short) (7 * red), (short) (14 * red + 7 * DensityBins.SIDE)}, bins);
        assertEquals(21 * red + 7 * DensityBins.SIDE, DensityBins.sum(bins[1], bins[2]));
        final int twice = DensityBins.sum(bins[2], bins[2]);
        assertEquals(28 * red + 14 * DensityBins.SIDE, twice);
        assertEquals(30 * red + 21 * DensityBins.SIDE, DensityBins.sum(twice, bins[2]), "the last bin holds the rest");
        assertFalse(DensityBins.isFull(twice));
        assertTrue(DensityBins.isFull(DensityBins.sum(twice, bins[2])));
        assertEquals(42, DensityBins.total(twice));
        assertEquals(7 * red + 7 * DensityBins.SIDE, DensityBins.difference(bins[2], bins[1]));
        assertEquals(0, DensityBins.difference(bins[1], bins[2]) / red);
        assertEquals(7 * red + 4 * DensityBins.SIDE, DensityBins.times(bins[2], 0.5), "3.5 is rounded up");
    }

    @Test
    void oddsFavourInkJustWhereDensitiesAddUp() {
        final int[] tissue = new int[DensityBins.COUNT];
        final int[] ink = new int[DensityBins.COUNT];
        final int stain = 2 * DensityBins.SIDE * DensityBins.SIDE + 5 * DensityBins.SIDE + 1;
        final int film = 15 * DensityBins.SIDE * DensityBins.SIDE + 10 * DensityBins.SIDE + 3;
        final int[] clean = new int[DensityBins.COUNT];
        clean[stain] = 300;
        tissue[stain] = 900;
        tissue[DensityBins.sum(stain, film)] = 100; // hidden
        ink[film] = 50;
        final float[] odds = new InkOdds(ink).within(tissue, clean);
        assertTrue(odds[stain] < -5, "tissue " + odds[stain]);
        assertTrue(odds[DensityBins.sum(stain, film)] > 0.5, "ink over it " + odds[DensityBins.sum(stain, film)]);
        assertTrue(odds[DensityBins.sum(stain, stain)] < -3, "a fold " + odds[DensityBins.sum(stain, stain)]);
        assertEquals(0, odds[DensityBins.COUNT - 1 - 20], 1e-9, "nothing is known of a colour that neither explains");
    }

    @Test
    void strokesAreAsWideAsTheyWerePainted() {
        final byte[] mask = new byte[200 * 100];
        for (int i = 0; i < mask.length; i++) {
            final int y = i / 200;
            mask[i] = (byte) (y >= 20 && y < 41 ? 1 : 0); // 21 rows, to both borders
        }
        final StrokeWidth width = StrokeWidth.of(mask, 200, 100);
        assertEquals(11, width.half(), 1);
        final Components parts = Components.of(mask, 1, 200, 100, true);
        assertEquals(2 * 121 / 21.0, width.halves(parts)[0], 1e-9, "distances 1 to 11 and back");
        assertArrayEquals(new int[] {42}, parts.atBorder());
    }

    @Test
    void emptyInksAndTissueAreNoError() {
        for (final float o : new InkOdds(new int[DensityBins.COUNT])
                .within(new int[DensityBins.COUNT], new int[DensityBins.COUNT])) {
            assertEquals(0, o);
        }
    }
}
