package org.selfdiff.imaging.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.Picture;

class LineChartTest {

    private static LineChart.Series series(final double... y) {
        final double[] x = new double[y.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
        }
        return new LineChart.Series("", x, y, 0xff0000, false);
    }

    private static int inked(final Picture p, final int colour) {
        int count = 0;
        for (int i = 0; i < p.width() * p.height(); i++) {
            count += p.colour(i % p.width(), i / p.width()) == colour ? 1 : 0;
        }
        return count;
    }

    @Test
    void ticksAreRoundNumbers() {
        final Axis axis = Axis.of(new double[] {0, 0.4, 1}, false);
        assertEquals(List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0).size(), axis.ticks().size());
        assertEquals(
                List.of("0", "0.2", "0.4", "0.6", "0.8", "1.0"),
                axis.ticks().stream().map(axis::label).toList());
        final Axis steps = Axis.of(new double[] {0, 20000}, false);
        assertEquals(
                List.of("0", "5000", "10000", "15000", "20000"),
                steps.ticks().stream().map(steps::label).toList());
        assertEquals(1, Axis.step(0.7), 1e-12);
        assertEquals(2, Axis.step(2), 1e-12);
        assertEquals(50, Axis.step(21), 1e-12);
        assertEquals(0.1, Axis.step(0.051), 1e-12);
    }

    @Test
    void logarithmicAxesHaveDecades() {
        final Axis axis = Axis.of(new double[] {1e-4, 0, Double.NaN, -3, 1}, true);
        assertEquals(
                List.of("1e-4", "0.001", "0.01", "0.1", "1"),
                axis.ticks().stream().map(axis::label).toList());
        assertEquals(0.5, axis.position(0.01), 1e-12);
        assertTrue(Double.isNaN(axis.position(0)));
        final Axis few = Axis.of(new double[] {0.03, 0.6}, true);
        assertEquals(
                List.of("0.05", "0.1", "0.2", "0.5"),
                few.ticks().stream().map(few::label).toList());
    }

    @Test
    void emptyAndConstantValuesHaveAnAxisToo() {
        assertEquals(0, Axis.of(new double[] {Double.NaN}, false).low());
        final Axis constant = Axis.of(new double[] {5, 5}, false);
        assertTrue(constant.low() < 5 && constant.high() > 5 && constant.ticks().size() > 1);
        final Axis zero = Axis.of(new double[] {0, 0}, true);
        assertTrue(zero.low() > 0 && zero.high() > zero.low());
    }

    @Test
    void curvesPassThroughTheirPoints() {
        final Picture p = new LineChart("", "step", "loss", false, List.of(series(0, 1))).draw(400, 300);
        // the frame is 84 to 382 and 40 to 242; the axes run 0 to 1.02
        for (final double t : new double[] {0, 0.25, 0.5, 0.9, 1}) {
            final int x = (int) (84 + t / 1.02 * 298);
            final int y = (int) (40 + (1 - t / 1.02) * 202);
            int nearest = 0;
            for (int k = -2; k <= 2; k++) {
                nearest = Math.max(nearest, p.sample(x, y + k, 0) - p.sample(x, y + k, 1));
            }
            assertTrue(nearest > 150, "red at " + t);
        }
    }

    @Test
    void gapsAreGapsAndLonePointsAreDots() {
        final int whole =
                inked(new LineChart("", "", "", false, List.of(series(1, 2, 3, 4, 5))).draw(400, 300), 0xff0000);
        final int broken = inked(
                new LineChart("", "", "", false, List.of(series(1, 2, Double.NaN, 4, 5))).draw(400, 300), 0xff0000);
        assertEquals(0.5, (double) broken / whole, 0.1);
        assertTrue(inked(new LineChart("", "", "", true, List.of(series(-1, 2, 0))).draw(400, 300), 0xff0000) > 10);
        assertEquals(0, inked(new LineChart("", "", "", true, List.of()).draw(400, 300), 0xff0000));
    }

    @Test
    void theLegendNamesNamedCurves() {
        final LineChart.Series named = new LineChart.Series("loss", new double[0], new double[0], 0x00ff00, false);
        assertTrue(inked(new LineChart("", "", "", false, List.of(named)).draw(400, 300), 0x00ff00) > 20);
        assertEquals(
                0, inked(new LineChart("", "", "", false, List.of(named.asBackground())).draw(400, 300), 0x00ff00));
    }

    @Test
    void smoothingIsAnUnbiasedExponentialAverage() {
        assertArrayEquals(new double[] {3, 3, 3}, series(3, 3, 3).smoothed(0.9).y(), 1e-12);
        // weights 0.5, then 0.25 and 0.5 divided by their sum 0.75
        assertArrayEquals(
                new double[] {1, (0.25 * 1 + 0.5 * 4) / 0.75},
                series(1, 4).smoothed(0.5).y(),
                1e-12);
        assertArrayEquals(
                new double[] {1, 1}, series(1, Double.NaN).smoothed(0.5).y(), 1e-12);
    }

    @Test
    void wrongSizesAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new LineChart.Series("", new double[1], new double[2], 0, false));
        assertThrows(IllegalArgumentException.class, () -> new LineChart("", "", "", false, List.of()).draw(10, 10));
    }
}
