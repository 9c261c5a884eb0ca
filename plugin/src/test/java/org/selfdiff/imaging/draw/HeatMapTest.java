package org.selfdiff.imaging.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.draw.TileOutlines.Box;

class HeatMapTest {
    private static Picture white(final int width, final int height) {
        return new Canvas(width, height, Colours.WHITE).toPicture();
    }

    /** Relative luminance of sRGB (IEC 61966-2-1). */
    private static double luminance(final int colour) {
        final double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int c = 0; c < 3; c++) {
            final double v = (colour >> 16 - 8 * c & 0xff) / 255.0;
            sum += weights[c] * (v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(ColourMap.class)
    void moreIsLighterAllTheWay(final ColourMap map) {
        double before = -1;
        for (int i = 0; i <= 64; i++) {
            final double now = luminance(map.at(i / 64.0));
            assertTrue(now > before, map + " at " + i);
            before = now;
        }
        assertEquals(map.at(0), map.at(-3));
        assertEquals(map.at(1), map.at(7));
    }

    /** Values of matplotlib 3.8, {@code colormaps["viridis"](0.25)} and so on, within two of 255. */
    @Test
    void coloursAreThoseOfMatplotlib() {
        near(0x3b528b, ColourMap.VIRIDIS.at(0.25));
        near(0x21918c, ColourMap.VIRIDIS.at(0.5));
        near(0x7d7c78, ColourMap.CIVIDIS.at(0.5));
        near(0xbc3754, ColourMap.INFERNO.at(0.5));
    }

    private static void near(final int expected, final int actual) {
        for (int shift = 16; shift >= 0; shift -= 8) {
            assertEquals(expected >> shift & 0xff, actual >> shift & 0xff, 3, Integer.toHexString(actual));
        }
    }

    @Test
    void rectanglesAreColouredAndOnesOnEachOtherMeet() {
        final HeatMap map = new HeatMap(ColourMap.VIRIDIS, 1);
        final Picture drawn = map.over(
                white(30, 10),
                List.of(new HeatMap.Cell(new Box(0, 0, 20, 10), 0), new HeatMap.Cell(new Box(10, 0, 10, 10), 1)));
        assertEquals(ColourMap.VIRIDIS.at(0), drawn.colour(5, 5));
        assertEquals(ColourMap.VIRIDIS.at(0.5), drawn.colour(15, 9));
        assertEquals(Colours.WHITE, drawn.colour(20, 5));
    }

    @Test
    void halfStrengthIsHalfTheColour() {
        final Picture drawn = new HeatMap(ColourMap.CIVIDIS, 0.5)
                .over(white(4, 4), List.of(new HeatMap.Cell(new Box(0, 0, 4, 4), 0)));
        assertEquals(Math.round((0xff + 0x22) / 2.0), drawn.colour(1, 1) >> 8 & 0xff);
    }

    @Test
    void theSmallestTileAndThoseBeyondTheBorderAreThere() {
        final HeatMap map = new HeatMap(ColourMap.VIRIDIS, 1);
        final Picture drawn = map.over(
                white(8, 8),
                List.of(new HeatMap.Cell(new Box(2.1, 3.2, 0.1, 0.1), 1), new HeatMap.Cell(new Box(6, 6, 50, 50), 1)));
        assertEquals(ColourMap.VIRIDIS.at(1), drawn.colour(2, 3));
        assertEquals(ColourMap.VIRIDIS.at(1), drawn.colour(7, 7));
        assertEquals(Colours.WHITE, drawn.colour(3, 3));
    }

    @Test
    void theLegendShowsTheScaleFromEndToEnd() {
        final HeatMap map = new HeatMap(ColourMap.VIRIDIS, 1);
        final Picture drawn = map.withLegend(white(400, 50), new HeatMap.Legend("title", "low", "high"));
        assertEquals(400, drawn.width());
        boolean low = false;
        boolean high = false;
        for (int y = 50; y < drawn.height(); y++) {
            for (int x = 0; x < drawn.width(); x++) {
                low |= drawn.colour(x, y) == ColourMap.VIRIDIS.at(0.5 / 380);
                high |= drawn.colour(x, y) == ColourMap.VIRIDIS.at(379.5 / 380);
            }
        }
        assertTrue(low && high);
        assertEquals(
                320,
                map.withLegend(white(20, 20), new HeatMap.Legend("", "", "")).width());
    }

    @Test
    void outlinesAreClosed() {
        final Picture drawn = HeatMap.outlined(
                white(40, 40), List.<double[][]>of(new double[][] {{10, 30, 30, 10}, {10, 10, 30, 30}}));
        assertNotEquals(Colours.WHITE, drawn.colour(8, 20), "the side from the last corner to the first");
        assertEquals(Colours.WHITE, drawn.colour(20, 20));
    }
}
