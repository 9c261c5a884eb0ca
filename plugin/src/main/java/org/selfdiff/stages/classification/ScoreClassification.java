package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.selfdiff.metrics.Confusion;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Compares predicted probabilities with true classes: per class, over all classes, on all cases and on each part of them
 * such as a fold, with intervals, and two models with each other.
 */
public final class ScoreClassification {
    private ScoreClassification() {}

    /**
     * What one model predicted.
     *
     * @param name for tables
     * @param scores of each case, one for each class in their order; higher means rather of the class
     */
    public record Model(String name, double[][] scores) {}

    /**
     * How to score.
     *
     * @param exclusive whether every case has exactly one label
     * @param threshold from which score on a label counts as found; with several exclusive classes the highest wins
     * @param confidence of intervals, above 0 and below 1
     * @param resamples of the bootstrap; 0 for no such intervals
     * @param seed of the resamples
     * @param bins of the calibration error
     */
    public record Settings(
            boolean exclusive, double threshold, double confidence, int resamples, long seed, int bins) {}

    /**
     * What to score.
     *
     * @param classes names in order
     * @param labels of each case, one flag for each class
     * @param models one or two
     * @param parts of each case, such as its fold, if parts are scored by themselves
     * @param groups of each case, such as its patient, if resamples keep groups together
     * @param settings how
     */
    public record Request(
            List<String> classes,
            boolean[][] labels,
            List<Model> models,
            Optional<List<String>> parts,
            Optional<List<String>> groups,
            Settings settings) {
        /** Whether all scores can be probabilities. */
        public boolean probabilities() {
            return models.stream()
                    .flatMap(m -> java.util.Arrays.stream(m.scores))
                    .flatMapToDouble(java.util.Arrays::stream)
                    .allMatch(p -> p >= 0 && p <= 1);
        }
    }

    /**
     * Counted cases.
     *
     * @param model that predicted
     * @param part of the cases
     * @param label whose presence is meant, or {@link Score#ALL_CLASSES} where classes exclude each other
     * @param truth true class
     * @param prediction predicted class
     * @param cases how many
     * @param share of the cases of the true class, {@code NaN} if there are none
     */
    public record Count(
            String model, String part, String label, String truth, String prediction, long cases, double share) {}

    /** Scores, confusion matrices, and the cases of each model for drawing. */
    public record Result(List<Score> scores, List<Count> confusion, List<ClassificationChart> charts) {}

    /**
     * Scores.
     *
     * @throws RunFailed if there are no cases
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        if (request.labels.length == 0) {
            throw new RunFailed(
                    "There are no cases to score", "table of predictions", "Connect a table with at least two rows.");
        }
        warnOfOneSided(request, control);
        final Map<String, List<Integer>> parts = Parts.of(request.labels.length, request.parts);
        final List<Score> scores = new ArrayList<>();
        final List<Count> confusion = new ArrayList<>();
        try (Workers workers = Workers.all()) {
            int done = 0;
            final double steps = parts.size() * (request.models.size() == 2 ? 3.0 : 1.0);
            for (final Map.Entry<String, List<Integer>> part : parts.entrySet()) {
                final Resampling resampling = Parts.resampling(part.getValue(), request.groups, request.settings);
                final List<ScoredCases> models = new ArrayList<>();
                for (final Model model : request.models) {
                    final ScoredCases cases = cases(request, model).at(part.getValue());
                    models.add(cases);
                    scores.addAll(PartScores.of(
                            request,
                            model.name,
                            part.getKey(),
                            cases,
                            resampling,
                            workers,
                            control.part(done / steps, (done + 1) / steps)));
                    done++;
                    confusion.addAll(counts(request, model.name, part.getKey(), cases));
                }
                if (models.size() == 2) {
                    scores.addAll(ModelComparison.of(
                            request,
                            part.getKey(),
                            models.get(0),
                            models.get(1),
                            resampling,
                            workers,
                            control.part(done / steps, (done + 1) / steps)));
                    done++;
                }
            }
        }
        scores.addAll(Parts.means(scores));
        final List<ClassificationChart> charts = new ArrayList<>();
        for (final Model model : request.models) {
            charts.addAll(ClassificationChart.of(request, model.name, cases(request, model)));
        }
        return new Result(List.copyOf(scores), List.copyOf(confusion), List.copyOf(charts));
    }

    private static ScoredCases cases(final Request request, final Model model) {
        return new ScoredCases(request.settings.exclusive, request.settings.threshold, request.labels, model.scores);
    }

    private static void warnOfOneSided(final Request request, final RunControl control) {
        final ScoredCases all = cases(request, request.models.get(0));
        final String oneSided = IntStream.range(0, all.classes())
                .filter(k -> !all.hasBoth(k))
                .mapToObj(k -> "\"" + request.classes.get(k) + "\"")
                .collect(Collectors.joining(", "));
        if (!oneSided.isEmpty()) {
            control.warn("No area under the curve can be given for " + oneSided
                    + ": all cases are of the class, or none. Means over classes leave it out.");
        }
    }

    private static List<Count> counts(
            final Request request, final String model, final String part, final ScoredCases cases) {
        if (request.settings.exclusive) {
            return counts(model, part, Score.ALL_CLASSES, request.classes, cases.confusion());
        }
        final List<Count> counts = new ArrayList<>();
        for (int k = 0; k < cases.classes(); k++) {
            counts.addAll(
                    counts(model, part, request.classes.get(k), List.of("absent", "present"), cases.confusion(k)));
        }
        return counts;
    }

    private static List<Count> counts(
            final String model,
            final String part,
            final String label,
            final List<String> names,
            final Confusion confusion) {
        final List<Count> counts = new ArrayList<>();
        for (int t = 0; t < names.size(); t++) {
            final double all = (double) confusion.truePositives(t) + confusion.falseNegatives(t);
            for (int p = 0; p < names.size(); p++) {
                final long n = confusion.count(t, p);
                counts.add(
                        new Count(model, part, label, names.get(t), names.get(p), n, all == 0 ? Double.NaN : n / all));
            }
        }
        return counts;
    }
}
