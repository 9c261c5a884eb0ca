package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.selfdiff.metrics.Scoring;
import org.selfdiff.metrics.statistics.Interval;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Parts of the cases that are scored by themselves, such as folds. */
final class Parts {
    private Parts() {}

    /** All cases, and the parts in the order of their names. */
    static Map<String, List<Integer>> of(final int cases, final Optional<List<String>> names) {
        final Map<String, List<Integer>> parts = new LinkedHashMap<>();
        parts.put(Score.ALL_CASES, IntStream.range(0, cases).boxed().toList());
        names.ifPresent(all -> IntStream.range(0, cases)
                .boxed()
                .collect(Collectors.groupingBy(all::get, TreeMap::new, Collectors.toList()))
                .forEach((name, chosen) -> parts.put(name.equals(Score.ALL_CASES) ? name + " (part)" : name, chosen)));
        return parts;
    }

    /** How one part is scored. */
    @FunctionalInterface
    interface Scorer {
        /**
         * Scores a part.
         *
         * @param part its name
         * @param chosen numbers of its cases
         */
        List<Score> score(String part, List<Integer> chosen, Workers workers, RunControl control)
                throws RunFailed, RunCancelled;
    }

    /** The scores of every part, and their means. */
    static List<Score> scores(
            final int cases, final Optional<List<String>> names, final Scorer scorer, final RunControl control)
            throws RunFailed, RunCancelled {
        final Map<String, List<Integer>> parts = of(cases, names);
        final List<Score> scores = new ArrayList<>();
        int done = 0;
        try (Workers workers = Workers.all()) {
            for (final Map.Entry<String, List<Integer>> part : parts.entrySet()) {
                final RunControl share = control.part((double) done / parts.size(), (done + 1.0) / parts.size());
                scores.addAll(scorer.score(part.getKey(), part.getValue(), workers, share));
                done++;
            }
        }
        scores.addAll(means(scores));
        return List.copyOf(scores);
    }

    /** How the cases of a part are drawn again: groups as wholes where there are some. */
    static Resampling resampling(
            final List<Integer> chosen,
            final Optional<List<String>> groups,
            final ScoreClassification.Settings settings) {
        return new Resampling(
                chosen.size(),
                groups.map(names -> chosen.stream().map(names::get).toList()),
                settings.resamples(),
                settings.seed());
    }

    /** Mean and deviation over parts of every score; nothing where there are no parts. */
    static List<Score> means(final List<Score> scores) {
        record Key(String model, String label, String name) {}
        final Map<Key, List<Score>> byKey = scores.stream()
                .filter(s -> !s.part().equals(Score.ALL_CASES))
                .collect(Collectors.groupingBy(
                        s -> new Key(s.model(), s.label(), s.name()), LinkedHashMap::new, Collectors.toList()));
        final List<Score> means = new ArrayList<>();
        byKey.forEach((key, values) -> {
            final Scoring.Mean mean = Scoring.Mean.of(values.stream().mapToDouble(Score::value));
            means.add(new Score(
                    key.model,
                    Score.MEAN,
                    key.label,
                    key.name,
                    mean.mean(),
                    new Interval(mean.mean() - mean.deviation(), mean.mean() + mean.deviation()),
                    "mean -/+ standard deviation of " + mean.count() + " parts",
                    Double.NaN,
                    Double.NaN,
                    values.stream().mapToLong(Score::cases).sum(),
                    values.stream().mapToLong(Score::positives).sum()));
        });
        return means;
    }
}
