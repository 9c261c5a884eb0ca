package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.selfdiff.metrics.classification.Concordance;
import org.selfdiff.metrics.statistics.Bootstrap;
import org.selfdiff.metrics.statistics.Interval;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** How well predicted risks order the times until an event: Harrell's C with bootstrap intervals, two models compared. */
public final class ScoreSurvival {
    private static final String NAME = "C-index";

    private ScoreSurvival() {}

    /**
     * A case.
     *
     * @param time of the event, or until which there was none
     * @param event whether there was one
     * @param risks of each model; higher means an earlier event
     */
    public record Case(double time, boolean event, double[] risks) {}

    /**
     * What to score.
     *
     * @param cases with the risks of each model
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
     * @throws RunFailed if no two cases can be compared
     */
    public static List<Score> run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        if (concordance(request.cases, 0).pairs() == 0) {
            throw new RunFailed(
                    "No two of the " + request.cases.size() + " cases can be compared",
                    "columns of time and event",
                    "There must be an event with a later time in another row. Check that events are 1 and censored times 0.");
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
        final int models = request.models.size();
        final List<Bootstrap> sure = Bootstrap.all(
                resampling.units(),
                units -> {
                    final List<Case> drawn =
                            resampling.cases(units).stream().map(cases::get).toList();
                    final double[] values = new double[models == 2 ? 3 : 1];
                    for (int m = 0; m < models; m++) {
                        values[m] = concordance(drawn, m).index();
                    }
                    if (models == 2) {
                        values[2] = values[0] - values[1];
                    }
                    return values;
                },
                resampling.resamples(),
                resampling::draw,
                workers,
                control);
        final List<Score> scores = new ArrayList<>();
        for (int m = 0; m < models; m++) {
            scores.add(score(request, request.models.get(m), part, cases, sure.get(m), "bootstrap", Double.NaN));
        }
        if (models == 2) {
            scores.add(score(
                    request,
                    request.models.get(0) + " - " + request.models.get(1),
                    part,
                    cases,
                    sure.get(2),
                    "paired bootstrap",
                    sure.get(2).resamples() > 1 ? sure.get(2).twoSidedSign() : Double.NaN));
        }
        return scores;
    }

    private static Score score(
            final Request request,
            final String model,
            final String part,
            final List<Case> cases,
            final Bootstrap sure,
            final String method,
            final double p) {
        final boolean defined = sure.resamples() > 1;
        return new Score(
                model,
                part,
                "event",
                NAME,
                sure.estimate(),
                defined ? sure.percentile(request.settings.confidence()) : Interval.NONE,
                defined ? method : "",
                p,
                Double.NaN,
                cases.size(),
                cases.stream().filter(Case::event).count());
    }

    private static Concordance concordance(final List<Case> cases, final int model) {
        final double[] time = cases.stream().mapToDouble(Case::time).toArray();
        final boolean[] event = new boolean[time.length];
        final double[] risk = new double[time.length];
        Arrays.setAll(risk, i -> cases.get(i).risks()[model]);
        for (int i = 0; i < event.length; i++) {
            event[i] = cases.get(i).event();
        }
        return Concordance.of(time, event, risk, 0);
    }
}
