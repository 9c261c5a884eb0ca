package org.selfdiff.stages.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowBlendTest {
    private static final int SIDE = 16;

    /** What a network that answers {@code field} at each place gives after blending: probability of class 1. */
    private static double[] blend(final int width, final int height, final int stride, final Field field) {
        final int[] columns = WindowBlend.starts(width, SIDE, stride);
        final int[] rows = WindowBlend.starts(height, SIDE, stride);
        final WindowBlend blend = new WindowBlend(width, SIDE, 2);
        final double[] out = new double[width * height];
        Arrays.fill(out, Double.NaN);
        final int[] visits = new int[out.length];
        final WindowBlend.Rows finished = (index, label, foreground) -> {
            out[index] = foreground;
            visits[index]++;
            assertEquals(foreground > 0.5 ? 1 : 0, label);
        };
        for (final int row : rows) {
            blend.finish(row, finished);
            for (final int column : columns) {
                final float[] window = new float[2 * SIDE * SIDE];
                for (int i = 0; i < SIDE * SIDE; i++) {
                    final double p = field.at(column + i % SIDE, row + i / SIDE);
                    window[i] = (float) (1 - p);
                    window[SIDE * SIDE + i] = (float) p;
                }
                blend.add(column, row, window, 0);
            }
        }
        blend.finish(height, finished);
        assertTrue(Arrays.stream(visits).allMatch(n -> n == 1), "each pixel is handed out once");
        return out;
    }

    @FunctionalInterface
    private interface Field {
        double at(int x, int y);
    }

    /** Windows that agree are reproduced, whatever the sizes: the weights are a partition of one. */
    @ParameterizedTest
    @CsvSource({"16,16,8", "40,23,8", "5,7,8", "100,17,16", "33,64,4", "17,50,12", "64,64,1"})
    void agreeingWindowsAreReproduced(final int width, final int height, final int stride) {
        final double[] constant = blend(width, height, stride, (x, y) -> 0.7);
        final SplittableRandom random = new SplittableRandom(1);
        final double[] noise = random.doubles(200 * 200, 0.6, 0.9).toArray();
        final double[] textured = blend(width, height, stride, (x, y) -> noise[(y + 50) * 200 + x + 50]);
        for (int i = 0; i < constant.length; i++) {
            assertEquals(0.7, constant[i], 1e-6);
            assertEquals(noise[(i / width + 50) * 200 + i % width + 50], textured[i], 1e-6);
        }
    }

    /** Windows that disagree pass over into each other without a step. */
    @Test
    void disagreementIsSmooth() {
        final int width = 64;
        final WindowBlend blend = new WindowBlend(width, SIDE, 2);
        final int[] columns = WindowBlend.starts(width, SIDE, 8);
        for (int k = 0; k < columns.length; k++) {
            final float[] window = new float[2 * SIDE * SIDE];
            Arrays.fill(window, k % 2 == 0 ? 0 : SIDE * SIDE, k % 2 == 0 ? SIDE * SIDE : 2 * SIDE * SIDE, 1);
            blend.add(columns[k], 0, window, 0);
        }
        final double[] row = new double[width];
        blend.finish(1, (index, label, foreground) -> row[index] = foreground);
        for (int x = 1; x < width; x++) {
            // sin^2 over 16 pixels rises by at most pi / 16 per pixel
            assertTrue(Math.abs(row[x] - row[x - 1]) <= Math.PI / SIDE + 1e-6, "step at " + x);
        }
        assertTrue(Arrays.stream(row).max().getAsDouble() > 0.9);
        assertTrue(Arrays.stream(row).min().getAsDouble() < 0.1);
    }

    @ParameterizedTest
    @CsvSource({"16,8", "100,8", "5,8", "17,16", "64,4", "1,12"})
    void windowsCoverEverythingAndReachPastBothEnds(final int length, final int stride) {
        final int[] starts = WindowBlend.starts(length, SIDE, stride);
        assertTrue(starts[0] <= 0);
        assertTrue(starts[starts.length - 1] + SIDE >= length);
        for (int i = 1; i < starts.length; i++) {
            final int gap = starts[i] - starts[i - 1];
            assertTrue(gap >= 1 && gap <= stride, "gap " + gap);
        }
        // as far past the one end as past the other, up to rounding
        assertEquals(-starts[0], starts[starts.length - 1] + SIDE - length, 1);
    }
}
