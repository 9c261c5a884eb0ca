package org.selfdiff.stages.bags;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.run.RunFailed;

/** Splits bags into folds by patient, with each class, label or event, and numbers of all sizes, spread evenly. */
final class Folds {
    private Folds() {}

    /**
     * The fold of each bag.
     *
     * @param count number of folds, at least 2
     * @throws RunFailed when there are fewer patients of a class, label or event than folds
     */
    static int[] of(final List<Bag> bags, final BagTargets targets, final int count, final long seed) throws RunFailed {
        final Map<String, List<Integer>> patients = patients(bags);
        final List<String> needed = targets.needed();
        for (int c = 0; c < Math.max(1, needed.size()); c++) {
            final int label = c;
            final long found = patients.values().stream()
                    .filter(own -> own.stream().anyMatch(bag -> targets.positive(bag, label)))
                    .count();
            if (found < count) {
                throw new RunFailed(
                        "There are " + found + " patients" + (needed.isEmpty() ? "" : of(needed.get(c))) + " for "
                                + count + " folds",
                        "setting \"folds\"",
                        "Use at most as many folds as the rarest class has patients, or add slides.");
            }
        }
        final Map<String, Integer> folds =
                switch (targets.kind()) {
                    case CLASS, SURVIVAL -> dealt(strata(patients, targets), count, seed);
                    case REGRESSION -> blocks(patients, targets, count, seed);
                    case LABELS -> rarestFirst(patients, targets, count, seed);
                };
        return bags.stream().mapToInt(bag -> folds.get(bag.patient())).toArray();
    }

    private static String of(final String needed) {
        return needed.equals("event") ? " with an event" : " of the " + needed;
    }

    private static Map<String, List<Integer>> patients(final List<Bag> bags) {
        final Map<String, List<Integer>> patients = new TreeMap<>();
        for (int i = 0; i < bags.size(); i++) {
            patients.computeIfAbsent(bags.get(i).patient(), k -> new ArrayList<>())
                    .add(i);
        }
        return patients;
    }

    /** Patients by class, one with several by the last of them; or by whether they had the event. */
    private static Map<Integer, List<String>> strata(
            final Map<String, List<Integer>> patients, final BagTargets targets) {
        final Map<Integer, List<String>> strata = new TreeMap<>();
        patients.forEach((patient, own) -> {
            final int stratum = own.stream()
                    .mapToInt(bag -> (int) targets.values()[bag][targets.kind() == Target.CLASS ? 0 : 1])
                    .max()
                    .orElseThrow();
            strata.computeIfAbsent(stratum, k -> new ArrayList<>()).add(patient);
        });
        return strata;
    }

    private static Map<String, Integer> dealt(
            final Map<Integer, List<String>> strata, final int count, final long seed) {
        final Map<String, Integer> folds = new HashMap<>();
        int next = 0;
        for (final Map.Entry<Integer, List<String>> entry : strata.entrySet()) {
            final int[] order = new SeededRandom(seed, entry.getKey())
                    .permutation(entry.getValue().size());
            for (final int i : order) {
                folds.put(entry.getValue().get(i), next++ % count);
            }
        }
        return folds;
    }

    /** Of patients in the order of their numbers, each few neighbours go to different folds. */
    private static Map<String, Integer> blocks(
            final Map<String, List<Integer>> patients, final BagTargets targets, final int count, final long seed) {
        final List<String> order = new ArrayList<>(patients.keySet());
        order.sort(Comparator.comparingDouble(patient -> patients.get(patient).stream()
                .mapToDouble(bag -> targets.values()[bag][0])
                .average()
                .orElseThrow()));
        final Map<String, Integer> folds = new HashMap<>();
        for (int first = 0; first < order.size(); first += count) {
            final int[] deal = new SeededRandom(seed, first).permutation(count);
            for (int i = first; i < Math.min(first + count, order.size()); i++) {
                folds.put(order.get(i), deal[i - first]);
            }
        }
        return folds;
    }

    /** Rare labels are dealt first (after Sechidis et al. 2011), to whichever fold has fewest of them, then of patients. */
    private static Map<String, Integer> rarestFirst(
            final Map<String, List<Integer>> patients, final BagTargets targets, final int count, final long seed) {
        final List<String> names = List.copyOf(patients.keySet());
        final List<String> shuffled = new ArrayList<>();
        for (final int i : new SeededRandom(seed).permutation(names.size())) {
            shuffled.add(names.get(i));
        }
        final int labels = targets.names().size();
        final List<Set<Integer>> own = new ArrayList<>();
        final int[] total = new int[labels];
        for (final String patient : shuffled) {
            final Set<Integer> has = new HashSet<>();
            for (int k = 0; k < labels; k++) {
                final int label = k;
                if (patients.get(patient).stream().anyMatch(bag -> targets.positive(bag, label))) {
                    has.add(k);
                    total[k]++;
                }
            }
            own.add(has);
        }
        final int[][] held = new int[count][labels + 1];
        final Map<String, Integer> folds = new HashMap<>();
        final List<Integer> byRarity = new ArrayList<>();
        for (int k = 0; k < labels; k++) {
            byRarity.add(k);
        }
        byRarity.sort(Comparator.comparingInt(k -> total[k]));
        byRarity.add(labels); // those without a label
        for (final int label : byRarity) {
            for (int i = 0; i < shuffled.size(); i++) {
                if (folds.containsKey(shuffled.get(i))
                        || label < labels && !own.get(i).contains(label)) {
                    continue;
                }
                int best = 0;
                for (int f = 1; f < count; f++) {
                    final boolean fewer = held[f][label] < held[best][label];
                    final boolean same = held[f][label] == held[best][label];
                    best = fewer || same && held[f][labels] < held[best][labels] ? f : best;
                }
                folds.put(shuffled.get(i), best);
                for (final int has : own.get(i)) {
                    held[best][has]++;
                }
                held[best][labels]++;
            }
        }
        return folds;
    }

    /**
     * Folds that somebody else has made.
     *
     * @param names of the fold of each bag
     * @throws RunFailed when a patient is in two folds, there are fewer than two, or a fold lacks a class, label or event
     */
    static int[] given(final List<Bag> bags, final BagTargets targets, final List<String> names) throws RunFailed {
        final Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < bags.size(); i++) {
            final Integer other = first.putIfAbsent(bags.get(i).patient(), i);
            if (other != null && !names.get(other).equals(names.get(i))) {
                throw new RunFailed(
                        "The patient \"" + bags.get(i).patient() + "\" is in two folds, \"" + names.get(other)
                                + "\" and \"" + names.get(i) + "\"",
                        "slides " + bags.get(other).name() + " and "
                                + bags.get(i).name(),
                        "Give all slides of a patient the same fold, or leave the folds to the node.");
            }
        }
        final List<String> all = new ArrayList<>(new TreeSet<>(names));
        if (all.stream().allMatch(name -> name.matches("-?[0-9]{1,9}"))) {
            all.sort(Comparator.comparingInt(Integer::parseInt));
        }
        if (all.size() < 2) {
            throw new RunFailed(
                    "All slides are in one fold, \"" + all.get(0) + "\"",
                    "column of folds",
                    "Give at least two folds, or leave the folds to the node.");
        }
        final int[] folds = names.stream().mapToInt(all::indexOf).toArray();
        final List<String> needed = targets.needed();
        for (int f = 0; f < all.size(); f++) {
            for (int c = 0; c < needed.size(); c++) {
                boolean found = false;
                for (int i = 0; i < folds.length; i++) {
                    found |= folds[i] == f && targets.positive(i, c);
                }
                if (!found) {
                    throw new RunFailed(
                            "The fold \"" + all.get(f) + "\" has no slide" + of(needed.get(c)),
                            "column of folds",
                            "Move slides between the folds, or leave the folds to the node.");
                }
            }
        }
        return folds;
    }
}
