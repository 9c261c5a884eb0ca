package org.selfdiff.stages.classification;

import java.util.List;
import org.selfdiff.metrics.Confusion;
import org.selfdiff.metrics.classification.OneVersusRest;
import org.selfdiff.metrics.classification.ProbabilityScore;
import org.selfdiff.metrics.classification.RocCurve;

/** Cases with their true labels and what one model gave them. */
final class ScoredCases {
    private final boolean exclusive;

    private final double threshold;

    /** Case by case, class by class. */
    private final boolean[][] labels;

    private final double[][] scores;

    private final RocCurve[] curves;

    /**
     * Holds cases.
     *
     * @param exclusive whether every case has exactly one label
     * @param threshold from which score a label counts as found
     */
    ScoredCases(final boolean exclusive, final double threshold, final boolean[][] labels, final double[][] scores) {
        this.exclusive = exclusive;
        this.threshold = threshold;
        this.labels = labels;
        this.scores = scores;
        curves = new RocCurve[scores[0].length];
    }

    /** Some of them, possibly more than once. */
    ScoredCases at(final List<Integer> cases) {
        final boolean[][] l = new boolean[cases.size()][];
        final double[][] s = new double[cases.size()][];
        for (int i = 0; i < l.length; i++) {
            l[i] = labels[cases.get(i)];
            s[i] = scores[cases.get(i)];
        }
        return new ScoredCases(exclusive, threshold, l, s);
    }

    int count() {
        return labels.length;
    }

    int classes() {
        return curves.length;
    }

    boolean exclusive() {
        return exclusive;
    }

    boolean[][] labels() {
        return labels;
    }

    double[][] scores() {
        return scores;
    }

    /** Whether each case has a label. */
    boolean[] truth(final int k) {
        final boolean[] truth = new boolean[labels.length];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = labels[i][k];
        }
        return truth;
    }

    /** What each case was given for a label. */
    double[] column(final int k) {
        return OneVersusRest.column(scores, k);
    }

    /** The curve of a label against the rest, made once. */
    RocCurve curve(final int k) {
        if (curves[k] == null) {
            curves[k] = RocCurve.of(truth(k), column(k));
        }
        return curves[k];
    }

    /** Whether the label has cases with it and cases without. */
    boolean hasBoth(final int k) {
        return curve(k).positives() > 0 && curve(k).negatives() > 0;
    }

    /** The true class of each case. */
    int[] truth() {
        final int[] truth = new int[labels.length];
        for (int i = 0; i < truth.length; i++) {
            while (!labels[i][truth[i]]) {
                truth[i]++;
            }
        }
        return truth;
    }

    /** The predicted class of each case: with two classes the second from the threshold on, else the highest. */
    int[] predicted() {
        final int[] predicted = new int[labels.length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = classes() == 2 ? scores[i][1] >= threshold ? 1 : 0 : ProbabilityScore.highest(scores[i]);
        }
        return predicted;
    }

    /** Whether each case was found to have a label. */
    boolean[] found(final int k) {
        final boolean[] found = new boolean[labels.length];
        final int[] predicted = exclusive ? predicted() : null;
        for (int i = 0; i < found.length; i++) {
            found[i] = exclusive ? predicted[i] == k : scores[i][k] >= threshold;
        }
        return found;
    }

    /** All classes, true by predicted; for exclusive ones. */
    Confusion confusion() {
        return Confusion.of(classes(), truth(), predicted());
    }

    /** One label: absent and present, true by predicted. */
    Confusion confusion(final int k) {
        return Confusion.of(2, numbers(truth(k)), numbers(found(k)));
    }

    private static int[] numbers(final boolean[] flags) {
        final int[] numbers = new int[flags.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = flags[i] ? 1 : 0;
        }
        return numbers;
    }
}
