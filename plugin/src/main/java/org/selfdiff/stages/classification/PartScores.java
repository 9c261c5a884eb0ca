package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.selfdiff.metrics.Confusion;
import org.selfdiff.metrics.classification.DeLong;
import org.selfdiff.metrics.classification.LabelMetric;
import org.selfdiff.metrics.classification.ProbabilityScore;
import org.selfdiff.metrics.statistics.Bootstrap;
import org.selfdiff.metrics.statistics.Interval;
import org.selfdiff.metrics.statistics.Proportion;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** All scores of one model on one part of the cases. */
final class PartScores {
    private static final String AVERAGE_PRECISION = "Average precision";

    private final ScoreClassification.Request request;

    private final String model;

    private final String part;

    private final ScoredCases cases;

    private final List<Score> scores = new ArrayList<>();

    private PartScores(
            final ScoreClassification.Request request, final String model, final String part, final ScoredCases cases) {
        this.request = request;
        this.model = model;
        this.part = part;
        this.cases = cases;
    }

    static List<Score> of(
            final ScoreClassification.Request request,
            final String model,
            final String part,
            final ScoredCases cases,
            final Resampling resampling,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final PartScores part1 = new PartScores(request, model, part, cases);
        final List<OverallScore> overall =
                OverallScore.fitting(cases, request.settings().bins(), request.probabilities());
        final List<Bootstrap> sure = bootstrap(cases, overall, resampling, workers, control);
        for (int s = 0; s < overall.size(); s++) {
            part1.addOverall(overall.get(s), sure.get(s));
        }
        for (int k = 0; k < cases.classes(); k++) {
            part1.addClass(k, sure.get(overall.size() + 2 * k), sure.get(overall.size() + 2 * k + 1));
        }
        return part1.scores;
    }

    /** The overall scores, and of each class the average precision and F1, on the same resamples. */
    private static List<Bootstrap> bootstrap(
            final ScoredCases cases,
            final List<OverallScore> overall,
            final Resampling resampling,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Function<int[], double[]> statistics = units -> {
            final ScoredCases drawn = cases.at(resampling.cases(units));
            final double[] values = new double[overall.size() + 2 * cases.classes()];
            for (int s = 0; s < overall.size(); s++) {
                values[s] = overall.get(s).of().applyAsDouble(drawn);
            }
            for (int k = 0; k < cases.classes(); k++) {
                values[overall.size() + 2 * k] =
                        drawn.curve(k).positives() > 0 ? drawn.curve(k).averagePrecision() : Double.NaN;
                values[overall.size() + 2 * k + 1] = LabelMetric.F1.of(drawn.confusion(k), 1, Double.NaN);
            }
            return values;
        };
        return Bootstrap.all(
                resampling.units(), statistics, resampling.resamples(), resampling::draw, workers, control);
    }

    private void addOverall(final OverallScore score, final Bootstrap sure) {
        add(Score.ALL_CLASSES, score.name(), sure.estimate(), bootstrapped(sure), "bootstrap", 0);
    }

    private Interval bootstrapped(final Bootstrap sure) {
        return sure.resamples() < 2 ? Interval.NONE : sure.percentile(confidence());
    }

    private double confidence() {
        return request.settings().confidence();
    }

    private void addClass(final int k, final Bootstrap precision, final Bootstrap f1) {
        final String label = request.classes().get(k);
        final long positives = cases.curve(k).positives();
        final DeLong area = DeLong.of(cases.truth(k), cases.column(k));
        add(label, "AUROC", area.area(), area.interval(confidence()).clipped(), "DeLong", positives);
        add(label, AVERAGE_PRECISION, precision.estimate(), bootstrapped(precision), "bootstrap", positives);
        final Confusion counts = cases.confusion(k);
        for (final LabelMetric metric : List.of(LabelMetric.PRECISION, LabelMetric.RECALL, LabelMetric.SPECIFICITY)) {
            final Proportion share = share(counts, metric);
            add(
                    label,
                    switch (metric) {
                        case PRECISION -> "Precision";
                        case RECALL -> "Recall (sensitivity)";
                        default -> "Specificity";
                    },
                    share.value(),
                    share.n() == 0 ? Interval.NONE : share.wilson(confidence()),
                    "Wilson",
                    positives);
        }
        add(label, "F1", f1.estimate(), bootstrapped(f1), "bootstrap", positives);
        if (request.probabilities()) {
            add(
                    label,
                    "Brier score",
                    ProbabilityScore.brier(cases.truth(k), cases.column(k)),
                    Interval.NONE,
                    "",
                    positives);
        }
    }

    private static Proportion share(final Confusion counts, final LabelMetric metric) {
        final long tp = counts.truePositives(1);
        final long tn = counts.truePositives(0);
        return switch (metric) {
            case PRECISION -> new Proportion(tp, tp + counts.falsePositives(1));
            case RECALL -> new Proportion(tp, tp + counts.falseNegatives(1));
            default -> new Proportion(tn, tn + counts.falsePositives(1));
        };
    }

    private void add(
            final String label,
            final String name,
            final double value,
            final Interval interval,
            final String method,
            final long positives) {
        scores.add(new Score(
                model,
                part,
                label,
                name,
                value,
                interval,
                interval.isDefined() ? method : "",
                Double.NaN,
                Double.NaN,
                cases.count(),
                positives));
    }
}
