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
