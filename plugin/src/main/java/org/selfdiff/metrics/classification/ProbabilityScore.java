package org.selfdiff.metrics.classification;

/** How good probabilities are, case by case; means over all cases, less is better. */
public final class ProbabilityScore {
    /** What probabilities of 0 and 1 are moved to before the logarithm, as in scikit-learn. */
    private static final double EPSILON = Math.ulp(1.0);

    private ProbabilityScore() {}

    /** Brier score of two classes: mean of (probability - truth)², 0 to 1. */
    public static double brier(final boolean[] truth, final double[] probability) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            final double gap = probability[i] - (truth[i] ? 1 : 0);
            sum += gap * gap;
        }
        return sum / truth.length;
    }

    /** Brier score of any number of classes: summed over classes, 0 to 2, so twice the one above for two. */
    public static double brier(final int[] truth, final double[][] probabilities) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            for (int k = 0; k < probabilities[i].length; k++) {
                final double gap = probabilities[i][k] - (truth[i] == k ? 1 : 0);
                sum += gap * gap;
            }
        }
        return sum / truth.length;
    }

    /** Mean negative logarithm of the probability that was given to the truth. */
    public static double logLoss(final boolean[] truth, final double[] probability) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            sum -= Math.log(clipped(truth[i] ? probability[i] : 1 - clipped(probability[i])));
        }
        return sum / truth.length;
    }

    /** The same for any number of classes; probabilities of a case are divided by their sum. */
    public static double logLoss(final int[] truth, final double[][] probabilities) {
        double sum = 0;
        for (int i = 0; i < truth.length; i++) {
            double all = 0;
            for (final double p : probabilities[i]) {
                all += clipped(p);
            }
            sum -= Math.log(clipped(probabilities[i][truth[i]]) / all);
        }
        return sum / truth.length;
    }

    private static double clipped(final double p) {
        return Math.max(EPSILON, Math.min(1 - EPSILON, p));
    }

    /** Share of cases whose truth is among the {@code k} highest; of equal scores the later classes come first. */
    public static double topAccuracy(final int[] truth, final double[][] scores, final int k) {
        int right = 0;
        for (int i = 0; i < truth.length; i++) {
            final double own = scores[i][truth[i]];
            int before = 0;
            for (int c = 0; c < scores[i].length; c++) {
                before += scores[i][c] > own || scores[i][c] == own && c > truth[i] ? 1 : 0;
            }
            right += before < k ? 1 : 0;
        }
        return (double) right / truth.length;
    }

    /** The class of the highest score, the first of equal ones. */
    public static int highest(final double[] scores) {
        int best = 0;
        for (int k = 1; k < scores.length; k++) {
            best = scores[k] > scores[best] ? k : best;
        }
        return best;
    }
}
