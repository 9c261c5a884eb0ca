package org.selfdiff.metrics.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NormalTest {
    /** From tables of 16 digits and more. */
    @Test
    void knownValues() {
        assertEquals(0.5, Normal.cdf(0));
        assertEquals(0.8413447460685429, Normal.cdf(1), 1e-15);
        assertEquals(1.3498980316300945e-3, Normal.cdf(-3), 1e-17);
        assertEquals(1, Normal.cdf(-10) / 7.61985302416047e-24, 1e-13);
        assertEquals(1, Normal.cdf(-37) / 5.725571222524577e-300, 1e-11);
        assertEquals(1.959963984540054, Normal.quantile(0.975), 1e-14);
        assertEquals(-1.6448536269514722, Normal.quantile(0.05), 1e-14);
        assertEquals(Double.NEGATIVE_INFINITY, Normal.quantile(0));
        assertEquals(Double.POSITIVE_INFINITY, Normal.quantile(1));
        assertEquals(Double.NaN, Normal.quantile(-0.1));
        assertEquals(Double.NaN, Normal.cdf(Double.NaN));
        assertEquals(0, Normal.twoSided(Double.POSITIVE_INFINITY));
    }

    @Test
    void quantileUndoesTheDistribution() {
        for (double z = -8; z < 5; z += 0.37) {
            assertEquals(z, Normal.quantile(Normal.cdf(z)), 1e-9, "z " + z);
        }
    }

    @Test
    void gammaOfWholeNumbersIsAFactorial() {
        double log = 0;
        for (int n = 1; n < 60; n++) {
            assertEquals(log, Gamma.log(n), 1e-13 * Math.max(1, log), "n " + n);
            log += Math.log(n);
        }
        assertEquals(Math.log(Math.PI) / 2, Gamma.log(0.5), 1e-15);
    }

    @Test
    void equalValuesShareRanks() {
        assertArrayEquals(
                new double[] {3.5, 1, 5, 3.5, 2, 6},
                Ranks.of(new double[] {0.0, -7, 2, -0.0, -1e-300, Double.POSITIVE_INFINITY}));
        final Random random = new Random(3);
        final double[] values =
                random.doubles(1000, -1, 1).map(v -> Math.rint(v * 40)).toArray();
        final double[] ranks = Ranks.of(values);
        for (int i = 0; i < values.length; i++) {
            int below = 0;
            int equal = 0;
            for (final double other : values) {
                below += other < values[i] ? 1 : 0;
                equal += other == values[i] ? 1 : 0;
            }
            assertEquals(below + (equal + 1) / 2.0, ranks[i]);
        }
    }
}
