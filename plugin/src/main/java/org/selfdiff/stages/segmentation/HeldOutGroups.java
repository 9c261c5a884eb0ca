package org.selfdiff.stages.segmentation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.SeededRandom;

/**
 * Labelled tiles with some groups held out for validation: never tiles of a group on both sides.
 *
 * @param training tiles to train on
 * @param validation tiles to validate on; empty for none
 * @param groups names of the held-out groups, sorted
 */
record HeldOutGroups(List<Tile> training, List<Tile> validation, List<String> groups) {
    /** With fewer groups, all are needed for training. */
    static final int FEWEST_GROUPS = 4;

    /** Chooses groups by a hash of seed and name, so that the order of the tiles does not matter. */
    static HeldOutGroups choose(final List<Tile> tiles, final double share, final long seed) {
        final TreeSet<String> all = new TreeSet<>();
        tiles.forEach(tile -> all.add(tile.group()));
        if (share <= 0 || all.size() < FEWEST_GROUPS) {
            return new HeldOutGroups(tiles, List.of(), List.of());
        }
        final int count = Math.min(all.size() - 1, Math.max(1, (int) Math.round(share * all.size())));
        final List<String> held = all.stream()
                .sorted(Comparator.comparingLong(name -> SeededRandom.mix(seed, SeededRandom.mix(name))))
                .limit(count)
                .sorted()
                .toList();
        final List<Tile> training = new ArrayList<>(tiles);
        training.removeIf(tile -> held.contains(tile.group()));
        return new HeldOutGroups(
                training,
                tiles.stream().filter(tile -> held.contains(tile.group())).toList(),
                held);
    }
}
