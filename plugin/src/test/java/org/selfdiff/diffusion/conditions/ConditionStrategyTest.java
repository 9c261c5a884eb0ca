package org.selfdiff.diffusion.conditions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.Philox;

class ConditionStrategyTest {
    private static final int WIDTH = 6;

    /** Three labels around different means; the i-th row has the label i mod 3. */
    private static Sources sources(final int count) {
        final List<float[]> vectors = new ArrayList<>();
        final List<Optional<String>> labels = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final float[] vector = new float[WIDTH];
            Philox.gaussians(11, i, vector);
            vector[i % 3] += 8;
            vectors.add(vector);
            labels.add(Optional.of("abc".substring(i % 3, i % 3 + 1)));
            names.add("Row" + i);
        }
        return new Sources(vectors, labels, names);
    }

    private static Interpolation between(final Interpolation.Partner partner) {
        return new Interpolation(Interpolation.Path.LINEAR, partner, 2, 0.2, 0.6, LabelRule.AGREED);
    }

    static List<ConditionStrategy> strategies() {
        return List.of(
                new Reconstruction(),
                between(Interpolation.Partner.RANDOM),
                between(Interpolation.Partner.NEAREST),
                between(Interpolation.Partner.SAME_LABEL),
                new Jitter(0.1, Jitter.Unit.DEVIATION),
                new Jitter(0.1, Jitter.Unit.NEIGHBOUR),
                new Centroid(),
                new Density(2, false, OptionalDouble.empty()),
                new Density(2, true, OptionalDouble.empty()));
    }

    /** Made in another order and of another maker, every condition is the same; another seed gives others. */
    @ParameterizedTest
    @MethodSource("strategies")
    void aConditionIsAFunctionOfSeedGroupAndNumber(final ConditionStrategy strategy) throws Exception {
        final Sources sources = sources(24);
        final ConditionStrategy.Maker one = strategy.prepare(sources, 5, RunControl.silent());
        final ConditionStrategy.Maker other = strategy.prepare(sources, 5, RunControl.silent());
        final ConditionStrategy.Maker seeded = strategy.prepare(sources, 6, RunControl.silent());
        boolean differs = false;
        for (int group = one.groups() - 1; group >= 0; group--) {
            for (int copy = 2; copy >= 0; copy--) {
                final Condition made = other.make(group, copy);
                final Condition first = one.make(group, copy);
                assertArrayEquals(first.vector(), made.vector());
                assertEquals(first.sources(), made.sources());
                assertEquals(first.weights(), made.weights());
                assertEquals(first.label(), made.label());
                assertEquals(WIDTH, made.vector().length);
                differs |=
                        !Arrays.equals(first.vector(), seeded.make(group, copy).vector());
            }
        }
        final boolean random = !(strategy instanceof Reconstruction || strategy instanceof Centroid);
        assertEquals(random, differs);
    }

    /** All but density and centroid say what they were made from. */
    @ParameterizedTest
    @MethodSource("strategies")
    void weightsAddUpToOne(final ConditionStrategy strategy) throws Exception {
        final Condition condition =
                strategy.prepare(sources(24), 5, RunControl.silent()).make(1, 0);
        assertEquals(condition.sources().size(), condition.weights().size());
        if (!(strategy instanceof Density || strategy instanceof Centroid)) {
            assertEquals(1, condition.weights().stream().mapToDouble(w -> w).sum(), 1e-12);
            assertEquals(1, condition.sources().get(0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void linearInterpolationIsTheWeightedSum(final Interpolation.Partner partner) throws Exception {
        final Sources sources = sources(24);
        final ConditionStrategy.Maker maker = between(partner).prepare(sources, 5, RunControl.silent());
        final Set<Integer> partners = new HashSet<>();
        for (int copy = 0; copy < 60; copy++) {
            final Condition condition = maker.make(4, copy);
            final int other = condition.sources().get(1);
            partners.add(other);
            final double weight = condition.weights().get(1);
            assertTrue(weight >= 0.2 && weight <= 0.6);
            for (int d = 0; d < WIDTH; d++) {
                final double expected = (1 - weight) * sources.vectors().get(4)[d]
                        + weight * sources.vectors().get(other)[d];
                assertEquals(expected, condition.vector()[d], 1e-5);
            }
            final boolean agreed = other % 3 == 1;
            assertEquals(agreed ? Optional.of("b") : Optional.empty(), condition.label());
        }
        assertTrue(!partners.contains(4));
        switch (partner) {
            case NEAREST -> assertEquals(nearest(sources, 4, 2), partners);
            case SAME_LABEL -> assertEquals(Set.of(1, 7, 10, 13, 16, 19, 22), partners);
            case RANDOM -> assertTrue(partners.size() > 15, partners.toString());
        }
    }

    private static Set<Integer> nearest(final Sources sources, final int row, final int count) {
        return new HashSet<>(IntStream.range(0, sources.size())
                .filter(i -> i != row)
                .boxed()
                .sorted((a, b) -> Double.compare(distance(sources, row, a), distance(sources, row, b)))
                .limit(count)
                .toList());
    }

    private static double distance(final Sources sources, final int a, final int b) {
        double sum = 0;
        for (int d = 0; d < WIDTH; d++) {
            sum += Math.pow(
                    (double) sources.vectors().get(a)[d] - sources.vectors().get(b)[d], 2);
        }
        return sum;
    }

    /** At a right angle and equal lengths, the factors are cosine and sine; the length stays. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0", "0.5, 0.70710678, 0.70710678", "0.25, 0.92387953, 0.38268343", "1, 0, 1"})
    void sphericalInterpolationFollowsTheArc(final double weight, final float x, final float y) throws Exception {
        final List<Optional<String>> none = List.of(Optional.empty(), Optional.empty());
        final Sources sources = new Sources(List.of(new float[] {3, 0}, new float[] {0, 3}), none, List.of("a", "b"));
        final Interpolation strategy = new Interpolation(
                Interpolation.Path.SPHERICAL, Interpolation.Partner.RANDOM, 1, weight, weight, LabelRule.NEARER);
        final Condition condition =
                strategy.prepare(sources, 1, RunControl.silent()).make(0, 0);
        assertArrayEquals(new float[] {3 * x, 3 * y}, condition.vector(), 1e-6f);
        assertEquals(Optional.empty(), condition.label());
    }

    @Test
    void parallelVectorsAreInterpolatedInAStraightLine() throws Exception {
        final List<Optional<String>> none = List.of(Optional.empty(), Optional.empty());
        final Sources sources = new Sources(List.of(new float[] {1, 2}, new float[] {2, 4}), none, List.of("a", "b"));
        final Interpolation strategy = new Interpolation(
                Interpolation.Path.SPHERICAL, Interpolation.Partner.NEAREST, 1, 0.5, 0.5, LabelRule.SOURCE);
        assertArrayEquals(
                new float[] {1.5f, 3},
                strategy.prepare(sources, 1, RunControl.silent()).make(1, 0).vector(),
                1e-6f);
    }

    @ParameterizedTest
    @CsvSource({"SOURCE, 0.7, a", "NEARER, 0.7, b", "NEARER, 0.5, a", "NEARER, 0.3, a", "AGREED, 0.3, "})
    void labelsFollowTheRule(final LabelRule rule, final double weight, final String expected) {
        assertEquals(Optional.ofNullable(expected), rule.label(Optional.of("a"), Optional.of("b"), weight));
        assertEquals(Optional.of("a"), rule.label(Optional.of("a"), Optional.of("a"), weight));
    }

    /** Root mean square of the noise against what the unit says. */
    @ParameterizedTest
    @EnumSource
    void jitterIsAsLargeAsItsUnit(final Jitter.Unit unit) throws Exception {
        final Sources sources = sources(60);
        final ConditionStrategy.Maker maker = new Jitter(0.5, unit).prepare(sources, 5, RunControl.silent());
        final double[] squares = new double[WIDTH];
        for (int copy = 0; copy < 4000; copy++) {
            final float[] vector = maker.make(7, copy).vector();
            for (int d = 0; d < WIDTH; d++) {
                squares[d] += Math.pow(vector[d] - sources.vectors().get(7)[d], 2) / 4000;
            }
        }
        final double near =
                distance(sources, 7, nearest(sources, 7, 1).iterator().next()) / WIDTH;
        for (int d = 0; d < WIDTH; d++) {
            final int at = d;
            final double[] values =
                    sources.vectors().stream().mapToDouble(v -> v[at]).toArray();
            final double mean = Arrays.stream(values).average().orElseThrow();
            final double variance =
                    Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 59;
            assertEquals(
                    0.25 * (unit == Jitter.Unit.DEVIATION ? variance : near), squares[d], 0.06 * squares[d] + 1e-6);
        }
    }

    @Test
    void centroidsAreMeansOfLabels() throws Exception {
        final Sources sources = sources(9);
        final ConditionStrategy.Maker maker = new Centroid().prepare(sources, 5, RunControl.silent());
        assertEquals(3, maker.groups());
        for (int group = 0; group < 3; group++) {
            final Condition condition = maker.make(group, 0);
            assertEquals(Optional.of("abc".substring(group, group + 1)), condition.label());
            for (int d = 0; d < WIDTH; d++) {
                final double mean = ((double) sources.vectors().get(group)[d]
                                + sources.vectors().get(group + 3)[d]
                                + sources.vectors().get(group + 6)[d])
                        / 3;
                assertEquals(mean, condition.vector()[d], 1e-6);
            }
        }
    }

    /** Labels lie 8 apart with a deviation of 1: what is drawn for a label is nearest to its own centre. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void densityKeepsLabelsApart(final boolean full) throws Exception {
        final Sources sources = sources(90);
        final ConditionStrategy.Maker maker =
                new Density(3, full, OptionalDouble.empty()).prepare(sources, 5, RunControl.silent());
        final double[] mean = new double[3];
        for (int i = 0; i < 900; i++) {
            final Condition condition = maker.make(i % 90, i / 90);
            final float[] v = condition.vector();
            int largest = 0;
            for (int d = 1; d < 3; d++) {
                largest = v[d] > v[largest] ? d : largest;
            }
            assertEquals(Optional.of("abc".substring(largest, largest + 1)), condition.label());
            assertTrue(condition.sources().isEmpty());
            mean[largest] += v[largest] / 300;
        }
        for (final double m : mean) {
            assertEquals(8, m, 0.6);
        }
    }

    /** Two far groups within one label are found and both drawn from. */
    @Test
    void densityFindsAsManyComponentsAsThereAre() throws Exception {
        final List<float[]> vectors = new ArrayList<>();
        final List<Optional<String>> labels = new ArrayList<>();
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            final float[] z = new float[2];
            Philox.gaussians(2, i, z);
            vectors.add(new float[] {z[0] + (i % 2) * 20, z[1]});
            labels.add(Optional.empty());
            names.add("Row" + i);
        }
        final ConditionStrategy.Maker maker = new Density(4, false, OptionalDouble.empty())
                .prepare(new Sources(vectors, labels, names), 5, RunControl.silent());
        int high = 0;
        for (int i = 0; i < 400; i++) {
            final float x = maker.make(i % 80, i / 80).vector()[0];
            assertTrue(Math.abs(x) < 5 || Math.abs(x - 20) < 5, "between the groups: " + x);
            high += x > 10 ? 1 : 0;
        }
        assertEquals(200, high, 50);
    }

    @Test
    void aLabelWithOneRowIsNamed() {
        final Sources sources = sources(7);
        final List<Optional<String>> labels = new ArrayList<>(sources.labels());
        labels.set(6, Optional.of("alone"));
        final Sources lonely = new Sources(sources.vectors(), labels, sources.names());
        for (final ConditionStrategy strategy :
                List.of(new Density(2, true, OptionalDouble.empty()), between(Interpolation.Partner.SAME_LABEL))) {
            final RunFailed failed =
                    assertThrows(RunFailed.class, () -> strategy.prepare(lonely, 1, RunControl.silent()));
            assertTrue(failed.getMessage().contains("alone"), failed.getMessage());
            assertTrue(failed.getMessage().contains("Row6"), failed.getMessage());
        }
    }

    @Test
    void oneRowHasNobodyToBeComparedWith() {
        final Sources one = sources(1);
        for (final ConditionStrategy strategy :
                List.of(between(Interpolation.Partner.RANDOM), new Jitter(1, Jitter.Unit.DEVIATION))) {
            final RunFailed failed = assertThrows(RunFailed.class, () -> strategy.prepare(one, 1, RunControl.silent()));
            assertTrue(failed.getMessage().contains("Row0"), failed.getMessage());
        }
    }

    /** In all, every group is taken once before any twice, in an order that the seed says. */
    @Test
    void amountsAreSpreadOverGroups() {
        final Amount.Places each = new Amount.Each(3).places(5, 1);
        assertEquals(15, new Amount.Each(3).count(5));
        assertEquals(
                List.of(0, 0, 0, 1), IntStream.range(0, 4).mapToObj(each::group).toList());
        assertEquals(
                List.of(0, 1, 2, 0), IntStream.range(0, 4).mapToObj(each::copy).toList());
        final Amount.Places total = new Amount.Total(250).places(100, 1);
        assertEquals(250, new Amount.Total(250).count(100));
        final List<Integer> first =
                IntStream.range(0, 100).mapToObj(total::group).toList();
        assertEquals(100, new HashSet<>(first).size());
        assertNotEquals(first.stream().sorted().toList(), first);
        assertEquals(first, IntStream.range(100, 200).mapToObj(total::group).toList());
        assertEquals(2, total.copy(249));
    }
}
