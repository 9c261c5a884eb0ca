package org.selfdiff.nodes.classification.scorer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.nodes.common.NameList;

/**
 * Where truth and predictions stand in a table, found from settings and names.
 *
 * @param classes names in order; empty where a single column of scores leaves them to the truth
 * @param truth columns of the truth: one, or one for each class
 * @param models for each model the columns of its classes, or the one of its scores
 * @param part column of the parts
 * @param group column of what is resampled together
 */
record PredictionColumns(
        List<String> classes,
        List<Integer> truth,
        List<List<Integer>> models,
        Optional<Integer> part,
        Optional<Integer> group) {
    private static final String START = "P (";

    private static final List<String> TRUTH_NAMES =
            List.of("truth", "true class", "target", "class", "label", "labels");

    static PredictionColumns of(final DataTableSpec table, final ClassificationScorerParameters p)
            throws InvalidSettingsException {
        final Optional<Integer> part = column(table, p.partColumn, "Parts");
        final Optional<Integer> group = column(table, p.groupColumn, "Resampled together");
        if (!p.scoreColumn.isBlank()) {
            if (!p.exclusive()) {
                throw new InvalidSettingsException("A single column of scores knows two classes and no further labels."
                        + " Choose no column for \"Score of the second class, or risk\", or one class per row.");
            }
            final List<List<Integer>> models = new ArrayList<>();
            models.add(List.of(column(table, p.scoreColumn, "Score of the second class, or risk")
                    .orElseThrow()));
            column(table, p.secondScoreColumn, "Second model's score or risk")
                    .ifPresent(second -> models.add(List.of(second)));
            return new PredictionColumns(
                    NameList.split(p.classes), List.of(truth(table, p.truthColumn)), models, part, group);
        }
        final Map<String, Integer> first = probabilities(table, p.suffix, p.secondSuffix);
        if (first.size() < (p.exclusive() ? 2 : 1)) {
            throw new InvalidSettingsException("The table on port \"Predictions\" has "
                    + (first.isEmpty() ? "no column" : "one column") + " called \"P (class)" + p.suffix
                    + "\". Append the probabilities of a predictor, set the ending of their names, or choose a column of"
                    + " scores.");
        }
        final List<String> classes = order(first, p.classes);
        final List<List<Integer>> models = new ArrayList<>();
        models.add(classes.stream().map(first::get).toList());
        if (!p.secondSuffix.isEmpty()) {
            models.add(second(probabilities(table, p.secondSuffix, p.suffix), classes, p.secondSuffix));
        }
        return new PredictionColumns(classes, truths(table, p, classes), models, part, group);
    }

    /** Columns of probabilities by class, in the order of the table. */
    private static Map<String, Integer> probabilities(
            final DataTableSpec table, final String suffix, final String other) {
        final String end = ")" + suffix;
        final Map<String, Integer> found = new LinkedHashMap<>();
        for (int i = 0; i < table.getNumColumns(); i++) {
            final DataColumnSpec column = table.getColumnSpec(i);
            final String name = column.getName();
            // An ending that is itself part of the other one must not take the other's columns.
            final boolean others = other.length() > suffix.length() && name.endsWith(")" + other);
            if (name.startsWith(START)
                    && name.endsWith(end)
                    && name.length() > START.length() + end.length()
                    && !others
                    && column.getType().isCompatible(DoubleValue.class)) {
                found.put(name.substring(START.length(), name.length() - end.length()), i);
            }
        }
        return withoutTarget(found);
    }

    /** KNIME's predictors write P (target=class); what stands before the sign is the same in all of them. */
    private static Map<String, Integer> withoutTarget(final Map<String, Integer> found) {
        final HashSet<String> targets = new HashSet<>();
        found.keySet().forEach(name -> targets.add(name.contains("=") ? name.substring(0, name.indexOf('=')) : ""));
        if (targets.size() != 1 || targets.contains("")) {
            return found;
        }
        final Map<String, Integer> classes = new LinkedHashMap<>();
        found.forEach((name, column) -> classes.put(name.substring(name.indexOf('=') + 1), column));
        return classes;
    }

    private static List<String> order(final Map<String, Integer> found, final String chosen)
            throws InvalidSettingsException {
        final List<String> names = NameList.split(chosen);
        if (names.isEmpty()) {
            return List.copyOf(found.keySet());
        }
        if (names.size() != found.size() || !found.keySet().equals(new HashSet<>(names))) {
            throw new InvalidSettingsException("Setting \"Classes\" names " + names
                    + ", but there are columns of probabilities for " + found.keySet()
                    + ". Name each of these once, or leave the setting empty.");
        }
        return names;
    }

    private static List<Integer> second(
            final Map<String, Integer> found, final List<String> classes, final String suffix)
            throws InvalidSettingsException {
        if (!found.keySet().equals(new HashSet<>(classes))) {
            throw new InvalidSettingsException(
                    "The second model has columns of probabilities that end with \")" + suffix
                            + "\" for " + found.keySet() + ", the first one for " + classes
                            + ". Both must know the same classes; check the ending of the second model's columns.");
        }
        return classes.stream().map(found::get).toList();
    }

    private static List<Integer> truths(
            final DataTableSpec table, final ClassificationScorerParameters p, final List<String> classes)
            throws InvalidSettingsException {
        final boolean each = !p.exclusive()
                && p.truthColumn.isBlank()
                && classes.stream().allMatch(name -> table.findColumnIndex(name) >= 0);
        return each ? classes.stream().map(table::findColumnIndex).toList() : List.of(truth(table, p.truthColumn));
    }

    /** The column of the truth: the chosen one, or the one that is called so. */
    static int truth(final DataTableSpec table, final String chosen) throws InvalidSettingsException {
        final Optional<Integer> column = column(table, chosen, "Truth");
        if (column.isPresent()) {
            return column.get();
        }
        for (final String name : TRUTH_NAMES) {
            for (int i = 0; i < table.getNumColumns(); i++) {
                if (table.getColumnSpec(i).getName().equalsIgnoreCase(name)) {
                    return i;
                }
            }
        }
        throw new InvalidSettingsException("No column of the table on port \"Predictions\" is called Truth, True class,"
                + " Target, Class or Label. Choose the column with the true class in the dialog.");
    }

    static Optional<Integer> column(final DataTableSpec table, final String name, final String setting)
            throws InvalidSettingsException {
        if (name.isBlank()) {
            return Optional.empty();
        }
        final int index = table.findColumnIndex(name);
        if (index < 0) {
            throw new InvalidSettingsException("The table on port \"Predictions\" has no column \"" + name
                    + "\". Choose another one for \"" + setting + "\" in the dialog.");
        }
        return Optional.of(index);
    }
}
