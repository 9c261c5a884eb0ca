package org.selfdiff.metrics.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.selfdiff.metrics.Golden.numbers;
import static org.selfdiff.metrics.Golden.same;
import static org.selfdiff.metrics.Golden.truths;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.metrics.Golden;
import org.selfdiff.metrics.classification.RocCurve;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/** Values on given resamples, confirmed by scipy. */
class BootstrapTest {
    private static final JsonObject DATA = Golden.read("statistics").getAsJsonObject("bootstrap");

    private static final boolean[] TRUTH = truths(DATA.get("labels"));

    private static final double[] A = numbers(DATA.get("scores_a"));

    private static final double[] B = numbers(DATA.get("scores_b"));

    @Test
    void areaUnderTheCurve() throws RunCancelled {
        compare("auroc_a", i -> area(A, i));
    }

    @Test
    void differenceOfAreas() throws RunCancelled {
        compare("auroc_difference_a_minus_b", i -> area(A, i) - area(B, i));
    }

    @Test
    void difference() throws RunCancelled {
        compare(
                "mean_score_difference",
                i -> Arrays.stream(i).mapToDouble(k -> A[k] - B[k]).average().orElseThrow());
    }

    private static double area(final double[] scores, final int[] cases) {
        final boolean[] truth = new boolean[cases.length];
        for (int i = 0; i < cases.length; i++) {
            truth[i] = TRUTH[cases[i]];
        }
        return RocCurve.of(
                        truth, Arrays.stream(cases).mapToDouble(i -> scores[i]).toArray())
                .area();
    }

    private static void compare(final String key, final ToDoubleFunction<int[]> statistic) throws RunCancelled {
        final JsonObject expected = DATA.getAsJsonObject("expected").getAsJsonObject(key);
        final int[][] draws = StreamSupport.stream(
                        DATA.getAsJsonArray("resample_indices").spliterator(), false)
                .map(Golden::integers)
                .toArray(int[][]::new);
        final double[] values = numbers(expected.get("values_per_resample"));
        final AtomicInteger resample = new AtomicInteger();
        // Our areas are exact, the reference's are off in the last digit, which decides whether two of them are equal:
        // where ours agrees with its value the test goes on with that.
        final ToDoubleFunction<int[]> agreed = indices -> {
            final double own = statistic.applyAsDouble(indices);
            final int r = resample.getAndIncrement();
            if (r < values.length) {
                assertEquals(values[r], own, 1e-12, key + " resample " + r);
                return values[r];
            }
            return r == values.length ? expected.get("value_on_all").getAsDouble() : own;
        };
        final Bootstrap ours = Bootstrap.of(TRUTH.length, agreed, draws.length, r -> draws[r], RunControl.silent());
        same(expected.get("value_on_all"), ours.estimate(), 1e-12, key);
        same(expected.get("valid_resamples"), ours.resamples(), 0, key);
        same(expected.get("standard_error"), ours.standardError(), 1e-12, key);
        StatisticsGoldenTest.interval(expected.get("percentile_ci95"), ours.percentile(0.95), key);
        StatisticsGoldenTest.interval(expected.get("basic_ci95"), ours.basic(0.95), key);
        StatisticsGoldenTest.interval(expected.get("normal_ci95"), ours.normal(0.95), key);
        StatisticsGoldenTest.interval(expected.get("bca_ci95"), ours.biasCorrected(0.95), key);
        same(expected.get("bca_z0"), ours.bias(), 1e-12, key);
        same(expected.get("bca_acceleration"), ours.acceleration(), 1e-12, key);
        same(expected.get("p_two_sided_sign"), ours.twoSidedSign(), 1e-12, key);
    }

    @Test
    void canBeCancelled() {
        final RunControl cancelled = new RunControl() {
            @Override
            public boolean isCancelled() {
                return true;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // not looked at
            }

            @Override
            public void warn(final String message) {
                throw new AssertionError(message);
            }
        };
        assertThrows(RunCancelled.class, () -> Bootstrap.of(3, i -> 1, 10, r -> new int[3], cancelled));
    }

    @Test
    void constantHasNoWidth() throws RunCancelled {
        final Bootstrap constant = Bootstrap.of(3, i -> 2, 10, r -> new int[3], RunControl.silent());
        assertEquals(new Interval(2, 2), constant.percentile(0.95));
        assertEquals(0, constant.standardError());
    }

    @Test
    void severalAtOnceAreWhatEachIsAlone() throws Exception {
        final java.util.function.IntFunction<int[]> draw = r -> {
            final SeededRandom random = new SeededRandom(7, r);
            return IntStream.generate(() -> random.nextInt(TRUTH.length))
                    .limit(TRUTH.length)
                    .toArray();
        };
        final Bootstrap alone = Bootstrap.of(TRUTH.length, i -> area(B, i), 50, draw, RunControl.silent());
        for (final int threads : new int[] {1, 4}) {
            try (Workers workers = new Workers(threads)) {
                final Bootstrap second = Bootstrap.all(
                                TRUTH.length,
                                i -> new double[] {area(A, i), area(B, i)},
                                50,
                                draw,
                                workers,
                                RunControl.silent())
                        .get(1);
                assertEquals(alone.percentile(0.9), second.percentile(0.9));
                assertEquals(alone.estimate(), second.estimate());
                assertEquals(alone.resamples(), second.resamples());
            }
        }
    }
}
