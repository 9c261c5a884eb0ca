package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.selfdiff.imaging.SeededRandom;

/**
 * Rows split into those that are trained on and those that training is judged by: never rows of a group on both sides.
 *
 * @param training numbers of rows
 * @param validation numbers of rows; empty for none
 */
record HeldOutRows(List<Integer> training, List<Integer> validation) {

    /**
     * Holds out a share of the groups, by a hash of seed and name, so that the order of the rows does not matter. Where
     * each row has one class, each class gives its share of the groups, rounded; a class keeps at least two groups.
     *
     * @param groups of each row, such as patients
     * @param share 0 to below 1
     */
    static HeldOutRows choose(final Labels labels, final List<String> groups, final double share, final long seed) {
        final Map<Integer, Set<String>> byClass = new TreeMap<>();
        final Set<String> seen = new HashSet<>();
        for (int i = 0; i < groups.size(); i++) {
            if (seen.add(groups.get(i))) {
                byClass.computeIfAbsent(labels.multiLabel() ? 0 : labels.of(i), k -> new TreeSet<>())
                        .add(groups.get(i));
            }
        }
        final Set<String> held = new HashSet<>();
        for (final Set<String> names : byClass.values()) {
            final long count = Math.min(Math.round(share * names.size()), names.size() - 2L);
            names.stream()
                    .sorted(Comparator.comparingLong(name -> SeededRandom.mix(seed, SeededRandom.mix(name))))
                    .limit(Math.max(0, count))
                    .forEach(held::add);
        }
        return of(groups.stream().map(held::contains).toList());
    }

    /** Splits as somebody says. */
    static HeldOutRows of(final List<Boolean> held) {
        final List<Integer> training = new ArrayList<>();
        final List<Integer> validation = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            (held.get(i) ? validation : training).add(i);
        }
        return new HeldOutRows(training, validation);
    }
}
