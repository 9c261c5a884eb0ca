package org.selfdiff.metrics.statistics;

import java.util.Arrays;

/** Ranks 1 to n; equal values share the mean of theirs. */
public final class Ranks {
    private Ranks() {}

    /** The rank of each value. */
    public static double[] of(final double[] values) {
        final int[] order = order(values);
        final double[] ranks = new double[values.length];
        for (int from = 0, to; from < order.length; from = to) {
            to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
        }
        return ranks;
    }

    /** Indices by ascending value; equal values keep their order. */
    public static int[] order(final double[] values) {
        final long[] keys = new long[values.length];
        // The sign flip makes the bits of doubles ascend like the doubles; adding 0 makes -0 equal to 0.
        for (int i = 0; i < keys.length; i++) {
            final long bits = Double.doubleToLongBits(values[i] + 0.0);
            keys[i] = bits >= 0 ? bits : bits ^ Long.MAX_VALUE;
        }
        return order(keys);
    }

    private static int[] order(final long[] keys) {
        int[] from = new int[keys.length];
        Arrays.setAll(from, i -> i);
        int[] to = new int[keys.length];
        for (int width = 1; width < keys.length; width *= 2) {
            for (int low = 0; low < keys.length; low += 2 * width) {
                merge(keys, from, to, low, Math.min(low + width, keys.length), Math.min(low + 2 * width, keys.length));
            }
            final int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void merge(
            final long[] keys, final int[] from, final int[] to, final int low, final int middle, final int high) {
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            to[i] = right >= high || left < middle && keys[from[left]] <= keys[from[right]]
                    ? from[left++]
                    : from[right++];
        }
    }

    /** Sum of t³ - t over groups of t equal ranks: the correction of rank tests for ties. */
    static double tieTerm(final double[] ranks) {
        final double[] sorted = ranks.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            to = from + 1;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            final double t = to - from;
            sum += t * t * t - t;
        }
        return sum;
    }
}
