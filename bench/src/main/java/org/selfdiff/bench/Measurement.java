package org.selfdiff.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One side's steps of one row.
 *
 * @param first values of the first steps from the same weights
 * @param steps steps after the warm-up
 * @param peak most memory of the process at once, in MB
 * @param version name and version of what computed
 */
record Measurement(List<Double> first, List<StepTime> steps, double peak, String version) {

    /** Median of a time, in ms. */
    double median(final ToDoubleFunction<StepTime> time) {
        final double[] sorted = steps.stream().mapToDouble(time).sorted().toArray();
        final int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Least of a time, in ms. */
    double least(final ToDoubleFunction<StepTime> time) {
        return steps.stream().mapToDouble(time).min().orElseThrow();
    }
}
