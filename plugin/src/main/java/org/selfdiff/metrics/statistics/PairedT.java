package org.selfdiff.metrics.statistics;

import java.util.stream.DoubleStream;

/** Student's test that paired differences have the mean 0, two-sided; for means of many or of normal ones. */
public final class PairedT {
    private PairedT() {}

    /** Tests differences; {@code NaN} for fewer than two. */
    public static TestResult of(final double[] differences) {
        final int n = differences.length;
        final double mean = DoubleStream.of(differences).sum() / n;
        final double squares =
                DoubleStream.of(differences).map(d -> (d - mean) * (d - mean)).sum();
        final double t = mean / Math.sqrt(squares / (n - 1) / n);
        return new TestResult(t, Beta.studentTwoSided(t, n - 1.0));
    }
}
