package org.selfdiff.imaging.tissue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;

class SharpnessTest {

    private static Picture grey(final int width, final int height, final double[] values) {
        final byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(values[i / 3])));
        }
        return new Picture(width, height, rgb);
    }

    /** Dark disks of several sizes, as nuclei are. */
    private static double[] disks(final int side) {
        final SeededRandom random = new SeededRandom(2);
        final double[] out = new double[side * side];
        Arrays.fill(out, 220);
        for (int n = 0; n < side / 2; n++) {
            final double cx = random.between(0, side);
            final double cy = random.between(0, side);
            final double radius = random.between(2, 8);
            for (int i = 0; i < out.length; i++) {
                if (Math.hypot(i % side - cx, i / side - cy) < radius) {
                    out[i] = 100;
                }
            }
        }
        return out;
    }

    private static double[] blurred(final double[] values, final int side, final double sigma) {
        return along(along(values, side, sigma, 1), side, sigma, side);
    }

    private static double[] along(final double[] values, final int side, final double sigma, final int step) {
        final double[] out = new double[values.length];
        final int reach = (int) Math.ceil(4 * sigma);
        for (int i = 0; i < out.length; i++) {
            final int at = step == 1 ? i % side : i / side;
            double weights = 0;
            for (int d = -reach; d <= reach; d++) {
                final int k = Math.max(0, Math.min(side - 1, at + d));
                final double weight = Math.exp(-d * d / (2 * sigma * sigma));
                out[i] += weight * values[i + (k - at) * step];
                weights += weight;
            }
            out[i] /= weights;
        }
        return out;
    }

    @Test
    void bothMeasuresFallAsATileIsBlurred() {
        final double[] sharp = disks(96);
        Sharpness before = Sharpness.of(grey(96, 96, sharp));
        assertTrue(before.focus() > 0.55, "in focus: " + before.focus());
        for (final double sigma : new double[] {0.7, 1, 1.5, 2, 3, 4}) {
            final Sharpness after = Sharpness.of(grey(96, 96, blurred(sharp, 96, sigma)));
            assertTrue(after.focus() < before.focus(), "at " + sigma);
            assertTrue(after.laplacian() < before.laplacian(), "at " + sigma);
            before = after;
        }
        assertTrue(before.focus() < 0.25, "blurred: " + before.focus());
    }

    @Test
    void contrastChangesTheLaplacianByItsSquareAndTheFocusNot() {
        final double[] strong = disks(80);
        final double[] faint = new double[strong.length];
        for (int i = 0; i < faint.length; i++) {
            faint[i] = 220 + (strong[i] - 220) / 4;
        }
        final Sharpness s = Sharpness.of(grey(80, 80, strong));
        final Sharpness f = Sharpness.of(grey(80, 80, faint));
        assertEquals(s.focus(), f.focus(), 1e-4);
        assertEquals(s.laplacian() / 16, f.laplacian(), 1e-3 * s.laplacian());
    }

    @Test
    void aChessboardByHand() {
        final double[] values = new double[20 * 20];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 20 + i / 20) % 2 == 0 ? 100 : 110;
        }
        final Sharpness s = Sharpness.of(grey(20, 20, values));
        // the Laplacian is 40 and -40; neighbours differ by 10, means of nine by 10 / 9
        assertEquals(1600, s.laplacian(), 1e-2);
        assertEquals(8.0 / 9, s.focus(), 1e-5);
    }

    @Test
    void glassHasNothingToJudge() {
        final SeededRandom random = new SeededRandom(1);
        final double[] noise = new double[64 * 64];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = 240 + random.between(-2, 2);
        }
        final Sharpness empty = Sharpness.of(grey(64, 64, noise));
        assertTrue(Double.isNaN(empty.focus()));
        assertTrue(empty.laplacian() < 60);
        assertEquals(0, Sharpness.of(grey(2, 2, new double[4])).laplacian());
    }
}
