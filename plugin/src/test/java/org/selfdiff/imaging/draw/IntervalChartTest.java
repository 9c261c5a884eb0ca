package org.selfdiff.imaging.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.Picture;

class IntervalChartTest {
    private static Picture draw(final double value, final double low, final double high, final double... singles) {
        return new IntervalChart(
                        "title", "axis", List.of(new IntervalChart.Row("name", value, low, high, singles)), 0.5)
                .draw(800);
    }

    /** Columns of a colour in the line of the first row. */
    private static int[] span(final Picture picture, final int y, final int colour) {
        int first = -1;
        int last = -1;
        for (int x = 0; x < picture.width(); x++) {
            if (picture.colour(x, y) == colour) {
                first = first < 0 ? x : first;
                last = x;
            }
        }
        return new int[] {first, last};
    }

    @Test
    void theIntervalIsAsLongAsItIsOnTheAxis() {
        final int[] whole = span(draw(0.5, 0, 1), 61, Colours.series(0));
        final int[] half = span(draw(0.5, 0.25, 0.75), 61, Colours.series(0));
        assertTrue(whole[1] - whole[0] > 400, "the axis takes most of the width");
        assertEquals(0.5, (half[1] - half[0]) / (double) (whole[1] - whole[0]), 0.01);
        assertEquals((whole[0] + whole[1]) / 2.0, (half[0] + half[1]) / 2.0, 1.5);
    }

    @Test
    void withoutAnIntervalThePointStays() {
        final int[] point = span(draw(1, Double.NaN, Double.NaN), 61, Colours.series(0));
        assertTrue(point[0] > 0 && point[1] - point[0] < 14);
    }

    @Test
    void singleValuesAreDots() {
        final int[] dots = span(draw(0.5, 0.4, 0.6, 0.1, 0.9), 70, Colours.series(1));
        assertTrue(dots[1] - dots[0] > 300);
    }
}
