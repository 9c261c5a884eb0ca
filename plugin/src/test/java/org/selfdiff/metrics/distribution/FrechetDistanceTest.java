package org.selfdiff.metrics.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/** Closed forms, and what must not change the distance. */
class FrechetDistanceTest {
    private static final RunControl SILENT = RunControl.silent();

    private static Gaussian diagonal(final double shift, final double... variances) {
        final int d = variances.length;
        final double[] mean = new double[d];
        final double[] covariance = new double[d * d];
        for (int i = 0; i < d; i++) {
            mean[i] = shift;
            covariance[i * d + i] = variances[i];
        }
        return new Gaussian(100, mean, covariance);
    }

    @Test
    void closedForms() throws Exception {
        final double[] steps = IntStream.rangeClosed(1, 8).asDoubleStream().toArray();
        final double[] scaled =
                IntStream.rangeClosed(1, 8).mapToDouble(i -> 4 * i).toArray();
        assertEquals(36, Samples.frechet(diagonal(0, steps), diagonal(0, scaled)), 1e-12, "(1 - 2)² tr S");
        assertEquals(8 * 0.25, Samples.frechet(diagonal(0, steps), diagonal(0.5, steps)), 1e-12, "shift only");
        double roots = 0;
        for (int i = 0; i < 8; i++) {
            roots += Math.pow(Math.sqrt(steps[i]) - Math.sqrt(steps[7 - i]), 2);
        }
        final double[] turned =
                IntStream.range(0, 8).mapToDouble(i -> steps[7 - i]).toArray();
        assertEquals(roots, Samples.frechet(diagonal(1, steps), diagonal(1, turned)), 1e-12, "diagonal");
        assertEquals(
                2.7712204477,
                Samples.frechet(
                        new Gaussian(9, new double[2], new double[] {2, 1, 1, 2}),
                        new Gaussian(9, new double[] {1, -1}, new double[] {1, 0, 0, 4})),
                1e-10,
                "two by two");
        assertEquals(0, Samples.frechet(diagonal(0, 0, 0), diagonal(0, 0, 0)), "nothing varies");
    }

    /** Two samples of one normal distribution are about d (d + 5) / (2 N) apart. */
    @Test
    void finiteSamplesAreTooFarApart() throws Exception {
        final double found = Samples.frechet(
                Samples.gaussian(Samples.normal(1, 1000, 64, 0, 1)),
                Samples.gaussian(Samples.normal(2, 1000, 64, 0, 1)));
        assertEquals(2.227, found, 0.15);
    }

    @Test
    void equalSetsAreAtZero() throws Exception {
        final Gaussian g = Samples.gaussian(Samples.normal(3, 300, 40, 2, 3));
        assertEquals(0, Samples.frechet(g, g), 1e-9);
        final Gaussian few = Samples.gaussian(Samples.normal(4, 20, 40, 2, 3));
        assertEquals(0, Samples.frechet(few, few), 1e-4);
    }

    @Test
    void symmetricScaledAndTurned() throws Exception {
        final FeatureSet a = Samples.normal(5, 200, 12, 0, 1);
        final FeatureSet b = Samples.normal(6, 150, 12, 0.3, 1.5);
        final double distance = Samples.frechet(Samples.gaussian(a), Samples.gaussian(b));
        assertEquals(distance, Samples.frechet(Samples.gaussian(b), Samples.gaussian(a)), 1e-10);
        assertEquals(
                4 * distance,
                Samples.frechet(Samples.gaussian(changed(a, 2, 0)), Samples.gaussian(changed(b, 2, 0))),
                1e-10);
        assertEquals(
                distance,
                Samples.frechet(Samples.gaussian(changed(a, 1, 0.7)), Samples.gaussian(changed(b, 1, 0.7))),
                1e-5,
                "a rotation, in numbers of 32 bits");
    }

    /** Scales, and turns neighbouring features about each other. */
    private static FeatureSet changed(final FeatureSet set, final float scale, final double angle) {
        final FeatureSet out = new FeatureSet(set.width());
        for (int i = 0; i < set.count(); i++) {
            final float[] row = set.get(i).clone();
            for (int k = 0; k + 1 < row.length && angle != 0; k++) {
                final double p = row[k];
                final double q = row[k + 1];
                row[k] = (float) (p * Math.cos(angle) - q * Math.sin(angle));
                row[k + 1] = (float) (p * Math.sin(angle) + q * Math.cos(angle));
            }
            for (int k = 0; k < row.length; k++) {
                row[k] *= scale;
            }
            out.add(row);
        }
        return out;
    }

    @Test
    void streamsEqualTwoPasses() throws Exception {
        final int d = 21;
        final FeatureSet set = Samples.normal(7, 1000, d, 1e4, 1);
        final Gaussian g = Samples.gaussian(set);
        final double[] mean = new double[d];
        final double[] covariance = new double[d * d];
        for (int i = 0; i < set.count(); i++) {
            for (int k = 0; k < d; k++) {
                mean[k] += set.get(i)[k] / (double) set.count();
            }
        }
        for (int i = 0; i < set.count(); i++) {
            for (int k = 0; k < d; k++) {
                for (int l = 0; l < d; l++) {
                    covariance[k * d + l] += (set.get(i)[k] - mean[k]) * (set.get(i)[l] - mean[l]) / (set.count() - 1);
                }
            }
        }
        assertArrayEquals(mean, g.mean(), 1e-9);
        assertArrayEquals(covariance, g.covariance(), 1e-10);
    }

    @Test
    void threadsChangeNothingAndStreamsCanBeAdded() throws Exception {
        final FeatureSet set = Samples.normal(8, 700, 300, 3, 2);
        final Gaussian two = Samples.gaussian(set);
        try (Workers one = new Workers(1);
                Workers five = new Workers(5)) {
            final Moments whole = new Moments(300, five).addAll(set, SILENT);
            assertArrayEquals(two.covariance(), whole.gaussian(SILENT).covariance());
            assertArrayEquals(two.mean(), whole.gaussian(SILENT).mean());
            final Moments first = new Moments(300, one)
                    .addAll(set.subset(IntStream.range(0, 333).toArray()), SILENT);
            final Moments second = new Moments(300, one)
                    .addAll(set.subset(IntStream.range(333, 700).toArray()), SILENT);
            first.merge(second, SILENT);
            first.merge(new Moments(300, one), SILENT);
            assertEquals(700, first.count());
            assertArrayEquals(two.covariance(), first.gaussian(SILENT).covariance(), 1e-12);
            final Moments fromNothing = new Moments(300, one);
            fromNothing.merge(second, SILENT);
            assertArrayEquals(
                    second.gaussian(SILENT).covariance(),
                    fromNothing.gaussian(SILENT).covariance(),
                    1e-14);
        }
    }

    /** The second difference has the eigenvalues 2 - 2 cos(pi k / (n + 1)); turned, they stay. */
    @Test
    void eigenvaluesOfAKnownMatrix() throws Exception {
        for (final int n : new int[] {1, 2, 3, 7, 64, 131}) {
            final double[] a = new double[n * n];
            for (int i = 0; i < n; i++) {
                a[i * n + i] = 2;
                if (i > 0) {
                    a[i * n + i - 1] = -1;
                    a[(i - 1) * n + i] = -1;
                }
            }
            reflect(a, n, new Random(n));
            final double[] values = SymmetricEigenvalues.of(a, n, SILENT);
            for (int k = 1; k <= n; k++) {
                assertEquals(2 - 2 * Math.cos(Math.PI * k / (n + 1)), values[k - 1], 1e-13 * n, n + ": " + k);
            }
        }
        assertArrayEquals(new double[3], SymmetricEigenvalues.of(new double[9], 3, SILENT));
        final double tiny = 1e-300;
        assertArrayEquals(
                new double[] {tiny, 3 * tiny},
                SymmetricEigenvalues.of(new double[] {2 * tiny, tiny, tiny, 2 * tiny}, 2, SILENT),
                1e-314);
    }

    /** A becomes H A H with a random reflection H. */
    private static void reflect(final double[] a, final int n, final Random random) {
        final double[] u = random.doubles(n, -1, 1).toArray();
        final double squares =
                IntStream.range(0, n).mapToDouble(i -> u[i] * u[i]).sum();
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i < n; i++) {
                double product = 0;
                for (int k = 0; k < n; k++) {
                    product += u[k] * (side == 0 ? a[k * n + i] : a[i * n + k]);
                }
                for (int k = 0; k < n; k++) {
                    a[side == 0 ? k * n + i : i * n + k] -= 2 / squares * product * u[k];
                }
            }
        }
    }

    @Test
    void rootOfASingularMatrix() throws Exception {
        final Gaussian few = Samples.gaussian(Samples.normal(9, 6, 30, 0, 1));
        final SemidefiniteRoot root = SemidefiniteRoot.of(few.covariance(), 30, SILENT);
        assertEquals(5, root.rank(), "six pictures have five directions");
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 30; j++) {
                double sum = 0;
                for (int k = 0; k < root.rank(); k++) {
                    sum += root.columns()[k * 30 + i] * root.columns()[k * 30 + j];
                }
                assertEquals(few.covariance()[i * 30 + j], sum, 1e-14);
            }
        }
        assertTrue(SemidefiniteRoot.of(new double[4], 2, SILENT).rank() == 0);
    }
}
