package org.selfdiff.metrics.classification;

import java.util.ArrayList;
import java.util.List;

/**
 * How far confidences are from the share of cases that are right, in bins of equal width from 0 to 1 (Guo, Pleiss, Sun,
 * Weinberger, ICML 2017).
 */
public final class Calibration {
    private final List<Bin> bins;

    private final int cases;

    private Calibration(final List<Bin> bins, final int cases) {
        this.bins = bins;
        this.cases = cases;
    }

    /** Where a confidence on the edge of two bins belongs. */
    public enum Edge {
        /** To the upper bin, and exactly 1 to a bin of its own, as in torchmetrics. */
        UPPER_BIN,
        /** To the lower bin, as Guo et al. published it. */
        LOWER_BIN
    }

    /**
     * A bin that holds cases.
     *
     * @param cases how many
     * @param confidence their mean confidence
     * @param accuracy share of them that is right
     */
    public record Bin(int cases, double confidence, double accuracy) {
        /** Distance of both. */
        public double gap() {
            return Math.abs(confidence - accuracy);
        }
    }

    /**
     * Sorts into bins. For two classes give the probability of one and whether it is true; for more the highest
     * probability and whether its class is right.
     *
     * @param right whether a case is right
     * @param confidence 0 to 1
     * @param bins number of bins
     */
    public static Calibration of(final boolean[] right, final double[] confidence, final int bins, final Edge edge) {
        final int[] count = new int[bins + 1];
        final double[] sum = new double[bins + 1];
        final int[] hits = new int[bins + 1];
        for (int i = 0; i < right.length; i++) {
            final int b = bin(confidence[i], bins, edge);
            count[b]++;
            sum[b] += confidence[i];
            hits[b] += right[i] ? 1 : 0;
        }
        final List<Bin> filled = new ArrayList<>();
        for (int b = 0; b <= bins; b++) {
            if (count[b] > 0) {
                filled.add(new Bin(count[b], sum[b] / count[b], (double) hits[b] / count[b]));
            }
        }
        return new Calibration(List.copyOf(filled), right.length);
    }

    private static int bin(final double confidence, final int bins, final Edge edge) {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence of " + confidence);
        }
        int b = (int) Math.floor(confidence * bins);
        // The product may round across an edge.
        while (b > 0 && confidence < (double) b / bins) {
            b--;
        }
        while (b < bins && confidence >= (b + 1.0) / bins) {
            b++;
        }
        return edge == Edge.LOWER_BIN && b > 0 && confidence == (double) b / bins ? b - 1 : b;
    }

    /** Bins that hold cases, in ascending order. */
    public List<Bin> bins() {
        return bins;
    }

    /** Expected calibration error: mean gap, by cases. */
    public double expectedError() {
        return bins.stream()
                .mapToDouble(b -> (double) b.cases / cases * b.gap())
                .sum();
    }

    /** Root of the mean squared gap. */
    public double rootMeanSquare() {
        return Math.sqrt(bins.stream()
                .mapToDouble(b -> (double) b.cases / cases * b.gap() * b.gap())
                .sum());
    }

    /** The largest gap. */
    public double largestError() {
        return bins.stream().mapToDouble(Bin::gap).max().orElse(Double.NaN);
    }
}
