package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.stages.bags.AttentionScale.Kind;

class AttentionScaleTest {
    private static final double[] ATTENTION = {0.1, 0.5, 0.1, 1e-9, 0.3};

    @Test
    void ranksGoFromZeroToOneAndEqualOnesShareTheirs() {
        assertArrayEquals(
                new double[] {0.375, 1, 0.375, 0, 0.75}, AttentionScale.byRank().scaled(ATTENTION), 1e-12);
        assertArrayEquals(new double[] {0.5, 0.5, 0.5}, AttentionScale.byRank().scaled(new double[] {2, 2, 2}));
        assertArrayEquals(new double[] {0.5}, AttentionScale.byRank().scaled(new double[] {7}));
    }

    @Test
    void ranksOnlyKnowTheOrder() {
        final double[] logarithms =
                java.util.Arrays.stream(ATTENTION).map(Math::log).toArray();
        assertArrayEquals(
                AttentionScale.byRank().scaled(ATTENTION),
                AttentionScale.byRank().scaled(logarithms));
    }

    /** Percentiles of 0 to 100 are the numbers themselves, whatever single tiles far out have. */
    @Test
    void percentilesCutWhatLiesBeyond() {
        final double[] line = IntStream.rangeClosed(0, 100).asDoubleStream().toArray();
        final AttentionScale scale = new AttentionScale(Kind.PERCENTILES, 10, 90);
        assertEquals(10, scale.least(line), 1e-12);
        assertEquals(90, scale.most(line), 1e-12);
        final double[] scaled = scale.scaled(line);
        assertEquals(0, scaled[3]);
        assertEquals(0.5, scaled[50], 1e-12);
        assertEquals(1, scaled[95]);
        line[100] = 1e6;
        assertEquals(0.5, scale.scaled(line)[50], 1e-12);
    }

    /** numpy.percentile([0.1, 0.5, 0.1, 1e-9, 0.3], [30, 75]) is [0.1, 0.3] (linear). */
    @Test
    void percentilesAreThoseOfNumpy() {
        final AttentionScale scale = new AttentionScale(Kind.PERCENTILES, 30, 75);
        assertEquals(0.1, scale.least(ATTENTION), 1e-12);
        assertEquals(0.3, scale.most(ATTENTION), 1e-12);
        assertEquals(0.46, new AttentionScale(Kind.PERCENTILES, 0, 95).most(ATTENTION), 1e-12);
    }

    @Test
    void oneTileThatStandsOutDoesSoWhereAllOthersAreEqual() {
        final double[] attention = new double[1000];
        attention[7] = 1;
        final double[] scaled = new AttentionScale(Kind.PERCENTILES, 1, 99).scaled(attention);
        assertEquals(1, scaled[7]);
        assertEquals(0.5, scaled[8]);
    }

    @Test
    void percentilesOutOfOrderAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new AttentionScale(Kind.PERCENTILES, 90, 10));
        assertThrows(IllegalArgumentException.class, () -> new AttentionScale(Kind.PERCENTILES, Double.NaN, 10));
    }
}
