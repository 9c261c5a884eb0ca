package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.selfdiff.imaging.draw.Colours;
import org.selfdiff.model.ModelClass;
import org.selfdiff.run.RunFailed;

/**
 * The true classes of rows.
 *
 * @param classes names, in the order of a network's outputs
 * @param multiLabel whether a row may be of several classes at once, or of none; else it is of exactly one
 * @param rows for each row, whether it is of each class; not copied, and not to be changed
 */
public record Labels(List<String> classes, boolean multiLabel, List<boolean[]> rows) {

    /** Copies the lists. */
    public Labels {
        classes = List.copyOf(classes);
        rows = List.copyOf(rows);
        for (final boolean[] row : rows) {
            int present = 0;
            for (final boolean is : row) {
                present += is ? 1 : 0;
            }
            if (row.length != classes.size() || !multiLabel && present != 1) {
                throw new IllegalArgumentException(Arrays.toString(row) + " of the classes " + classes);
            }
        }
    }

    /** Number of rows. */
    public int count() {
        return rows.size();
    }

    /** Number of rows of a class. */
    public int count(final int k) {
        return (int) rows.stream().filter(row -> row[k]).count();
    }

    /** Some of the rows. */
    public Labels at(final List<Integer> chosen) {
        return new Labels(classes, multiLabel, chosen.stream().map(rows::get).toList());
    }

    /** These rows, then those of others, who have the same classes. */
    public Labels and(final Labels others) {
        if (!others.classes.equals(classes) || others.multiLabel != multiLabel) {
            throw new IllegalArgumentException(classes + " and " + others.classes);
        }
        final List<boolean[]> all = new ArrayList<>(rows);
        all.addAll(others.rows);
        return new Labels(classes, multiLabel, all);
    }

    /** The class of a row where a row has exactly one. */
    public int of(final int row) {
        int k = 0;
        while (!rows.get(row)[k]) {
            k++;
        }
        return k;
    }

    /** Whether each row is of a class. */
    public boolean[] column(final int k) {
        final boolean[] column = new boolean[rows.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = rows.get(i)[k];
        }
        return column;
    }

    /**
     * Refuses what cannot be learnt from.
     *
     * @param table what messages call the rows
     * @throws RunFailed when there are too few classes, or too few rows with or without one
     */
    public void requireLearnable(final String table) throws RunFailed {
        if (classes.size() < (multiLabel ? 1 : 2)) {
            throw new RunFailed(
                    "There are pictures of "
                            + (classes.isEmpty() ? "no class" : "the class " + classes.get(0) + " only"),
                    table,
                    "Give pictures of at least two classes, and check the column of labels.");
        }
        if (new HashSet<>(classes).size() < classes.size()) {
            throw new RunFailed("A class is named twice: " + classes, "setting \"Classes\"", "Name each class once.");
        }
        for (int k = 0; k < classes.size(); k++) {
            require(count(k), "of", classes.get(k), rows, k, true, table);
            if (multiLabel) {
                require(count() - count(k), "without", classes.get(k), rows, k, false, table);
            }
        }
    }

    private static void require(
            final int found,
            final String how,
            final String name,
            final List<boolean[]> rows,
            final int k,
            final boolean wanted,
            final String table)
            throws RunFailed {
        if (found >= 2) {
            return;
        }
        int row = 0;
        while (row < rows.size() && rows.get(row)[k] != wanted) {
            row++;
        }
        throw new RunFailed(
                "There is " + (found == 0 ? "no picture " : "one picture ") + how + " the class \"" + name + "\"",
                table + (found == 0 ? "" : ", row " + (row + 1)),
                "Give at least two, or leave the class out.");
    }

    /**
     * How much a row counts for a class.
     *
     * @param present where it is of the class
     * @param absent where it is not; without meaning where each row has exactly one class
     */
    public record ClassWeights(double[] present, double[] absent) {}

    /**
     * Weights of the classes.
     *
     * @param balanced whether all classes count alike however many rows they have: n / (classes * n of the class), with
     *     several labels n / (2 n with) and n / (2 n without); else everything counts 1
     */
    public ClassWeights weights(final boolean balanced) {
        final double[] present = new double[classes.size()];
        final double[] absent = new double[classes.size()];
        Arrays.fill(present, 1);
        Arrays.fill(absent, 1);
        for (int k = 0; balanced && k < present.length; k++) {
            final double of = count(k);
            present[k] = of == 0 ? 0 : count() / (of * (multiLabel ? 2 : present.length));
            absent[k] = of == count() ? 0 : count() / (2 * (count() - of));
        }
        return new ClassWeights(present, absent);
    }

    /** The classes as a card names them. */
    List<ModelClass> modelClasses() {
        final List<ModelClass> all = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            all.add(new ModelClass(classes.get(i), Colours.ofClass(i + 1)));
        }
        return all;
    }

    /** What tells these labels from others. */
    String fingerprint() {
        int hash = 1;
        for (final boolean[] row : rows) {
            hash = 31 * hash + Arrays.hashCode(row);
        }
        return rows.size() + " rows, " + Integer.toHexString(hash);
    }
}
