package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.metrics.classification.DeLong;
import org.selfdiff.metrics.statistics.Bootstrap;
import org.selfdiff.metrics.statistics.Interval;
import org.selfdiff.metrics.statistics.McNemar;
import org.selfdiff.metrics.statistics.MultipleTesting;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** How two models differ on the same cases. */
final class ModelComparison {
    private ModelComparison() {}

    static List<Score> of(
            final ScoreClassification.Request request,
            final String part,
            final ScoredCases first,
            final ScoredCases second,
            final Resampling resampling,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final String models =
                request.models().get(0).name() + " - " + request.models().get(1).name();
        final double confidence = request.settings().confidence();
        final List<Score> scores = new ArrayList<>();
        final OverallScore macro =
                OverallScore.fitting(first, request.settings().bins(), false).get(0);
        final Bootstrap difference = Bootstrap.all(
                        resampling.units(),
                        units -> {
                            final List<Integer> cases = resampling.cases(units);
                            return new double[] {
                                macro.of().applyAsDouble(first.at(cases))
                                        - macro.of().applyAsDouble(second.at(cases))
                            };
                        },
                        resampling.resamples(),
                        resampling::draw,
                        workers,
                        control)
                .get(0);
        final boolean sure = difference.resamples() > 1;
        scores.add(new Score(
                models,
                part,
                Score.ALL_CLASSES,
                macro.name(),
                difference.estimate(),
                sure ? difference.percentile(confidence) : Interval.NONE,
                sure ? "paired bootstrap" : "",
                sure ? difference.twoSidedSign() : Double.NaN,
                Double.NaN,
                first.count(),
                0));
        if (first.exclusive()) {
            scores.add(accuracy(models, part, first, second));
        }
        scores.addAll(areas(request, models, part, first, second));
        return scores;
    }

    private static Score accuracy(
            final String models, final String part, final ScoredCases first, final ScoredCases second) {
        final int[] truth = first.truth();
        final int[] one = first.predicted();
        final int[] two = second.predicted();
        long onlyFirst = 0;
        long onlySecond = 0;
        for (int i = 0; i < truth.length; i++) {
            onlyFirst += one[i] == truth[i] && two[i] != truth[i] ? 1 : 0;
            onlySecond += one[i] != truth[i] && two[i] == truth[i] ? 1 : 0;
        }
        return new Score(
                models,
                part,
                Score.ALL_CLASSES,
                "Accuracy",
                (double) (onlyFirst - onlySecond) / truth.length,
                Interval.NONE,
                "McNemar, exact",
                new McNemar(onlyFirst, onlySecond).exact().p(),
                Double.NaN,
                truth.length,
                0);
    }

    private static List<Score> areas(
            final ScoreClassification.Request request,
            final String models,
            final String part,
            final ScoredCases first,
            final ScoredCases second) {
        final int classes = first.classes();
        final DeLong.Comparison[] comparisons = new DeLong.Comparison[classes];
        final double[] p = new double[classes];
        for (int k = 0; k < classes; k++) {
            comparisons[k] = DeLong.compare(
                    DeLong.of(first.truth(k), first.column(k)), DeLong.of(second.truth(k), second.column(k)));
            // Where nothing can be tested nothing is found.
            p[k] = Double.isNaN(comparisons[k].p()) ? 1 : comparisons[k].p();
        }
        // With two classes both tests are the same one.
        final double[] adjusted = classes == 2 && first.exclusive() ? p : MultipleTesting.HOLM.adjusted(p);
        final List<Score> scores = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            final boolean tested = !Double.isNaN(comparisons[k].p());
            scores.add(new Score(
                    models,
                    part,
                    request.classes().get(k),
                    "AUROC",
                    comparisons[k].difference(),
                    comparisons[k].interval(request.settings().confidence()),
                    "paired DeLong",
                    comparisons[k].p(),
                    tested ? adjusted[k] : Double.NaN,
                    first.count(),
                    first.curve(k).positives()));
        }
        return scores;
    }
}
