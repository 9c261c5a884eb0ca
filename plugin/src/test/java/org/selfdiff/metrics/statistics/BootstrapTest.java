package org.selfdiff.metrics.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.selfdiff.metrics.Golden.numbers;
import static org.selfdiff.metrics.Golden.same;
import static org.selfdiff.metrics.Golden.truths;

import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.selfdiff.metrics.Golden;
import org.selfdiff.metrics.classification.RocCurve;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

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
        final PrimitiveIterator.OfInt draws = StreamSupport.stream(
                        DATA.getAsJsonArray("resample_indices").spliterator(), false)
                .flatMapToInt(row -> Arrays.stream(Golden.integers(row)))
                .iterator();
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
        final Bootstrap ours = Bootstrap.of(
                TRUTH.length,
                agreed,
                DATA.getAsJsonArray("resample_indices").size(),
                bound -> draws.nextInt(),
                RunControl.silent());
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
        assertThrows(RunCancelled.class, () -> Bootstrap.of(3, i -> 1, 10, bound -> 0, cancelled));
    }

    @Test
    void constantHasNoWidth() throws RunCancelled {
        final Bootstrap constant = Bootstrap.of(3, i -> 2, 10, bound -> 0, RunControl.silent());
        assertEquals(new Interval(2, 2), constant.percentile(0.95));
        assertEquals(0, constant.standardError());
    }
}
