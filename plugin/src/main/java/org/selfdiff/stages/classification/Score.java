package org.selfdiff.stages.classification;

import org.selfdiff.metrics.statistics.Interval;

/**
 * A line of the table of scores.
 *
 * @param model that made the predictions, or both where they are compared
 * @param part of the cases
 * @param label the class, or {@link #ALL_CLASSES}
 * @param name of the score
 * @param value {@code NaN} where undefined
 * @param interval where the value lies with the chosen confidence, or none
 * @param method how the interval was found, or how values were put together; may be empty
 * @param p of the test whether a difference is zero, {@code NaN} for others
 * @param adjusted the same after Holm's correction for all classes
 * @param cases that were scored
 * @param positives of them with the label, 0 for all classes together
 */
public record Score(
        String model,
        String part,
        String label,
        String name,
        double value,
        Interval interval,
        String method,
        double p,
        double adjusted,
        long cases,
        long positives) {
    /** For scores of all classes together. */
    public static final String ALL_CLASSES = "all classes";

    /** For scores of all cases. */
    public static final String ALL_CASES = "all cases";

    /** For what is put together from the parts. */
    public static final String MEAN = "mean of parts";
}
