package org.selfdiff.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.metrics.EmptyClassPolicy.COUNT_AS_ONE;
import static org.selfdiff.metrics.EmptyClassPolicy.COUNT_AS_ZERO;
import static org.selfdiff.metrics.EmptyClassPolicy.SKIP;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OverlapMetricTest {
    private static final double EXACT = 1e-15;

    @Test
    void byHand() {
        // class 1: 3 found, 1 wrongly found, 2 missed
        final Confusion c = Confusion.of(2, new int[] {1, 1, 1, 1, 1, 0, 0, 0}, new int[] {1, 1, 1, 0, 0, 1, 0, 0});
        assertEquals(3, c.truePositives(1));
        assertEquals(1, c.falsePositives(1));
        assertEquals(2, c.falseNegatives(1));
        assertEquals(8, c.total());
        assertEquals(6.0 / 9, OverlapMetric.DICE.of(c, 1, SKIP), EXACT);
        assertEquals(3.0 / 6, OverlapMetric.IOU.of(c, 1, SKIP), EXACT);
        assertEquals(3.0 / 4, OverlapMetric.PRECISION.of(c, 1, SKIP), EXACT);
        assertEquals(3.0 / 5, OverlapMetric.RECALL.of(c, 1, SKIP), EXACT);
        assertEquals(4.0 / 7, OverlapMetric.DICE.of(c, 0, SKIP), EXACT);
    }

    @Test
    void threeClassesByHand() {
        final Confusion c = Confusion.of(3, new int[] {0, 0, 1, 1, 2, 2}, new int[] {0, 1, 1, 2, 2, 2});
        assertEquals(1, c.count(1, 2));
        assertEquals(2.0 / 3, OverlapMetric.DICE.of(c, 0, SKIP), EXACT);
        assertEquals(1.0 / 2, OverlapMetric.DICE.of(c, 1, SKIP), EXACT);
        assertEquals(4.0 / 5, OverlapMetric.DICE.of(c, 2, SKIP), EXACT);
        assertEquals((0.5 + 0.8) / 2, new Scoring(SKIP, false).overClasses(c).dice(), EXACT);
        assertEquals(
                (2.0 / 3 + 0.5 + 0.8) / 3,
                new Scoring(SKIP, true).overClasses(c).dice(),
                EXACT);
    }

    @Test
    void absentClassesFollowThePolicy() {
        final Confusion none = Confusion.of(2, new int[4], new int[4]);
        final Confusion onlyTruth = Confusion.of(2, new int[] {1, 0}, new int[2]);
        final Confusion onlyPrediction = Confusion.of(2, new int[2], new int[] {1, 0});
        for (final OverlapMetric metric : OverlapMetric.values()) {
            assertEquals(1, metric.of(none, 1, COUNT_AS_ONE));
            assertEquals(0, metric.of(none, 1, COUNT_AS_ZERO));
            assertTrue(Double.isNaN(metric.of(none, 1, SKIP)));
            for (final EmptyClassPolicy policy : EmptyClassPolicy.values()) {
                final int perfect = policy == COUNT_AS_ONE ? 1 : 0; // 0 divided by 0, as zero_division=1 has it
                assertEquals(metric == OverlapMetric.PRECISION ? perfect : 0, metric.of(onlyTruth, 1, policy));
                assertEquals(metric == OverlapMetric.RECALL ? perfect : 0, metric.of(onlyPrediction, 1, policy));
            }
        }
        assertEquals(1, new Scoring(SKIP, true).overClasses(none).dice(), "only background counts");
        assertTrue(Double.isNaN(new Scoring(SKIP, false).overClasses(none).dice()));
    }

    @Test
    void propertiesOfRandomMaps() {
        final Random random = new Random(1);
        for (int trial = 0; trial < 300; trial++) {
            final int classes = 2 + random.nextInt(4);
            final int n = 1 + random.nextInt(40);
            final int[] truth = random.ints(n, 0, classes).toArray();
            final int[] prediction = random.ints(n, 0, classes).toArray();
            final Confusion c = Confusion.of(classes, truth, prediction);
            final Confusion swapped = Confusion.of(classes, prediction, truth);
            for (int k = 0; k < classes; k++) {
                final double dice = OverlapMetric.DICE.of(c, k, COUNT_AS_ONE);
                final double iou = OverlapMetric.IOU.of(c, k, COUNT_AS_ONE);
                assertEquals(2 * iou / (1 + iou), dice, 1e-12);
                assertEquals(dice, OverlapMetric.DICE.of(swapped, k, COUNT_AS_ONE));
                assertEquals(iou, OverlapMetric.IOU.of(swapped, k, COUNT_AS_ONE));
                assertEquals(
                        OverlapMetric.PRECISION.of(c, k, COUNT_AS_ONE),
                        OverlapMetric.RECALL.of(swapped, k, COUNT_AS_ONE));
                assertTrue(0 <= iou && iou <= dice && dice <= 1);
                final double precision = OverlapMetric.PRECISION.of(c, k, COUNT_AS_ZERO);
                final double recall = OverlapMetric.RECALL.of(c, k, COUNT_AS_ZERO);
                assertEquals(
                        precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall),
                        OverlapMetric.DICE.of(c, k, COUNT_AS_ZERO),
                        1e-12);
                assertEquals(1, OverlapMetric.DICE.of(Confusion.of(classes, truth, truth), k, COUNT_AS_ONE));
            }
            assertEquals(c, shuffled(random, classes, truth, prediction), "the order of pixels does not matter");
            final int cut = random.nextInt(n + 1);
            assertEquals(
                    c,
                    Scoring.pooled(List.of(
                            part(classes, truth, prediction, 0, cut), part(classes, truth, prediction, cut, n))));
        }
    }

    private static Confusion part(final int classes, final int[] t, final int[] p, final int from, final int to) {
        return Confusion.of(
                classes, java.util.Arrays.copyOfRange(t, from, to), java.util.Arrays.copyOfRange(p, from, to));
    }

    private static Confusion shuffled(final Random random, final int classes, final int[] t, final int[] p) {
        final int[] t2 = t.clone();
        final int[] p2 = p.clone();
        for (int i = t.length - 1; i > 0; i--) {
            final int j = random.nextInt(i + 1);
            final int a = t2[i];
            t2[i] = t2[j];
            t2[j] = a;
            final int b = p2[i];
            p2[i] = p2[j];
            p2[j] = b;
        }
        return Confusion.of(classes, t2, p2);
    }

    @Test
    void meanOverPicturesAndPooledDiffer() {
        final Confusion small = Confusion.of(2, new int[] {1, 0}, new int[] {1, 0});
        final Confusion large = Confusion.of(2, new int[] {1, 1, 1, 1}, new int[] {1, 0, 0, 0});
        final Confusion none = Confusion.of(2, new int[2], new int[2]);
        final List<Confusion> all = List.of(small, large, none);
        final Scoring.Mean skip = new Scoring(SKIP, false).overPictures(all, 1, OverlapMetric.DICE);
        assertEquals((1 + 0.4) / 2, skip.mean(), EXACT);
        assertEquals(0.6 / Math.sqrt(2), skip.deviation(), 1e-12);
        assertEquals(2, skip.count());
        assertEquals(
                (1 + 0.4 + 1) / 3,
                new Scoring(COUNT_AS_ONE, false)
                        .overPictures(all, 1, OverlapMetric.DICE)
                        .mean(),
                EXACT);
        assertEquals(
                (1 + 0.4 + 0) / 3,
                new Scoring(COUNT_AS_ZERO, false)
                        .overPictures(all, 1, OverlapMetric.DICE)
                        .mean(),
                EXACT);
        assertEquals(4.0 / 7, OverlapMetric.DICE.of(Scoring.pooled(all), 1, SKIP), EXACT);
    }

    @Test
    void wrongInputIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Confusion.of(2, new int[] {2}, new int[] {0}));
        assertThrows(IllegalArgumentException.class, () -> Confusion.of(2, new int[] {0}, new int[] {-1}));
        assertThrows(IllegalArgumentException.class, () -> Confusion.of(2, new int[1], new int[2]));
        assertThrows(IllegalArgumentException.class, () -> Confusion.empty(0));
        assertThrows(IllegalArgumentException.class, () -> Confusion.empty(2).plus(Confusion.empty(3)));
    }
}
