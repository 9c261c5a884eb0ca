package org.selfdiff.metrics;

import java.util.Arrays;

/** How many pixels of each true class were predicted as each class; counts of several pictures can be added. */
public final class Confusion {
    private final int classes;

    private final long[] counts;

    private Confusion(final int classes, final long[] counts) {
        this.classes = classes;
        this.counts = counts;
    }

    /** No pixels yet. */
    public static Confusion empty(final int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("at least one class, not " + classes);
        }
        return new Confusion(classes, new long[classes * classes]);
    }

    /**
     * Counts the pixels of one picture.
     *
     * @param classes number of classes, background included
     * @param truth a class index, 0 to {@code classes - 1}, for each pixel
     * @param predicted the same for the prediction
     */
    public static Confusion of(final int classes, final int[] truth, final int[] predicted) {
        if (truth.length != predicted.length) {
            throw new IllegalArgumentException(truth.length + " true and " + predicted.length + " predicted pixels");
        }
        final Confusion confusion = empty(classes);
        for (int i = 0; i < truth.length; i++) {
            final int t = truth[i];
            final int p = predicted[i];
            if (t < 0 || t >= classes || p < 0 || p >= classes) {
                throw new IllegalArgumentException("classes " + t + " and " + p + " of " + classes + " at pixel " + i);
            }
            confusion.counts[t * classes + p]++;
        }
        return confusion;
    }

    /** The counts of both together. */
    public Confusion plus(final Confusion other) {
        if (classes != other.classes) {
            throw new IllegalArgumentException(classes + " and " + other.classes + " classes");
        }
        final long[] sum = counts.clone();
        Arrays.setAll(sum, i -> sum[i] + other.counts[i]);
        return new Confusion(classes, sum);
    }

    /** Number of classes, background included. */
    public int classes() {
        return classes;
    }

    /** Pixels of one true class that were predicted as another. */
    public long count(final int truth, final int predicted) {
        return counts[truth * classes + predicted];
    }

    /** Pixels in all. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    /** Pixels of the class that were predicted as it. */
    public long truePositives(final int index) {
        return count(index, index);
    }

    /** Pixels of other classes that were predicted as this one. */
    public long falsePositives(final int index) {
        long sum = -truePositives(index);
        for (int t = 0; t < classes; t++) {
            sum += count(t, index);
        }
        return sum;
    }

    /** Pixels of the class that were predicted as another one. */
    public long falseNegatives(final int index) {
        long sum = -truePositives(index);
        for (int p = 0; p < classes; p++) {
            sum += count(index, p);
        }
        return sum;
    }

    /** Whether neither the truth nor the prediction holds the class. */
    public boolean isEmpty(final int index) {
        return truePositives(index) + falsePositives(index) + falseNegatives(index) == 0;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Confusion c && classes == c.classes && Arrays.equals(counts, c.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "Confusion of " + classes + " classes " + Arrays.toString(counts);
    }
}
