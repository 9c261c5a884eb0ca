package org.selfdiff.nodes.bags.learner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.knime.core.data.BooleanValue;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.selfdiff.model.ModelTask.Bags.Target;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.BagTargets;

/**
 * What is true of each bag.
 *
 * @param targets for training
 * @param cells for the table of predictions
 * @param folds of the bags where a column says so
 */
record BagTruth(BagTargets targets, List<List<DataCell>> cells, Optional<List<String>> folds) {

    static BagTruth of(final TruthRows truth, final MilLearnerParameters p, final TruthColumns columns)
            throws RunFailed {
        final List<DataRow> rows = truth.rows();
        final DataTableSpec table = truth.table();
        final Optional<List<String>> folds = columns.fold().isPresent()
                ? Optional.of(texts(rows, table, columns.fold().get()))
                : Optional.empty();
        final List<List<DataCell>> cells = new ArrayList<>();
        final BagTargets targets =
                switch (p.kind()) {
                    case CLASS -> classes(rows, table, columns, p, cells);
                    case LABELS -> labels(rows, table, columns, p, cells);
                    case REGRESSION -> numbers(rows, table, columns, cells);
                    case SURVIVAL -> survival(rows, table, columns, cells);
                };
        return new BagTruth(targets, cells, folds);
    }

    private static BagTargets classes(
            final List<DataRow> rows,
            final DataTableSpec table,
            final TruthColumns columns,
            final MilLearnerParameters p,
            final List<List<DataCell>> cells)
            throws RunFailed {
        final List<String> labels = texts(rows, table, columns.truth().get(0));
        final List<String> names = order(new TreeSet<>(labels), p);
        labels.forEach(label -> cells.add(List.of(new StringCell(label))));
        return BagTargets.classes(
                names, labels.stream().mapToInt(names::indexOf).toArray());
    }

    private static BagTargets labels(
            final List<DataRow> rows,
            final DataTableSpec table,
            final TruthColumns columns,
            final MilLearnerParameters p,
            final List<List<DataCell>> cells)
            throws RunFailed {
        final List<Set<String>> each = new ArrayList<>();
        final Set<String> all = new TreeSet<>();
        for (final DataRow row : rows) {
            final Set<String> own = several(row, table, columns.truth().get(0), p);
            each.add(own);
            all.addAll(own);
        }
        final List<String> names = order(all, p);
        if (names.isEmpty()) {
            throw new RunFailed("No row has a label", "column of labels", "Choose the column that holds the labels.");
        }
        final double[][] values = new double[rows.size()][names.size()];
        for (int i = 0; i < values.length; i++) {
            for (final String label : each.get(i)) {
                values[i][names.indexOf(label)] = 1;
            }
            cells.add(List.of(new StringCell(String.join(p.labelSeparator, each.get(i)))));
        }
        return new BagTargets(Target.LABELS, names, values);
    }

    private static Set<String> several(
            final DataRow row, final DataTableSpec table, final int column, final MilLearnerParameters p)
            throws RunFailed {
        final Set<String> own = new LinkedHashSet<>();
        if (row.getCell(column) instanceof CollectionDataValue list) {
            list.forEach(cell -> own.add(cell.toString().strip()));
        } else {
            for (final String one : text(row, table, column).split(Pattern.quote(p.labelSeparator))) {
                own.add(one.strip());
            }
        }
        own.removeIf(name -> name.isEmpty() || name.equals(p.noLabel));
        return own;
    }

    private static BagTargets numbers(
            final List<DataRow> rows,
            final DataTableSpec table,
            final TruthColumns columns,
            final List<List<DataCell>> cells)
            throws RunFailed {
        final double[][] values = new double[rows.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new double[] {number(rows.get(i), table, columns.truth().get(0))};
            cells.add(List.of(new DoubleCell(values[i][0])));
        }
        return new BagTargets(Target.REGRESSION, List.of(), values);
    }

    private static BagTargets survival(
            final List<DataRow> rows,
            final DataTableSpec table,
            final TruthColumns columns,
            final List<List<DataCell>> cells)
            throws RunFailed {
        final double[][] values = new double[rows.size()][];
        for (int i = 0; i < values.length; i++) {
            final double time = number(rows.get(i), table, columns.truth().get(0));
            if (time < 0) {
                throw failed(
                        rows.get(i), table, columns.truth().get(0), "The time is " + time, "Times are 0 and above.");
            }
            final boolean event = flag(rows.get(i), table, columns.truth().get(1));
            values[i] = new double[] {time, event ? 1 : 0};
            cells.add(List.of(new DoubleCell(time), new IntCell(event ? 1 : 0)));
        }
        return new BagTargets(Target.SURVIVAL, List.of(), values);
    }

    /** As the setting says, else by name. */
    private static List<String> order(final Set<String> found, final MilLearnerParameters p) throws RunFailed {
        final List<String> chosen = p.classNames();
        if (chosen.isEmpty()) {
            return List.copyOf(found);
        }
        if (!new HashSet<>(chosen).equals(found) || chosen.size() != found.size()) {
            throw new RunFailed(
                    "The classes are " + found + ", the setting names " + chosen,
                    "setting \"Classes\"",
                    "Name each class once, or leave the setting empty.");
        }
        return chosen;
    }

    private static List<String> texts(final List<DataRow> rows, final DataTableSpec table, final int column)
            throws RunFailed {
        final List<String> texts = new ArrayList<>();
        for (final DataRow row : rows) {
            texts.add(text(row, table, column));
        }
        return texts;
    }

    private static String text(final DataRow row, final DataTableSpec table, final int column) throws RunFailed {
        final DataCell cell = row.getCell(column);
        if (cell.isMissing()) {
            throw failed(
                    row,
                    table,
                    column,
                    "The label is missing",
                    "Give every slide a label, or filter the rows without one out.");
        }
        if (cell instanceof StringValue value) {
            return value.getStringValue().strip();
        }
        if (cell instanceof BooleanValue value) {
            return Boolean.toString(value.getBooleanValue());
        }
        if (cell instanceof DoubleValue value && value.getDoubleValue() == Math.rint(value.getDoubleValue())) {
            return Long.toString((long) value.getDoubleValue());
        }
        return cell.toString();
    }

    private static double number(final DataRow row, final DataTableSpec table, final int column) throws RunFailed {
        final DataCell cell = row.getCell(column);
        if (cell instanceof DoubleValue value && Double.isFinite(value.getDoubleValue())) {
            return value.getDoubleValue();
        }
        throw failed(
                row,
                table,
                column,
                cell.isMissing() ? "The number is missing" : "There is " + cell + ", not a finite number",
                "Fill it in, or filter the slide out.");
    }

    private static boolean flag(final DataRow row, final DataTableSpec table, final int column) throws RunFailed {
        final String text = text(row, table, column);
        if (text.equals("1") || text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equals("0") || text.equalsIgnoreCase("false")) {
            return false;
        }
        throw failed(
                row,
                table,
                column,
                "The event is \"" + text + "\", neither yes nor no",
                "Write 1 or true for an event, 0 or false for none until then.");
    }

    private static RunFailed failed(
            final DataRow row, final DataTableSpec table, final int column, final String what, final String remedy) {
        return new RunFailed(
                what,
                "column \"" + table.getColumnSpec(column).getName() + "\", row \""
                        + row.getKey().getString() + "\"",
                remedy);
    }
}
