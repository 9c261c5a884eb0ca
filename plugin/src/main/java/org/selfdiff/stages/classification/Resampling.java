package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.selfdiff.imaging.SeededRandom;

/**
 * Which cases a resample of the bootstrap holds: drawn one by one, or in groups that stay together, such as all tiles of
 * a patient.
 */
final class Resampling {
    private final List<List<Integer>> units;

    private final int resamples;

    private final long seed;

    /**
     * Prepares.
     *
     * @param cases how many
     * @param groups of each case, if cases are not drawn one by one
     */
    Resampling(final int cases, final Optional<List<String>> groups, final int resamples, final long seed) {
        this.resamples = resamples;
        this.seed = seed;
        final Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
        units = groups.isEmpty() ? IntStream.range(0, cases).mapToObj(List::of).toList() : new ArrayList<>();
        groups.ifPresent(names -> {
            for (int i = 0; i < cases; i++) {
                byGroup.computeIfAbsent(names.get(i), name -> new ArrayList<>()).add(i);
            }
            units.addAll(byGroup.values());
        });
    }

    /** How many there are to draw from. */
    int units() {
        return units.size();
    }

    int resamples() {
        return resamples;
    }

    /** The units of a resample, a function of the seed and its number. */
    int[] draw(final int resample) {
        final SeededRandom random = new SeededRandom(seed, resample);
        return IntStream.range(0, units.size())
                .map(i -> random.nextInt(units.size()))
                .toArray();
    }

    /** The cases of some units. */
    List<Integer> cases(final int[] drawn) {
        final List<Integer> cases = new ArrayList<>();
        for (final int unit : drawn) {
            cases.addAll(units.get(unit));
        }
        return cases;
    }
}
