package org.selfdiff.metrics.statistics;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * How sure a statistic is, from its values on resamples of the cases with replacement (Efron and Tibshirani 1993).
 * Resamples on which it is undefined ({@code NaN}) are dropped. Where cases come in groups (tiles of a patient), the
 * groups are what is to be resampled.
 */
public final class Bootstrap {
    private final double estimate;

    /** Ascending. */
    private final double[] values;

    /** Sum of cubes over the power of the sum of squares of the jackknife's deviations, over 6. */
    private final double acceleration;

    private Bootstrap(final double estimate, final double[] values, final double acceleration) {
        this.estimate = estimate;
        this.values = values;
        this.acceleration = acceleration;
    }

    /**
     * Resamples.
     *
     * @param n number of cases
     * @param statistic value on the cases with these indices, {@code NaN} where undefined
     * @param resamples how many
     * @param draw the n cases of a resample, with replacement
     */
    public static Bootstrap of(
            final int n,
            final ToDoubleFunction<int[]> statistic,
            final int resamples,
            final IntFunction<int[]> draw,
            final RunControl control)
            throws RunCancelled {
        final double[] values = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            control.checkCancelled();
            values[r] = statistic.applyAsDouble(draw.apply(r));
        }
        return new Bootstrap(
                statistic.applyAsDouble(IntStream.range(0, n).toArray()),
                sortedWithoutGaps(values),
                acceleration(n, statistic, control));
    }

    /**
     * Resamples for several statistics at once, on several threads and without leaving out single cases, so that there
     * is no accelerated interval.
     *
     * @param n number of cases
     * @param statistics values on the cases with these indices, {@code NaN} where undefined
     * @param resamples how many
     * @param draw the n cases of a resample, with replacement; a function of its argument alone
     * @return in the order of the statistics
     */
    public static List<Bootstrap> all(
            final int n,
            final Function<int[], double[]> statistics,
            final int resamples,
            final IntFunction<int[]> draw,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final double[] estimates = statistics.apply(IntStream.range(0, n).toArray());
        final double[][] values = new double[estimates.length][resamples];
        final Pace pace = new Pace("resamples", 0, resamples);
        workers.inOrder(
                resamples,
                (r, part) -> statistics.apply(draw.apply(r)),
                (r, value) -> {
                    for (int s = 0; s < value.length; s++) {
                        values[s][r] = value[s];
                    }
                    control.progress((r + 1.0) / resamples, pace.line(r + 1L));
                },
                control);
        return IntStream.range(0, estimates.length)
                .mapToObj(s -> new Bootstrap(estimates[s], sortedWithoutGaps(values[s]), Double.NaN))
                .toList();
    }

    private static double[] sortedWithoutGaps(final double[] values) {
        return DoubleStream.of(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    }

    private static double acceleration(final int n, final ToDoubleFunction<int[]> statistic, final RunControl control)
            throws RunCancelled {
        final double[] left = new double[n];
        final int[] others = IntStream.range(1, n).toArray();
        for (int i = 0; i < n; i++) {
            control.checkCancelled();
            left[i] = statistic.applyAsDouble(others);
            if (i < n - 1) {
                others[i] = i; // now all but i + 1
            }
        }
        final double mean = DoubleStream.of(left).sum() / n;
        double squares = 0;
        double cubes = 0;
        for (final double value : left) {
            final double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }
        return cubes / (6 * Math.pow(squares, 1.5));
    }

    /** The statistic on all cases. */
    public double estimate() {
        return estimate;
    }

    /** On how many resamples it was defined. */
    public int resamples() {
        return values.length;
    }

    /** Standard deviation over resamples, with n - 1. */
    public double standardError() {
        final double mean = DoubleStream.of(values).sum() / values.length;
        final double squares =
                DoubleStream.of(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1));
    }

    /** Between the quantiles of the resamples. */
    public Interval percentile(final double confidence) {
        return quantiles((1 - confidence) / 2, (1 + confidence) / 2);
    }

    /** The quantiles mirrored at the estimate. */
    public Interval basic(final double confidence) {
        final Interval percentile = percentile(confidence);
        return new Interval(2 * estimate - percentile.high(), 2 * estimate - percentile.low());
    }

    /** Estimate plus and minus the normal quantile times the standard error. */
    public Interval normal(final double confidence) {
        return Interval.normal(estimate, standardError(), confidence);
    }

    /** Bias-corrected and accelerated (Efron 1987). {@code NaN} where all resamples lie on one side of the estimate. */
    public Interval biasCorrected(final double confidence) {
        final double z = Normal.quantile((1 - confidence) / 2);
        return quantiles(adjusted(z), adjusted(-z));
    }

    private double adjusted(final double z) {
        final double shifted = bias() + z;
        return Normal.cdf(bias() + shifted / (1 - acceleration * shifted));
    }

    /** The normal quantile of the share of resamples below the estimate; equal ones count half. */
    public double bias() {
        double below = 0;
        for (final double value : values) {
            below += value < estimate ? 1 : value == estimate ? 0.5 : 0;
        }
        return Normal.quantile(below / values.length);
    }

    /** How fast the standard error changes with the statistic, from leaving out one case at a time. */
    public double acceleration() {
        return acceleration;
    }

    /** Twice the smaller share of resamples on one side of zero: a p value where the statistic is a difference. */
    public double twoSidedSign() {
        final double atMost = DoubleStream.of(values).filter(v -> v <= 0).count();
        final double atLeast = DoubleStream.of(values).filter(v -> v >= 0).count();
        return Math.min(1, 2 * Math.min(atMost, atLeast) / values.length);
    }

    private Interval quantiles(final double low, final double high) {
        return new Interval(Percentiles.of(values, low), Percentiles.of(values, high));
    }
}
