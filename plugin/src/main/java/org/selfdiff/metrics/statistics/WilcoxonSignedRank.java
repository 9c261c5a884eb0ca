package org.selfdiff.metrics.statistics;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Wilcoxon's signed-rank test of paired differences (Biometrics Bulletin 1945). The statistic is the sum of the ranks of
 * positive differences, two-sided the smaller of both sums.
 */
public final class WilcoxonSignedRank {
    /** What differences of zero count. */
    public enum Zeros {
        /** Nothing (Wilcoxon). */
        DROP,
        /** They are ranked, and their ranks left out (Pratt 1959). */
        PRATT,
        /** They are ranked, and half of their ranks goes to each side. */
        SPLIT
    }

    private WilcoxonSignedRank() {}

    /**
     * The exact test: the distribution over all signs, with shared ranks of equal differences; zeros are dropped.
     *
     * @return {@code NaN} without a difference that is not zero
     */
    public static TestResult exact(final double[] differences, final Alternative alternative) {
        final double[] kept = withoutZeros(differences);
        if (kept.length == 0) {
            return new TestResult(Double.NaN, Double.NaN);
        }
        final double[] ranks = ranks(kept);
        // Shared ranks are multiples of one half, so that twice the sum is a whole number.
        final int most = kept.length * (kept.length + 1);
        final double[] share = new double[most + 1];
        share[0] = 1;
        int reached = 0;
        for (final double rank : ranks) {
            final int twice = (int) Math.round(2 * rank);
            reached += twice;
            for (int s = reached; s >= 0; s--) {
                share[s] = (share[s] + (s >= twice ? share[s - twice] : 0)) / 2;
            }
        }
        final double plus = positive(kept, ranks);
        final int twicePlus = (int) Math.round(2 * plus);
        final double atMost = sum(share, 0, twicePlus);
        final double atLeast = sum(share, twicePlus, most);
        return new TestResult(
                alternative == Alternative.TWO_SIDED ? Math.min(plus, most / 2.0 - plus) : plus,
                switch (alternative) {
                    case TWO_SIDED -> Math.min(1, 2 * Math.min(atMost, atLeast));
                    case GREATER -> atLeast;
                    case LESS -> atMost;
                });
    }

    /**
     * The normal approximation with correction for ties.
     *
     * @param continuity whether half a rank is taken off the distance
     * @return p {@code NaN} where nothing varies
     */
    public static TestResult approximate(
            final double[] differences, final Alternative alternative, final Zeros zeros, final boolean continuity) {
        final double[] d = zeros == Zeros.DROP ? withoutZeros(differences) : differences;
        if (d.length == 0) {
            return new TestResult(Double.NaN, Double.NaN);
        }
        final double[] ranks = ranks(d);
        double plus = positive(d, ranks);
        double minus = 0;
        double ofZeros = 0;
        int zeroCount = 0;
        for (int i = 0; i < d.length; i++) {
            if (d[i] < 0) {
                minus += ranks[i];
            } else if (d[i] == 0) {
                ofZeros += ranks[i];
                zeroCount++;
            }
        }
        double mean = d.length * (d.length + 1.0) / 4;
        double variance = d.length * (d.length + 1.0) * (2.0 * d.length + 1);
        double[] tied = ranks;
        if (zeros == Zeros.SPLIT) {
            plus += ofZeros / 2;
            minus += ofZeros / 2;
        } else if (zeros == Zeros.PRATT) {
            mean -= zeroCount * (zeroCount + 1.0) / 4;
            variance -= zeroCount * (zeroCount + 1.0) * (2.0 * zeroCount + 1);
            tied = IntStream.range(0, d.length)
                    .filter(i -> d[i] != 0)
                    .mapToDouble(i -> ranks[i])
                    .toArray();
        }
        variance = (variance - Ranks.tieTerm(tied) / 2) / 24;
        final double statistic = alternative == Alternative.TWO_SIDED ? Math.min(plus, minus) : plus;
        final double shift = !continuity
                ? 0
                : switch (alternative) {
                    case TWO_SIDED -> 0.5 * Math.signum(statistic - mean);
                    case GREATER -> 0.5;
                    case LESS -> -0.5;
                };
        final double z = variance == 0 ? Double.NaN : (statistic - mean - shift) / Math.sqrt(variance);
        return new TestResult(
                statistic,
                switch (alternative) {
                    case TWO_SIDED -> Normal.twoSided(z);
                    case GREATER -> Normal.survival(z);
                    case LESS -> Normal.cdf(z);
                });
    }

    private static double[] withoutZeros(final double[] differences) {
        return DoubleStream.of(differences).filter(d -> d != 0).toArray();
    }

    private static double[] ranks(final double[] differences) {
        return Ranks.of(Arrays.stream(differences).map(Math::abs).toArray());
    }

    private static double positive(final double[] differences, final double[] ranks) {
        double sum = 0;
        for (int i = 0; i < ranks.length; i++) {
            sum += differences[i] > 0 ? ranks[i] : 0;
        }
        return sum;
    }

    private static double sum(final double[] values, final int from, final int to) {
        double sum = 0;
        for (int i = from; i <= to; i++) {
            sum += values[i];
        }
        return sum;
    }
}
