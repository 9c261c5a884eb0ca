package org.selfdiff.stages.bags;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunFailed;

/** Splits bags into folds by patient, each class spread evenly. */
final class Folds {
    private Folds() {}

    /**
     * The fold of each bag.
     *
     * @param labels class of each bag
     * @param count number of folds, at least 2
     * @throws RunFailed when there are fewer patients of a class than folds
     */
    static int[] of(
            final List<Bag> bags, final int[] labels, final List<String> classes, final int count, final long seed)
            throws RunFailed {
        final Map<String, Integer> patients = new TreeMap<>();
        for (int i = 0; i < bags.size(); i++) {
            patients.merge(bags.get(i).patient(), labels[i], Math::max);
        }
        final Map<Integer, List<String>> byClass = new TreeMap<>();
        patients.forEach((patient, label) ->
                byClass.computeIfAbsent(label, k -> new ArrayList<>()).add(patient));
        for (int c = 0; c < classes.size(); c++) {
            final int found = byClass.getOrDefault(c, List.of()).size();
            if (found < count) {
                throw new RunFailed(
                        "There are " + found + " patients of the class " + classes.get(c) + " for " + count + " folds",
                        "setting \"folds\"",
                        "Use at most as many folds as the rarest class has patients, or add slides.");
            }
        }
        final Map<String, Integer> folds = new TreeMap<>();
        int next = 0;
        for (final Map.Entry<Integer, List<String>> entry : byClass.entrySet()) {
            final int[] order = new SeededRandom(seed, entry.getKey())
                    .permutation(entry.getValue().size());
            for (final int i : order) {
                folds.put(entry.getValue().get(i), next++ % count);
            }
        }
        return bags.stream().mapToInt(bag -> folds.get(bag.patient())).toArray();
    }
}
