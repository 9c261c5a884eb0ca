package org.selfdiff.stages.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.metrics.distribution.Memorisation;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * How far synthetic pictures are from real ones in the space of an encoder, and whether they are copies: Frechet and
 * kernel distance, precision, recall, density, coverage, diversity, nearest neighbours; for all pictures, and for each
 * class.
 */
public final class ScoreDistribution {
    /** Below this Frechet distances are known to be far too large, whatever the encoder (Heusel et al. 2017). */
    private static final int ENOUGH = 2048;

    private ScoreDistribution() {}

    /**
     * How to score.
     *
     * @param points of the line that is drawn to infinitely many pictures; 0 for no such line
     * @param kernelSubsets on how many pairs of subsets the kernel distance is computed
     * @param kernelSubsetSize pictures of each, at most as many as there are
     * @param neighbours k of precision, recall, density and coverage
     * @param mostPictures of each set for these and for the diversity; of more, a random choice
     * @param pairs how many nearest pairs are given
     * @param seed of subsets and choices
     */
    public record Settings(
            int points,
            int kernelSubsets,
            int kernelSubsetSize,
            int neighbours,
            int mostPictures,
            int pairs,
            long seed) {}

    /**
     * What to score.
     *
     * @param real pictures, for memorisation those that the generator was trained on
     * @param synthetic pictures
     * @param heldOut real pictures that the generator never saw
     * @param settings how
     */
    public record Request(PictureSet real, PictureSet synthetic, Optional<PictureSet> heldOut, Settings settings) {}

    /**
     * A synthetic picture and the real one that it is nearest to.
     *
     * @param pair indices and distance
     * @param heldOutNearer share of held-out pictures that are nearer to a real one; {@code NaN} without held-out ones
     */
    public record NearestPair(Memorisation.Pair pair, double heldOutNearer) {}

    /**
     * A picture and what was made from it.
     *
     * @param heldOut whether the source is held out; otherwise it is one of the real pictures
     * @param source its index
     * @param variants indices of synthetic pictures that were made from it foremost
     * @param nearest for each variant the index of the real picture that it is nearest to
     */
    public record Variants(boolean heldOut, int source, List<Integer> variants, List<Integer> nearest) {

        /** Copies the lists. */
        public Variants {
            variants = List.copyOf(variants);
            nearest = List.copyOf(nearest);
        }
    }

    /**
     * What came of it.
     *
     * @param scores of all pictures, then of classes
     * @param pairs the nearest pairs, the nearest first
     * @param variants of sources, in the order of the synthetic pictures; empty where sources are not known
     */
    public record Result(List<DistributionScore> scores, List<NearestPair> pairs, List<Variants> variants) {}

    /**
     * Scores.
     *
     * @throws RunFailed if a set or class holds fewer than two pictures, or embeddings are of different encoders or
     *     widths
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        check(request);
        warnOfFew(request, control);
        try (Workers workers = Workers.all()) {
            final Map<String, PictureSet[]> classes = classes(request, control);
            final double steps = classes.size() + 2.0;
            final List<DistributionScore> scores = new ArrayList<>(SetScores.of(
                    DistributionScore.ALL,
                    request.real,
                    request.synthetic,
                    request.settings,
                    workers,
                    control.part(0, 1 / steps)));
            int done = 1;
            final MemorisationScores copies =
                    MemorisationScores.of(request, workers, control.part(done / steps, (done + 1) / steps));
            scores.addAll(copies.scores());
            final OwnSources sources = OwnSources.of(request, copies.copies(), workers, control);
            scores.addAll(sources.scores());
            done++;
            for (final Map.Entry<String, PictureSet[]> each : classes.entrySet()) {
                scores.addAll(SetScores.of(
                        each.getKey(),
                        each.getValue()[0],
                        each.getValue()[1],
                        request.settings,
                        workers,
                        control.part(done / steps, (done + 1) / steps)));
                done++;
            }
            return new Result(List.copyOf(scores), copies.pairs(), sources.variants());
        }
    }

    private static void check(final Request request) throws RunFailed {
        final List<PictureSet> sets = new ArrayList<>(List.of(request.real, request.synthetic));
        request.heldOut.ifPresent(sets::add);
        for (final PictureSet set : sets) {
            if (set.count() < 2) {
                throw new RunFailed(
                        set.count() == 0
                                ? "There are no " + set.name() + " pictures"
                                : "There is one " + set.name() + " picture, and one has no distribution",
                        set.count() == 0
                                ? "table of " + set.name() + " pictures"
                                : "row \"" + set.rows().get(0) + "\"",
                        "Connect a table with at least two pictures, better with some thousand.");
            }
            same(request.real, set);
        }
    }

    private static void same(final PictureSet real, final PictureSet other) throws RunFailed {
        final Optional<EncodedBy> first = real.embeddings().encodedBy();
        final Optional<EncodedBy> second = other.embeddings().encodedBy();
        if (first.isPresent() && second.isPresent() && !first.get().same(second.get())) {
            throw new RunFailed(
                    "The " + real.name() + " pictures were embedded by "
                            + first.get().shown() + ", the " + other.name() + " ones by "
                            + second.get().shown(),
                    "table of " + other.name() + " pictures",
                    "Embed all pictures with the same encoder: distances between two encoders mean nothing.");
        }
        if (real.embeddings().width() != other.embeddings().width()) {
            throw new RunFailed(
                    "The embeddings of " + real.name() + " pictures have "
                            + real.embeddings().width() + " numbers, those of " + other.name() + " pictures "
                            + other.embeddings().width(),
                    "row \"" + other.rows().get(0) + "\"",
                    "Embed all pictures with the same encoder.");
        }
    }

    private static void warnOfFew(final Request request, final RunControl control) {
        final int needed = Math.max(ENOUGH, request.real.embeddings().width() + 1);
        for (final PictureSet set : List.of(request.real, request.synthetic)) {
            if (set.count() < needed) {
                control.warn("There are " + set.count() + " " + set.name() + " pictures. Below " + needed
                        + " a Frechet distance is too large, the more the fewer they are: compare it only between sets of"
                        + " the same size, and look at the kernel distance, which does not depend on it.");
            }
        }
    }

    /** Real and synthetic pictures of each class that both sets have. */
    private static Map<String, PictureSet[]> classes(final Request request, final RunControl control) throws RunFailed {
        final Map<String, PictureSet[]> classes = new TreeMap<>();
        if (request.real.classes().isEmpty() || request.synthetic.classes().isEmpty()) {
            return classes;
        }
        final Map<String, List<Integer>> real = request.real.byClass();
        final Map<String, List<Integer>> synthetic = request.synthetic.byClass();
        final TreeSet<String> oneSided = new TreeSet<>(real.keySet());
        oneSided.addAll(synthetic.keySet());
        for (final Map.Entry<String, List<Integer>> entry : real.entrySet()) {
            final String name = entry.getKey();
            if (synthetic.containsKey(name)) {
                oneSided.remove(name);
                classes.put(name, new PictureSet[] {
                    ofClass(request.real, name, entry.getValue()), ofClass(request.synthetic, name, synthetic.get(name))
                });
            }
        }
        if (!oneSided.isEmpty()) {
            control.warn("Only one of both sets has pictures of " + oneSided + ": not scored by themselves.");
        }
        return classes;
    }

    private static PictureSet ofClass(final PictureSet set, final String name, final List<Integer> pictures)
            throws RunFailed {
        if (pictures.size() < 2) {
            throw new RunFailed(
                    "Class \"" + name + "\" has one " + set.name() + " picture, and one has no distribution",
                    "row \"" + set.rows().get(pictures.get(0)) + "\" of the table of " + set.name() + " pictures",
                    "Add pictures of the class, filter the row out, or score without classes.");
        }
        return set.subset(pictures);
    }
}
