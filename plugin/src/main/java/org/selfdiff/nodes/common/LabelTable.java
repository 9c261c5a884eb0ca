package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.node.BufferedDataTable;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.classification.Labels;

/**
 * The true classes of a table's rows.
 *
 * @param labels of the rows that have any
 * @param rows numbers of these rows
 * @param all number of all rows
 */
public record LabelTable(Labels labels, List<Integer> rows, int all) {

    /**
     * Reads the classes of all rows.
     *
     * @throws RunFailed naming the row that has none, or one that is not among the classes
     */
    public static LabelTable read(final BufferedDataTable table, final LabelParameters p) throws RunFailed {
        return read(table, p, NameList.split(p.classes), false);
    }

    /**
     * Reads the classes of the rows of another table.
     *
     * @param classes all that there may be
     * @param gaps whether rows without a class are left out; else they are refused
     * @throws RunFailed naming the row
     */
    public static LabelTable read(
            final BufferedDataTable table, final LabelParameters p, final List<String> classes, final boolean gaps)
            throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        final List<List<String>> found = new ArrayList<>();
        final List<Integer> rows = new ArrayList<>();
        int number = 0;
        for (final DataRow row : table) {
            final Optional<List<String>> names = p.byColumns() ? flags(row, spec, p) : names(row, spec, p);
            if (names.isPresent()) {
                found.add(names.get());
                rows.add(number);
            } else if (!gaps) {
                throw new RunFailed(
                        "The tile has no label",
                        "column \"" + p.name(spec) + "\", row \"" + row.getKey().getString() + "\"",
                        "Give every tile a label, or filter the rows without one out.");
            }
            number++;
        }
        final List<String> known = classes.isEmpty() ? sorted(found) : classes;
        final List<boolean[]> is = new ArrayList<>();
        int at = 0;
        for (final DataRow row : table) {
            if (is.size() < rows.size() && rows.get(is.size()) == at) {
                is.add(row(found.get(is.size()), known, row, p.name(spec)));
            }
            at++;
        }
        return new LabelTable(new Labels(known, p.multiLabel(), is), rows, number);
    }

    private static List<String> sorted(final List<List<String>> found) {
        final TreeSet<String> all = new TreeSet<>();
        found.forEach(all::addAll);
        return List.copyOf(all);
    }

    private static boolean[] row(
            final List<String> names, final List<String> classes, final DataRow row, final String column)
            throws RunFailed {
        final boolean[] is = new boolean[classes.size()];
        for (final String name : names) {
            final int k = classes.indexOf(name);
            if (k < 0) {
                throw new RunFailed(
                        "The label \"" + name + "\" is none of the classes " + String.join(", ", classes),
                        "column \"" + column + "\", row \"" + row.getKey().getString() + "\"",
                        "Correct the label or the names of the classes, or filter the row out.");
            }
            is[k] = true;
        }
        return is;
    }

    /** The labels of a row; empty if the cell is missing. */
    private static Optional<List<String>> names(final DataRow row, final DataTableSpec spec, final LabelParameters p) {
        final DataCell cell = row.getCell(spec.findColumnIndex(p.name(spec)));
        if (cell.isMissing()) {
            return Optional.empty();
        }
        if (!p.multiLabel()) {
            final String name = cell.toString().strip();
            return name.isEmpty() ? Optional.empty() : Optional.of(List.of(name));
        }
        final List<String> names = new ArrayList<>();
        if (cell instanceof CollectionDataValue collection) {
            collection.forEach(element -> names.add(element.toString().strip()));
        } else {
            for (final String name : cell.toString().split(Pattern.quote(p.separator))) {
                names.add(name.strip());
            }
        }
        names.removeIf(name -> name.isEmpty() || name.equals(p.noLabel));
        return Optional.of(names);
    }

    private static Optional<List<String>> flags(final DataRow row, final DataTableSpec spec, final LabelParameters p)
            throws RunFailed {
        final List<String> names = new ArrayList<>();
        for (final String name : NameList.split(p.classes)) {
            final DataCell cell = row.getCell(spec.findColumnIndex(name));
            final String text = cell.isMissing() ? "" : cell.toString();
            if (text.equals("1") || text.equals("1.0") || text.equalsIgnoreCase("true")) {
                names.add(name);
            } else if (!text.equals("0") && !text.equals("0.0") && !text.equalsIgnoreCase("false")) {
                throw new RunFailed(
                        "The cell holds " + (text.isEmpty() ? "nothing" : "\"" + text + "\"") + ", not 0 or 1",
                        "column \"" + name + "\", row \"" + row.getKey().getString() + "\"",
                        "Fill in 0 or 1, or filter the row out.");
            }
        }
        return Optional.of(names);
    }
}
