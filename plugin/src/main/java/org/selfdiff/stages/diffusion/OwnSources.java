package org.selfdiff.stages.diffusion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.metrics.distribution.FeatureSet;
import org.selfdiff.metrics.distribution.Memorisation;
import org.selfdiff.metrics.distribution.Retrieval;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Whether synthetic pictures that were made from real ones are nearer to their own source than to the others' sources:
 * whether a condition decides what is drawn.
 *
 * @param scores none where sources are not known
 * @param variants of each source
 */
record OwnSources(List<DistributionScore> scores, List<ScoreDistribution.Variants> variants) {

    /** A picture that others were made from. */
    private record Source(boolean heldOut, int index) {}

    static OwnSources of(
            final ScoreDistribution.Request request,
            final Memorisation copies,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Optional<List<List<String>>> sources = request.synthetic().sources();
        if (sources.isEmpty()) {
            return new OwnSources(List.of(), List.of());
        }
        final Map<String, Source> named = named(request);
        final Map<Source, Integer> candidates = new LinkedHashMap<>();
        final Map<Source, List<Integer>> variants = new LinkedHashMap<>();
        final FeatureSet vectors = new FeatureSet(request.real().embeddings().width());
        final List<int[]> own = new ArrayList<>();
        for (int i = 0; i < request.synthetic().count(); i++) {
            final List<Source> known = sources.get().get(i).stream()
                    .map(named::get)
                    .filter(s -> s != null)
                    .toList();
            if (!known.isEmpty()) {
                known.forEach(s -> candidates.putIfAbsent(s, candidates.size()));
                vectors.add(request.synthetic().embeddings().rows().get(i));
                own.add(known.stream().mapToInt(candidates::get).toArray());
                variants.computeIfAbsent(known.get(0), s -> new ArrayList<>()).add(i);
            }
        }
        if (own.isEmpty()) {
            control.warn("None of the pictures that synthetic ones were made from is among the real or held-out ones:"
                    + " whether each is nearest to its own source is not scored.");
            return new OwnSources(List.of(), List.of());
        }
        return new OwnSources(
                List.of(score(request, vectors, own, List.copyOf(candidates.keySet()), workers, control)),
                variants.entrySet().stream()
                        .map(e -> new ScoreDistribution.Variants(
                                e.getKey().heldOut(),
                                e.getKey().index(),
                                e.getValue(),
                                e.getValue().stream().map(copies::nearest).toList()))
                        .toList());
    }

    /** Where the picture of a row is; of a row of both tables, the held-out one. */
    private static Map<String, Source> named(final ScoreDistribution.Request request) {
        final Map<String, Source> named = new HashMap<>();
        for (int i = 0; i < request.real().count(); i++) {
            named.put(request.real().rows().get(i), new Source(false, i));
        }
        request.heldOut().ifPresent(set -> {
            for (int i = 0; i < set.count(); i++) {
                named.put(set.rows().get(i), new Source(true, i));
            }
        });
        return named;
    }

    private static DistributionScore score(
            final ScoreDistribution.Request request,
            final FeatureSet vectors,
            final List<int[]> own,
            final List<Source> candidates,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final FeatureSet pictures = new FeatureSet(vectors.width());
        for (final Source source : candidates) {
            final PictureSet set = source.heldOut() ? request.heldOut().orElseThrow() : request.real();
            pictures.add(set.embeddings().rows().get(source.index()));
        }
        final Retrieval found = Retrieval.of(vectors, own, pictures, workers, control.part(0, 0));
        return new DistributionScore(
                DistributionScore.ALL,
                "Own source nearest",
                found.share(),
                Double.NaN,
                pictures.count(),
                vectors.count(),
                String.format(
                        Locale.ROOT,
                        "share of synthetic pictures nearer to what they were made from than to any other of %d sources;"
                                + " by chance %.3g",
                        pictures.count(),
                        found.chance()));
    }
}
