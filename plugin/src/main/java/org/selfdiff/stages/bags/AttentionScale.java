package org.selfdiff.stages.bags;

import java.util.Arrays;

/**
 * Brings the attention of a slide's tiles to 0 to 1. Few tiles may have nearly all of it, so that a scale from the least to
 * the largest would show these and nothing else.
 *
 * @param kind how
 * @param low percentile that becomes 0, for {@link Kind#PERCENTILES}; 0 to 100
 * @param high percentile that becomes 1, greater than {@code low}
 */
public record AttentionScale(Kind kind, double low, double high) {

    /** How attention is scaled. */
    public enum Kind {
        /** By rank: 0 for the least, 1 for the largest, equal ones share the mean of their ranks. */
        RANK,
        /** Evenly between two percentiles of the slide; what lies beyond is 0 or 1. */
        PERCENTILES
    }

    /** Checks the ranges. */
    public AttentionScale {
        if (!(low >= 0 && low < high && high <= 100)) {
            throw new IllegalArgumentException("percentiles " + low + " and " + high);
        }
    }

    /** By rank. */
    public static AttentionScale byRank() {
        return new AttentionScale(Kind.RANK, 0, 100);
    }

    /**
     * Scaled attention, in order. Where all are equal, nothing stands out, and each is one half.
     *
     * @param attention of a slide's tiles, finite
     */
    public double[] scaled(final double[] attention) {
        final double[] sorted = attention.clone();
        Arrays.sort(sorted);
        return switch (kind) {
            case RANK -> Arrays.stream(attention).map(a -> rank(sorted, a)).toArray();
            case PERCENTILES -> {
                final double from = percentile(sorted, low);
                final double to = percentile(sorted, high);
                yield Arrays.stream(attention)
                        .map(a -> to > from ? Math.max(0, Math.min(1, (a - from) / (to - from))) : step(a, from))
                        .toArray();
            }
        };
    }

    /** What 0 stands for in a slide. */
    double least(final double[] attention) {
        return end(attention, low);
    }

    /** What 1 stands for in a slide. */
    double most(final double[] attention) {
        return end(attention, high);
    }

    private static double end(final double[] attention, final double percent) {
        final double[] sorted = attention.clone();
        Arrays.sort(sorted);
        return percentile(sorted, percent);
    }

    /** Both percentiles are one number: what is beyond it stands out all the same. */
    private static double step(final double value, final double both) {
        return value > both ? 1 : value < both ? 0 : 0.5;
    }

    private static double rank(final double[] sorted, final double value) {
        if (sorted.length == 1) {
            return 0.5;
        }
        return (first(sorted, value) + first(sorted, Math.nextUp(value)) - 1) / (2.0 * (sorted.length - 1));
    }

    /** How many are less. */
    private static int first(final double[] sorted, final double value) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            final int middle = (from + to) >>> 1;
            if (sorted[middle] < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Linear between neighbours, as numpy does it. */
    private static double percentile(final double[] sorted, final double percent) {
        final double place = percent / 100 * (sorted.length - 1);
        final int below = (int) Math.min(sorted.length - 1, place);
        final int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
