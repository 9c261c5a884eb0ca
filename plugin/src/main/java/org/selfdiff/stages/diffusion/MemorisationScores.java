package org.selfdiff.stages.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.selfdiff.metrics.distribution.FeatureSet;
import org.selfdiff.metrics.distribution.FrechetDistance;
import org.selfdiff.metrics.distribution.Gaussian;
import org.selfdiff.metrics.distribution.Memorisation;
import org.selfdiff.metrics.distribution.Moments;
import org.selfdiff.metrics.statistics.Percentiles;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Whether synthetic pictures are copies of real ones.
 *
 * @param scores of all pictures
 * @param pairs the nearest ones
 * @param copies the nearest real picture of each synthetic one
 */
record MemorisationScores(
        List<DistributionScore> scores, List<ScoreDistribution.NearestPair> pairs, Memorisation copies) {

    static MemorisationScores of(
            final ScoreDistribution.Request request, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        control.progress(0, "nearest real picture of each synthetic one");
        final FeatureSet real = request.real().features();
        final Memorisation copies =
                Memorisation.of(real, request.synthetic().features(), workers, control.part(0, 0.6));
        final List<DistributionScore> scores = new ArrayList<>();
        final int n = request.real().count();
        final int m = request.synthetic().count();
        scores.add(score(
                "Distance to the nearest real picture, median", Percentiles.median(copies.distances()), n, m, ""));
        scores.add(score(
                "Authenticity",
                copies.authenticity(),
                n,
                m,
                "share of synthetic pictures farther from the nearest real one than that is from its own nearest"));
        final Optional<Memorisation.HeldOut> held = request.heldOut().isPresent()
                ? Optional.of(heldOut(request, copies, scores, workers, control.part(0.6, 1)))
                : Optional.empty();
        return new MemorisationScores(
                List.copyOf(scores),
                copies.nearestPairs(request.settings().pairs()).stream()
                        .map(pair -> new ScoreDistribution.NearestPair(
                                pair, held.map(h -> h.nearer(pair.distance())).orElse(Double.NaN)))
                        .toList(),
                copies);
    }

    private static Memorisation.HeldOut heldOut(
            final ScoreDistribution.Request request,
            final Memorisation copies,
            final List<DistributionScore> scores,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        control.progress(0, "nearest real picture of each held-out one");
        final FeatureSet held = request.heldOut().orElseThrow().features();
        final Memorisation.HeldOut against = copies.against(held, workers, control);
        final int n = request.real().count();
        final int m = request.synthetic().count();
        scores.add(score(
                "Distance to the nearest real picture, median of held-out pictures",
                Percentiles.of(against.distances(), 0.5),
                n,
                held.count(),
                ""));
        scores.add(
                score("Synthetic over held-out median distance", against.medianRatio(), n, m, "far below 1: copies"));
        scores.add(score(
                "Share nearer than the nearest twentieth of held-out pictures",
                against.closer(),
                n,
                m,
                String.format(
                        Locale.ROOT,
                        "about 0.05 without copies; p %.2g that distances are those of held-out pictures",
                        against.test().p())));
        final Gaussian first = new Moments(held.width(), workers)
                .addAll(request.real().features(), control)
                .gaussian(control);
        final Gaussian second =
                new Moments(held.width(), workers).addAll(held, control).gaussian(control);
        scores.add(score(
                SetScores.frechetName(request.real()) + ", held-out pictures instead of synthetic ones",
                FrechetDistance.of(first, second, workers, control).value(),
                n,
                held.count(),
                "what real pictures reach"));
        return against;
    }

    private static DistributionScore score(
            final String name, final double value, final int first, final int second, final String note) {
        return new DistributionScore(DistributionScore.ALL, name, value, Double.NaN, first, second, note);
    }
}
