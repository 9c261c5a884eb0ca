package org.selfdiff.metrics.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

class NeighboursTest {
    private static final RunControl SILENT = RunControl.silent();

    @Test
    void nearestEqualsAllPairs() throws Exception {
        final FeatureSet a = Samples.normal(1, 300, 70, 0, 1);
        final FeatureSet b = Samples.normal(2, 517, 70, 0, 1);
        try (Workers workers = new Workers(3)) {
            final Neighbours found = Neighbours.nearest(a, b, workers, SILENT);
            for (int i = 0; i < a.count(); i++) {
                int best = 0;
                for (int j = 1; j < b.count(); j++) {
                    best = squared(a.get(i), b.get(j)) < squared(a.get(i), b.get(best)) ? j : best;
                }
                assertEquals(best, found.index()[i]);
                assertEquals(squared(a.get(i), b.get(best)), found.squaredDistance()[i], 1e-12 * 140);
            }
        }
    }

    private static double squared(final float[] a, final float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(k -> ((double) a[k] - b[k]) * ((double) a[k] - b[k]))
                .sum();
    }

    @Test
    void copiesAreFound() throws Exception {
        final FeatureSet training = Samples.normal(1, 400, 32, 0, 1);
        final FeatureSet heldOut = Samples.normal(2, 200, 32, 0, 1);
        final FeatureSet copies = training.subset(IntStream.range(100, 200).toArray());
        final FeatureSet fresh = Samples.normal(3, 200, 32, 0, 1);
        try (Workers workers = new Workers(2)) {
            final Memorisation copied = Memorisation.of(training, copies, workers, SILENT);
            assertEquals(0, copied.authenticity());
            assertEquals(
                    List.of(new Memorisation.Pair(0, 100, 0), new Memorisation.Pair(1, 101, 0)),
                    copied.nearestPairs(2));
            final Memorisation.HeldOut worse = copied.against(heldOut, workers, SILENT);
            assertEquals(1, worse.closer());
            assertEquals(0, worse.medianRatio());
            assertTrue(worse.test().p() < 1e-10);
            final Memorisation honest = Memorisation.of(training, fresh, workers, SILENT);
            final Memorisation.HeldOut none = honest.against(heldOut, workers, SILENT);
            assertEquals(0.05, none.closer(), 0.05);
            assertEquals(1, none.medianRatio(), 0.05);
            assertTrue(none.test().p() > 0.01);
            assertTrue(honest.authenticity() > 0.4);
        }
    }

    /** Two normal distributions: the closed form of the squared discrepancy. */
    @Test
    void kernelDistanceOfNormalDistributions() throws Exception {
        final FeatureSet x = Samples.normal(1, 4000, 8, 0, 1);
        final FeatureSet y = Samples.normal(2, 4000, 8, 0.5, 1);
        final int[][] whole = {IntStream.range(0, 4000).toArray()};
        try (Workers workers = new Workers(2)) {
            final double found =
                    KernelDistance.of(x, whole, y, whole, workers, SILENT).mean();
            assertEquals(1.1171875, found, 0.06);
        }
    }

    @Test
    void kernelDistanceEqualsAllPairs() throws Exception {
        final FeatureSet x = Samples.normal(1, 140, 9, 0, 1);
        final FeatureSet y = Samples.normal(2, 131, 9, 0.2, 1);
        try (Workers workers = new Workers(2)) {
            final double found = KernelDistance.of(
                            x,
                            new int[][] {IntStream.range(0, 140).toArray()},
                            y,
                            new int[][] {IntStream.range(0, 131).toArray()},
                            workers,
                            SILENT)
                    .mean();
            assertEquals(
                    kernel(x, x) / (140 * 139) + kernel(y, y) / (131 * 130) - 2 * kernel(x, y) / (140 * 131),
                    found,
                    1e-12);
        }
    }

    private static double kernel(final FeatureSet a, final FeatureSet b) {
        double sum = 0;
        for (int i = 0; i < a.count(); i++) {
            for (int j = 0; j < b.count(); j++) {
                if (a != b || i != j) {
                    double dot = 0;
                    for (int k = 0; k < a.width(); k++) {
                        dot += (double) a.get(i)[k] * b.get(j)[k];
                    }
                    sum += Math.pow(dot / a.width() + 1, 3);
                }
            }
        }
        return sum;
    }

    @Test
    void tooFewPicturesAreRefused() {
        final FeatureSet three = Samples.normal(1, 3, 4, 0, 1);
        try (Workers workers = new Workers(1)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ManifoldScores.of(three, three, 3, ManifoldScores.Edge.OUTSIDE, workers, SILENT));
        }
    }
}
