package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.metrics.statistics.Bootstrap;
import org.selfdiff.metrics.statistics.Closeness;
import org.selfdiff.metrics.statistics.Interval;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** How close predicted numbers are to true ones, with bootstrap intervals; two models compared. */
public final class ScoreNumbers {
    private static final String LABEL = "number";

    private ScoreNumbers() {}

    /**
     * A case.
     *
     * @param truth the true number
     * @param predicted by each model
     */
    public record Case(double truth, double[] predicted) {}

    /**
     * What to score.
     *
     * @param cases with the numbers of each model
     * @param models names of one or two
     * @param parts of each case, such as its fold, if parts are scored by themselves
     * @param groups of each case, if resamples keep groups together
     * @param settings of which confidence, resamples and seed count
     */
    public record Request(
            List<Case> cases,
            List<String> models,
            Optional<List<String>> parts,
            Optional<List<String>> groups,
            ScoreClassification.Settings settings) {}

    /**
     * Scores.
     *
     * @throws RunFailed if there is no case
     */
    public static List<Score> run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        if (request.cases.isEmpty()) {
            throw new RunFailed("There are no predictions", "port \"Predictions\"", "Connect a table with rows.");
        }
        return Parts.scores(
                request.cases.size(),
                request.parts,
                (part, chosen, workers, share) -> of(request, part, chosen, workers, share),
                control);
    }

    private static List<Score> of(
            final Request request,
            final String part,
            final List<Integer> chosen,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<Case> cases = chosen.stream().map(request.cases::get).toList();
        final Resampling resampling = Parts.resampling(chosen, request.groups, request.settings);
        final Closeness[] all = Closeness.values();
        final int models = request.models.size();
        final List<Bootstrap> sure = Bootstrap.all(
                resampling.units(),
                units -> values(resampling.cases(units).stream().map(cases::get).toList(), models),
                resampling.resamples(),
                resampling::draw,
                workers,
                control);
        final List<Score> scores = new ArrayList<>();
        for (int m = 0; m < models; m++) {
            for (int k = 0; k < all.length; k++) {
                final Bootstrap one = sure.get(m * all.length + k);
                scores.add(score(request, request.models.get(m), part, all[k], cases.size(), one, Double.NaN));
            }
        }
        for (int k = 0; models == 2 && k < all.length; k++) {
            final Bootstrap one = sure.get(2 * all.length + k);
            final double p = one.resamples() > 1 ? one.twoSidedSign() : Double.NaN;
            final String both = request.models.get(0) + " - " + request.models.get(1);
            scores.add(score(request, both, part, all[k], cases.size(), one, p));
        }
        return scores;
    }

    /** All scores of the models, then the differences of two. */
    private static double[] values(final List<Case> cases, final int models) {
        final Closeness[] all = Closeness.values();
        final double[] values = new double[all.length * (models == 2 ? 3 : 1)];
        final double[] truth = cases.stream().mapToDouble(Case::truth).toArray();
        for (int m = 0; m < models; m++) {
            final int model = m;
            final double[] predicted =
                    cases.stream().mapToDouble(c -> c.predicted[model]).toArray();
            for (int k = 0; k < all.length; k++) {
                values[m * all.length + k] = all[k].of(truth, predicted);
            }
        }
        for (int k = 0; models == 2 && k < all.length; k++) {
            values[2 * all.length + k] = values[k] - values[all.length + k];
        }
        return values;
    }

    private static Score score(
            final Request request,
            final String model,
            final String part,
            final Closeness what,
            final int cases,
            final Bootstrap sure,
            final double p) {
        final boolean defined = sure.resamples() > 1;
        return new Score(
                model,
                part,
                LABEL,
                what.title(),
                sure.estimate(),
                defined ? sure.percentile(request.settings.confidence()) : Interval.NONE,
                defined ? "bootstrap" : "",
                p,
                Double.NaN,
                cases,
                cases);
    }
}
