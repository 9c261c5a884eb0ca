package org.selfdiff.metrics.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** By hand: errors are -0.5, 0.5, 0 and 1, true numbers 3, -0.5, 2 and 7 with a mean of 2.875. */
class ClosenessTest {
    private static final double[] TRUTH = {3, -0.5, 2, 7};

    private static final double[] PREDICTED = {2.5, 0, 2, 8};

    @Test
    void numbersByHand() {
        final double all = 0.125 * 0.125 + 3.375 * 3.375 + 0.875 * 0.875 + 4.125 * 4.125;
        assertEquals(1 - 1.5 / all, Closeness.R2.of(TRUTH, PREDICTED), 1e-12);
        assertEquals(0.9486081370449679, Closeness.R2.of(TRUTH, PREDICTED), 1e-12, "as scikit-learn's manual has it");
        assertEquals(0.5, Closeness.MEAN_ABSOLUTE_ERROR.of(TRUTH, PREDICTED), 1e-12);
        assertEquals(Math.sqrt(0.375), Closeness.ROOT_MEAN_SQUARED_ERROR.of(TRUTH, PREDICTED), 1e-12);
        assertEquals(1, Closeness.SPEARMAN.of(TRUTH, PREDICTED), 1e-12);
        assertEquals(-1, Closeness.PEARSON.of(TRUTH, new double[] {-3, 0.5, -2, -7}), 1e-12);
    }

    @Test
    void whereTheTruthIsConstantThereIsNothingToExplain() {
        assertEquals(Double.NaN, Closeness.R2.of(new double[] {1, 1}, new double[] {1, 2}));
        assertEquals(0.5, Closeness.MEAN_ABSOLUTE_ERROR.of(new double[] {1, 1}, new double[] {1, 2}));
    }
}
