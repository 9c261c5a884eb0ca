package org.selfdiff.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void risesThenFallsAsACosine() {
        final LearningRate rate = new LearningRate(0.8, 4, 13, 0.25);
        assertEquals(0.2, rate.at(0), 1e-15);
        assertEquals(0.4, rate.at(1), 1e-15);
        assertEquals(0.8, rate.at(3), 1e-15);
        assertEquals(0.8, rate.at(4), 1e-15);
        // half-way between steps 4 and 12: the mean of 0.8 and 0.2
        assertEquals(0.5, rate.at(8), 1e-15);
        // a quarter of the way: 0.2 + 0.6 (1 + cos 45 degrees) / 2
        assertEquals(0.2 + 0.6 * (1 + Math.sqrt(0.5)) / 2, rate.at(6), 1e-15);
        assertEquals(0.2, rate.at(12), 1e-15);
        assertEquals(0.2, rate.at(50), 1e-15);
    }

    @Test
    void staysWhereNothingIsToFall() {
        final LearningRate rate = new LearningRate(0.1, 0, 10, 1);
        for (int step = 0; step < 10; step++) {
            assertEquals(0.1, rate.at(step), 1e-15);
        }
    }

    @Test
    void manageWithOneStep() {
        assertEquals(0.1, new LearningRate(0.1, 1, 1, 0).at(0), 1e-15);
        assertTrue(Double.isFinite(new LearningRate(0.1, 0, 1, 0).at(0)));
    }

    @Test
    void averagesForgetTheStartSoon() {
        final Ema ema = new Ema(0.99);
        assertEquals(0.9, ema.at(0), 1e-15);
        assertEquals(1 - 11.0 / 20, ema.at(10), 1e-15);
        assertEquals(0.01, ema.at(5000), 1e-12);
        assertEquals(1, new Ema(0).at(7), 0);
    }
}
