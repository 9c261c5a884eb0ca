package org.selfdiff.stages.classification;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.selfdiff.metrics.Confusion;
import org.selfdiff.metrics.classification.Agreement;
import org.selfdiff.metrics.classification.Calibration;
import org.selfdiff.metrics.classification.LabelMetric;
import org.selfdiff.metrics.classification.OneVersusRest;
import org.selfdiff.metrics.classification.ProbabilityScore;

/**
 * A score of all classes together.
 *
 * @param name as tables show it
 * @param of its value on some cases, {@code NaN} where undefined
 */
record OverallScore(String name, ToDoubleFunction<ScoredCases> of) {

    private static final String AUROC = "AUROC (macro)";

    private static final String PRECISION = "Average precision (macro)";

    /**
     * The scores that fit.
     *
     * @param all every case, which decides the classes that macro means are over
     * @param bins of the calibration error
     * @param probabilities whether scores are probabilities
     */
    static List<OverallScore> fitting(final ScoredCases all, final int bins, final boolean probabilities) {
        final int[] both =
                IntStream.range(0, all.classes()).filter(all::hasBoth).toArray();
        return all.exclusive() ? exclusive(all, both, bins, probabilities) : labels(both, bins, probabilities);
    }

    private static List<OverallScore> exclusive(
            final ScoredCases all, final int[] both, final int bins, final boolean probabilities) {
        final List<OverallScore> scores = new java.util.ArrayList<>(List.of(
                new OverallScore(AUROC, c -> mean(both, k -> c.curve(k).area())),
                new OverallScore(PRECISION, c -> precision(c, both)),
                new OverallScore("Accuracy", c -> Agreement.accuracy(c.confusion())),
                new OverallScore("Balanced accuracy", c -> Agreement.balancedAccuracy(c.confusion())),
                new OverallScore("F1 (macro)", c -> average(c.confusion(), LabelMetric.Average.MACRO)),
                new OverallScore("F1 (weighted)", c -> average(c.confusion(), LabelMetric.Average.WEIGHTED)),
                new OverallScore("Cohen's kappa", c -> Agreement.kappa(c.confusion(), Agreement.Weights.NONE)),
                new OverallScore("Matthews correlation", c -> Agreement.matthews(c.confusion()))));
        if (all.classes() > 2) {
            scores.add(1, new OverallScore("AUROC (weighted)", c -> weighted(c, both)));
            scores.add(
                    2,
                    new OverallScore(
                            "AUROC (pairs of classes)", c -> OneVersusRest.pairwiseArea(c.truth(), c.scores(), false)));
            scores.add(new OverallScore(
                    "Cohen's kappa (quadratic)", c -> Agreement.kappa(c.confusion(), Agreement.Weights.QUADRATIC)));
        }
        if (probabilities) {
            scores.add(new OverallScore("Log loss", c -> ProbabilityScore.logLoss(c.truth(), c.scores())));
            scores.add(new OverallScore("Brier score", c -> ProbabilityScore.brier(c.truth(), c.scores())));
            scores.add(new OverallScore(
                    calibration(bins), c -> calibration(c, bins).expectedError()));
        }
        return scores;
    }

    private static List<OverallScore> labels(final int[] both, final int bins, final boolean probabilities) {
        final List<OverallScore> scores = new java.util.ArrayList<>(List.of(
                new OverallScore(AUROC, c -> mean(both, k -> c.curve(k).area())),
                new OverallScore(PRECISION, c -> precision(c, both)),
                new OverallScore("F1 (macro)", c -> mean(both, k -> LabelMetric.F1.of(c.confusion(k), 1, 0))),
                new OverallScore("All labels right", OverallScore::allRight)));
        if (probabilities) {
            scores.add(new OverallScore(
                    "Brier score", c -> mean(both, k -> ProbabilityScore.brier(c.truth(k), c.column(k)))));
            scores.add(new OverallScore(
                    calibration(bins),
                    c -> mean(both, k -> calibration(c, k, bins).expectedError())));
        }
        return scores;
    }

    private static String calibration(final int bins) {
        return "Calibration error (" + bins + " bins)";
    }

    /** Of the highest probability; with two classes of that of the second, so that the whole range is looked at. */
    static Calibration calibration(final ScoredCases c, final int bins) {
        if (c.classes() == 2) {
            return calibration(c, 1, bins);
        }
        final int[] truth = c.truth();
        final boolean[] right = new boolean[truth.length];
        final double[] confidence = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
            final int best = ProbabilityScore.highest(c.scores()[i]);
            right[i] = best == truth[i];
            confidence[i] = c.scores()[i][best];
        }
        return Calibration.of(right, confidence, bins, Calibration.Edge.LOWER_BIN);
    }

    /** Of one label. */
    static Calibration calibration(final ScoredCases c, final int k, final int bins) {
        return Calibration.of(c.truth(k), c.column(k), bins, Calibration.Edge.UPPER_BIN);
    }

    private static double average(final Confusion confusion, final LabelMetric.Average average) {
        return LabelMetric.F1.average(confusion, average, true, 0);
    }

    /** A resample without a case of a class gives no macro mean. */
    private static double precision(final ScoredCases c, final int[] both) {
        return mean(both, k -> c.hasBoth(k) ? c.curve(k).averagePrecision() : Double.NaN);
    }

    private static double weighted(final ScoredCases c, final int[] both) {
        double sum = 0;
        double weights = 0;
        for (final int k : both) {
            sum += c.curve(k).positives() * c.curve(k).area();
            weights += c.curve(k).positives();
        }
        return sum / weights;
    }

    private static double allRight(final ScoredCases c) {
        final boolean[] right = new boolean[c.count()];
        java.util.Arrays.fill(right, true);
        for (int k = 0; k < c.classes(); k++) {
            final boolean[] found = c.found(k);
            for (int i = 0; i < right.length; i++) {
                right[i] &= found[i] == c.labels()[i][k];
            }
        }
        int n = 0;
        for (final boolean r : right) {
            n += r ? 1 : 0;
        }
        return (double) n / right.length;
    }

    private static double mean(final int[] classes, final IntToDoubleFunction value) {
        return IntStream.of(classes).mapToDouble(value).average().orElse(Double.NaN);
    }
}
