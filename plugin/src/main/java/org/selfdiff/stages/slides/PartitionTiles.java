package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunFailed;

/**
 * Splits tiles into held-out, labelled and unlabelled ones: whole groups are held out, so that no tile of a held-out
 * slide or patient is seen in any training; of the rest, some whole pictures keep their masks. The choice depends on
 * the seed and on names alone, neither on the order of the tiles nor on how they were cut.
 */
public final class PartitionTiles {

    private PartitionTiles() {}

    /**
     * How much is held out.
     *
     * @param fraction share of the groups, above 0 and below 1; used if {@code groups} is 0. At least one group.
     * @param groups number of groups, 0 to use the fraction
     */
    public record HeldOut(double fraction, int groups) {
        int of(final int all) {
            return groups > 0 ? groups : Math.max(1, (int) Math.round(fraction * all));
        }
    }

    /**
     * What to split.
     *
     * @param tiles all tiles
     * @param heldOut how much is held out
     * @param labelledPictures how many of the other pictures keep their masks; 0 if labels do not matter
     * @param labelledAlsoUnlabelled whether the labelled pictures are among the unlabelled ones, without their masks
     * @param seed of the choice
     * @param labelled pictures that have labels of another kind than masks; empty where masks are the labels
     */
    public record Request(
            List<Tile> tiles,
            HeldOut heldOut,
            int labelledPictures,
            boolean labelledAlsoUnlabelled,
            long seed,
            Optional<Set<Path>> labelled) {

        /** Masks are the labels. */
        public Request(
                final List<Tile> tiles,
                final HeldOut heldOut,
                final int labelledPictures,
                final boolean labelledAlsoUnlabelled,
                final long seed) {
            this(tiles, heldOut, labelledPictures, labelledAlsoUnlabelled, seed, Optional.empty());
        }

        boolean has(final Tile tile) {
            return labelled.map(pictures -> pictures.contains(tile.image()))
                    .orElseGet(() -> tile.mask().isPresent());
        }
    }

    /** What tiles are for. */
    public enum Part {
        /** Pre-training, without masks. */
        UNLABELLED,
        /** Fine-tuning. */
        LABELLED,
        /** Scoring. */
        HELD_OUT
    }

    /**
     * The split, as a rule that says of every tile where it belongs.
     *
     * @param heldOutGroups names of the held-out groups, sorted
     * @param trainingGroups names of the other groups, sorted
     * @param labelledPictures the labelled pictures, sorted
     * @param labelledAlsoUnlabelled whether tiles of labelled pictures are among the unlabelled ones, too
     * @param heldOutPictures number of held-out pictures
     * @param unscored held-out pictures without a mask, which nothing can be scored on, sorted
     */
    public record Result(
            Set<String> heldOutGroups,
            Set<String> trainingGroups,
            Set<Path> labelledPictures,
            boolean labelledAlsoUnlabelled,
            int heldOutPictures,
            Set<Path> unscored) {

        /** Whether a tile belongs to a part; it may belong to two. */
        public boolean has(final Part part, final Tile tile) {
            final boolean heldOut = heldOutGroups.contains(tile.group());
            final boolean labelled = labelledPictures.contains(tile.image());
            return switch (part) {
                case HELD_OUT -> heldOut;
                case LABELLED -> !heldOut && labelled;
                case UNLABELLED -> !heldOut && (labelledAlsoUnlabelled || !labelled);
            };
        }

        /** What is worth knowing before hours are spent on training; empty if nothing. */
        public Optional<String> warning() {
            return unscored.isEmpty()
                    ? Optional.empty()
                    : Optional.of(unscored.size() + " of " + heldOutPictures
                            + " held-out pictures have no mask or label, and cannot be scored, such as "
                            + unscored.iterator().next() + ".");
        }
    }

    /**
     * Splits. Nothing is split into nothing.
     *
     * @throws RunFailed if there are too few groups or too few pictures with masks
     */
    public static Result run(final Request request) throws RunFailed {
        if (request.tiles.isEmpty()) {
            return new Result(Set.of(), Set.of(), Set.of(), request.labelledAlsoUnlabelled, 0, Set.of());
        }
        final Set<String> groups = new TreeSet<>();
        request.tiles.forEach(tile -> groups.add(tile.group()));
        final int held = request.heldOut.of(groups.size());
        if (held >= groups.size()) {
            throw new RunFailed(
                    held + " of " + groups.size() + " groups are to be held out, which leaves none to train on",
                    "table of tiles, column Group",
                    "Hold out fewer groups, or give more pictures"
                            + (groups.size() < pictures(request.tiles) ? ", or group by picture." : "."));
        }
        final Set<String> heldOutGroups = new TreeSet<>(first(groups, held, request.seed, name -> name, name -> name));
        final List<Tile> training = new ArrayList<>(request.tiles);
        training.removeIf(tile -> heldOutGroups.contains(tile.group()));
        groups.removeAll(heldOutGroups);
        final List<Tile> heldOut = request.tiles.stream()
                .filter(tile -> heldOutGroups.contains(tile.group()))
                .toList();
        final Set<Path> unscored = new TreeSet<>();
        if (request.labelledPictures > 0) {
            heldOut.stream().filter(tile -> !request.has(tile)).forEach(tile -> unscored.add(tile.image()));
        }
        final Result result = new Result(
                heldOutGroups,
                groups,
                labelled(training, request),
                request.labelledAlsoUnlabelled,
                (int) pictures(heldOut),
                unscored);
        if (training.stream().noneMatch(tile -> result.has(Part.UNLABELLED, tile))) {
            throw new RunFailed(
                    "All pictures are labelled or held out, which leaves none to pre-train on",
                    "number of labelled pictures",
                    "Label fewer, or let the labelled pictures be among the unlabelled ones too.");
        }
        return result;
    }

    private static long pictures(final List<Tile> tiles) {
        return tiles.stream().map(Tile::image).distinct().count();
    }

    private static Set<Path> labelled(final List<Tile> training, final Request request) throws RunFailed {
        final Map<Path, String> withLabel = new TreeMap<>();
        training.stream().filter(request::has).forEach(tile -> withLabel.put(tile.image(), tile.group()));
        if (withLabel.size() < request.labelledPictures || request.labelledPictures < 0) {
            throw new RunFailed(
                    request.labelledPictures + " labelled pictures are wanted, and " + withLabel.size()
                            + " of those not held out have "
                            + (request.labelled.isPresent() ? "a label" : "a mask"),
                    "number of labelled pictures",
                    request.labelled.isPresent()
                            ? "Ask for fewer, hold out fewer groups, or fill in the column of labels."
                            : withLabel.isEmpty()
                                    ? "Add masks, for instance by the mask folder of the Tiler."
                                    : "Ask for 0 to " + withLabel.size() + ", hold out fewer groups, or add masks.");
        }
        return new TreeSet<>(first(
                withLabel.keySet(),
                request.labelledPictures,
                request.seed,
                image -> image.getFileName().toString(),
                withLabel::get));
    }

    /**
     * The first few in an order that the seed draws: by a hash of seed and name, so that one more name moves no other;
     * equal names, such as those of pictures of two patients, are told apart by their groups.
     */
    private static <T extends Comparable<? super T>> Collection<T> first(
            final Collection<T> all,
            final int count,
            final long seed,
            final Function<T, String> name,
            final Function<T, String> group) {
        return all.stream()
                .sorted(drawn(seed, name).thenComparing(drawn(seed, group)).thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .toList();
    }

    private static <T> Comparator<T> drawn(final long seed, final Function<T, String> name) {
        return Comparator.comparingLong(t -> SeededRandom.mix(seed, SeededRandom.mix(name.apply(t))));
    }
}
