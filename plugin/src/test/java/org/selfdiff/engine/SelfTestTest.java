package org.selfdiff.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The self-test's answers, computed here in plain loops and by central differences. */
class SelfTestTest {
    private static final double[] GAIN = {1.5, -0.5};

    private static final double[] OFFSET = {0.25, 1};

    @Test
    void answersAreRight() {
        final double[] w = new double[18];
        for (int i = 0; i < w.length; i++) {
            w[i] = (7 * i % 11 - 5) / 8.0;
        }
        assertEquals(loss(w), SelfTest.LOSS, 1e-6);
        for (int i = 0; i < SelfTest.GRADIENT.length; i++) {
            final double h = 1e-5;
            final double at = w[i];
            w[i] = at + h;
            final double above = loss(w);
            w[i] = at - h;
            final double below = loss(w);
            w[i] = at;
            assertEquals((above - below) / (2 * h), SelfTest.GRADIENT[i], 1e-5, "weight " + i);
        }
    }

    private static double loss(final double[] w) {
        double loss = 0;
        for (int k = 0; k < 2; k++) {
            final double[] h = new double[16];
            double mean = 0;
            for (int p = 0; p < 16; p++) {
                h[p] = convolved(w, k, p / 4, p % 4);
                mean += h[p] / 16;
            }
            double variance = 0;
            for (final double v : h) {
                variance += (v - mean) * (v - mean) / 16;
            }
            for (int p = 0; p < 16; p++) {
                final double c = (5 * (16 * k + p) % 7 - 3) / 4.0;
                loss += c * ((h[p] - mean) / Math.sqrt(variance + 1e-5) * GAIN[k] + OFFSET[k]);
            }
        }
        return loss;
    }

    private static double convolved(final double[] w, final int kernel, final int row, final int column) {
        double sum = 0;
        for (int i = 0; i < 9; i++) {
            final int y = row + i / 3 - 1;
            final int x = column + i % 3 - 1;
            if (y >= 0 && y < 4 && x >= 0 && x < 4) {
                sum += (y * 4 + x - 8) / 4.0 * w[kernel * 9 + i];
            }
        }
        return sum;
    }
}
