package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
     * @param labelledPictures how many of the other pictures keep their masks, at least 1
     * @param labelledAlsoUnlabelled whether the labelled pictures are among the unlabelled ones, without their masks
     * @param seed of the choice
     */
    public record Request(
            List<Tile> tiles, HeldOut heldOut, int labelledPictures, boolean labelledAlsoUnlabelled, long seed) {}

    /**
     * The parts. Tiles keep their order.
     *
     * @param unlabelled for pre-training, without masks
     * @param labelled for fine-tuning
     * @param heldOut for scoring
     * @param heldOutGroups names of the held-out groups, sorted
     * @param trainingGroups names of the other groups, sorted
     * @param labelledPictures the labelled pictures, sorted
     */
    public record Result(
            List<Tile> unlabelled,
            List<Tile> labelled,
            List<Tile> heldOut,
            Set<String> heldOutGroups,
            Set<String> trainingGroups,
            Set<Path> labelledPictures) {}

    /**
     * Splits.
     *
     * @throws RunFailed if there are too few groups or too few pictures with masks
     */
    public static Result run(final Request request) throws RunFailed {
        final Set<String> groups = new TreeSet<>();
        request.tiles.forEach(tile -> groups.add(tile.group()));
        final int held = request.heldOut.of(groups.size());
        if (held >= groups.size()) {
            throw new RunFailed(
                    held + " of " + groups.size() + " groups are to be held out, which leaves none to train on",
                    "table of tiles, column Group",
                    "Hold out fewer groups, give more pictures, or group by picture.");
        }
        final Set<String> heldOutGroups = new TreeSet<>(first(groups, held, request.seed, name -> name));
        final List<Tile> training = new ArrayList<>(request.tiles);
        training.removeIf(tile -> heldOutGroups.contains(tile.group()));
        final Set<Path> labelledPictures = labelled(training, request);
        final List<Tile> unlabelled = training.stream()
                .filter(tile -> request.labelledAlsoUnlabelled || !labelledPictures.contains(tile.image()))
                .map(Tile::unlabelled)
                .toList();
        if (unlabelled.isEmpty()) {
            throw new RunFailed(
                    "All pictures are labelled or held out, which leaves none to pre-train on",
                    "number of labelled pictures",
                    "Label fewer, or let the labelled pictures be among the unlabelled ones too.");
        }
        groups.removeAll(heldOutGroups);
        return new Result(
                unlabelled,
                training.stream()
                        .filter(tile -> labelledPictures.contains(tile.image()))
                        .toList(),
                request.tiles.stream()
                        .filter(tile -> heldOutGroups.contains(tile.group()))
                        .toList(),
                heldOutGroups,
                groups,
                labelledPictures);
    }

    private static Set<Path> labelled(final List<Tile> training, final Request request) throws RunFailed {
        final Set<Path> withMask = new HashSet<>();
        training.stream().filter(tile -> tile.mask().isPresent()).forEach(tile -> withMask.add(tile.image()));
        if (withMask.size() < request.labelledPictures || request.labelledPictures < 1) {
            throw new RunFailed(
                    request.labelledPictures + " labelled pictures are wanted, and " + withMask.size()
                            + " of those not held out have a mask",
                    "number of labelled pictures",
                    "Ask for 1 to " + withMask.size() + ", hold out fewer groups, or add masks.");
        }
        return new TreeSet<>(first(withMask, request.labelledPictures, request.seed, image -> image.getFileName()
                .toString()));
    }

    /**
     * The first few in an order that the seed draws: by a hash of seed and name, so that one more name moves no other;
     * equal names fall back on the natural order.
     */
    private static <T extends Comparable<? super T>> Collection<T> first(
            final Collection<T> all, final int count, final long seed, final Function<T, String> name) {
        final Comparator<T> drawn =
                Comparator.comparingLong(t -> SeededRandom.mix(seed, SeededRandom.mix(name.apply(t))));
        return all.stream()
                .sorted(drawn.thenComparing(Comparator.naturalOrder()))
                .limit(count)
                .toList();
    }
}
