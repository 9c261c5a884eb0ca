package org.selfdiff.imaging.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunControl;

class OpticsTest {

    @Test
    void lightFollowsBeerAndLambert() throws Exception {
        final Staining staining = new Staining(
                new double[] {0.6, 0.7, 0.3}, new double[] {0.1, 0.9, 0.4}, new double[3], new double[] {240, 230, 220
                });
        assertEquals(240, staining.light(0, 0, 0, 0));
        assertEquals(240 * Math.exp(-0.6 * 2 - 0.1), staining.light(0, 2, 1, 5), 1e-9);
        assertEquals(220 * Math.exp(-0.4), staining.light(2, 0, 1, 0), 1e-9);
    }

    @Test
    void blurKeepsTheMeanAndSpreadsAPointAsAGaussian() throws Exception {
        final Plane point = Plane.empty(41, 41);
        point.add(20, 20, 1);
        final Plane blurred = point.blurred(2, RunControl.silent());
        double sum = 0;
        double variance = 0;
        for (int y = 0; y < 41; y++) {
            for (int x = 0; x < 41; x++) {
                sum += blurred.at(x, y);
                variance += blurred.at(x, y) * (x - 20) * (x - 20);
            }
        }
        assertEquals(1, sum, 1e-5);
        assertEquals(4, variance, 0.15); // cut at three standard deviations
        final Plane even = new Plane(5, 5, new float[25]);
        Arrays.fill(even.values(), 7);
        for (final float v : even.blurred(1.5, RunControl.silent()).values()) {
            assertEquals(7, v, 1e-5);
        }
    }

    @Test
    void noiseBlurredLikeTheSensorsHasLessVarianceAndNoMean() throws Exception {
        final Plane noise = Plane.white(new SeededRandom(1), 200, 200, RunControl.silent());
        double mean = 0;
        for (final float v : noise.values()) {
            mean += v / noise.values().length;
        }
        assertEquals(0, mean, 4.0 / 200);
    }

    @Test
    void theDistanceFromACircleIsExactAndItsSignTellsTheSide() throws Exception {
        final Nucleus circle = new Nucleus(NucleusType.LYMPHOCYTE, 10, 20, 6, 6, 0.3, 0, new double[6], 1, 0.5, 1);
        assertEquals(0, circle.distance(16, 20), 1e-9);
        assertEquals(2, circle.distance(10, 28), 1e-9);
        assertEquals(-3, circle.distance(13, 20), 1e-9);
        assertEquals(-6, circle.distance(10, 20), 1e-9);
        final Nucleus ellipse =
                new Nucleus(NucleusType.FIBROBLAST, 0, 0, 10, 3, Math.PI / 2, 0, new double[6], 1, 0.5, 1);
        assertEquals(0, ellipse.distance(0, 10), 1e-9);
        assertEquals(0, ellipse.distance(3, 0), 1e-9);
        assertTrue(ellipse.distance(5, 0) > 0);
    }

    @Test
    void aNucleusThatLiesOnAnotherFindsNoRoomAndATouchingOneKeepsItsOwnPixels() throws Exception {
        final Specimen specimen = new Specimen(40, 40, 1, RunControl.silent());
        assertTrue(specimen.add(circle(15, 20)));
        assertFalse(specimen.add(circle(18, 20)));
        assertTrue(specimen.add(circle(26, 20)));
        assertFalse(specimen.add(circle(90, 20)), "outside");
        final int first =
                (int) Arrays.stream(specimen.owner).filter(o -> o == 1).count();
        assertEquals(Math.PI * 36, first, 6);
        assertEquals(2, specimen.owner[20 * 40 + 26]);
    }

    private static Nucleus circle(final double x, final double y) {
        return new Nucleus(NucleusType.LYMPHOCYTE, x, y, 6, 6, 0, 0, new double[6], 1, 0.5, 1);
    }

    @Test
    void fibresAreStandardisedAndSmootherAlongThemThanAcross() throws Exception {
        final Fibres fibres = Fibres.draw(new SeededRandom(4), 96, 96, 1, RunControl.silent());
        double sum = 0;
        double squares = 0;
        double along = 0;
        double across = 0;
        int n = 0;
        for (int y = 8; y < 88; y++) {
            for (int x = 8; x < 88; x++) {
                final double angle = fibres.direction().at(x, y);
                final double v = fibres.fine().at(x, y);
                final int dx = (int) Math.round(4 * Math.cos(angle));
                final int dy = (int) Math.round(4 * Math.sin(angle));
                along += Math.pow(v - fibres.fine().at(x + dx, y + dy), 2);
                across += Math.pow(v - fibres.fine().at(x - dy, y + dx), 2);
                n++;
            }
        }
        for (final float v : fibres.fine().values()) {
            sum += v;
            squares += v * v;
        }
        assertEquals(0, sum / 9216, 1e-4);
        assertEquals(1, squares / 9216, 1e-3);
        assertTrue(along / n < 0.5 * across / n, along / n + " along, " + across / n + " across");
    }
}
