package org.selfdiff.nodes.bags.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.selfdiff.nodes.common.BagTable;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;

/**
 * The row that says what is true of each bag: one of its tiles', all of which must say the same, or one of a table of
 * labels.
 *
 * @param table of the rows
 * @param rows of the bags, in their order
 */
record TruthRows(DataTableSpec table, List<DataRow> rows) {
    private static final List<String> SLIDE_NAMES =
            List.of("slide", "slide_id", "slide id", "image", "file", "filename", "name");

    private static final List<String> PATIENT_NAMES =
            List.of("patient", "patient_id", "patient id", "case", "case_id", "case id", "group");

    private static final int SHOWN = 3;

    /**
     * From the tiles.
     *
     * @param columns that must say the same for all tiles of a bag
     */
    static TruthRows ofTiles(
            final BufferedDataTable tiles, final BagTable bags, final String unit, final List<Integer> columns)
            throws RunFailed {
        final DataRow[] first = new DataRow[bags.bags().size()];
        int i = 0;
        for (final DataRow row : tiles) {
            final int bag = bags.bagOfRow()[i++];
            if (first[bag] == null) {
                first[bag] = row;
            }
            requireSame(bags.bags().get(bag), unit, tiles.getDataTableSpec(), columns, first[bag], row);
        }
        return new TruthRows(tiles.getDataTableSpec(), List.of(first));
    }

    private static void requireSame(
            final Bag bag,
            final String unit,
            final DataTableSpec table,
            final List<Integer> columns,
            final DataRow one,
            final DataRow other)
            throws RunFailed {
        for (final int column : columns) {
            final DataCell there = one.getCell(column);
            final DataCell here = other.getCell(column);
            if (!there.equals(here)) {
                throw new RunFailed(
                        "A " + unit + " has two labels, \"" + there + "\" and \"" + here + "\"",
                        unit + " " + bag.name() + ", rows \"" + one.getKey().getString() + "\" and \""
                                + other.getKey().getString() + "\", column \""
                                + table.getColumnSpec(column).getName() + "\"",
                        "Choose a column that says the same for all tiles of a " + unit + ".");
            }
        }
    }

    /**
     * From a table of labels; slides are found by their names, with or without folder and extension.
     *
     * @param slideColumn column of slides; blank to look for one by its name
     * @param patientColumn the same of patients
     * @param columns that must say the same in all rows of a bag
     */
    static TruthRows ofLabels(
            final BufferedDataTable labels,
            final BagTable bags,
            final String unit,
            final String slideColumn,
            final String patientColumn,
            final List<Integer> columns,
            final RunControl control)
            throws RunFailed {
        final DataTableSpec table = labels.getDataTableSpec();
        final Optional<Integer> slide = column(table, slideColumn, SLIDE_NAMES);
        final Optional<Integer> patient = column(table, patientColumn, PATIENT_NAMES);
        if (slide.isEmpty() && patient.isEmpty()) {
            throw new RunFailed(
                    "The table of labels has no column of slides or patients",
                    "port \"Labels\"",
                    "Choose it in the setting \"Slide column\" or \"Patient column\".");
        }
        final Map<String, List<DataRow>> bySlide = new LinkedHashMap<>();
        final Map<String, List<DataRow>> byPatient = new LinkedHashMap<>();
        for (final DataRow row : labels) {
            if (slide.isPresent() && !row.getCell(slide.get()).isMissing()) {
                final String name = text(row.getCell(slide.get()));
                for (final String form : new LinkedHashSet<>(List.of(name, file(name), stem(name)))) {
                    bySlide.computeIfAbsent(form, k -> new ArrayList<>()).add(row);
                }
            } else if (patient.isPresent() && !row.getCell(patient.get()).isMissing()) {
                byPatient
                        .computeIfAbsent(text(row.getCell(patient.get())), k -> new ArrayList<>())
                        .add(row);
            }
        }
        final List<DataRow> rows = new ArrayList<>();
        final List<String> without = new ArrayList<>();
        final Set<String> used = new LinkedHashSet<>();
        for (int b = 0; b < bags.bags().size(); b++) {
            final Bag bag = bags.bags().get(b);
            final List<DataRow> found = new ArrayList<>();
            for (final String name : bags.slides().get(b)) {
                found.addAll(found(bySlide, name));
            }
            if (found.isEmpty()) {
                found.addAll(byPatient.getOrDefault(bag.patient(), List.of()));
            }
            for (final DataRow row : found) {
                requireSame(bag, unit, table, columns, found.get(0), row);
                used.add(row.getKey().getString());
            }
            if (found.isEmpty()) {
                without.add(bag.name());
            } else {
                rows.add(found.get(0));
            }
        }
        if (!without.isEmpty()) {
            throw new RunFailed(
                    without.size() + " " + unit + "s have no label: " + shown(without),
                    "table of labels",
                    "Add their rows, correct the names, or filter their tiles out.");
        }
        final List<String> idle = new ArrayList<>();
        for (final DataRow row : labels) {
            if (!used.contains(row.getKey().getString())) {
                idle.add("row \"" + row.getKey().getString() + "\"");
            }
        }
        if (!idle.isEmpty()) {
            control.warn(idle.size() + " labels are of no " + unit + " that has tiles: " + shown(idle)
                    + ". They are left out.");
        }
        return new TruthRows(table, rows);
    }

    private static String shown(final List<String> names) {
        return String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
                + (names.size() > SHOWN ? ", ..." : "");
    }

    private static List<DataRow> found(final Map<String, List<DataRow>> bySlide, final String image) {
        for (final String form : List.of(image, file(image), stem(image))) {
            if (bySlide.containsKey(form)) {
                return bySlide.get(form);
            }
        }
        return List.of();
    }

    private static String file(final String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private static String stem(final String name) {
        final String file = file(name);
        final int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    private static String text(final DataCell cell) {
        return cell instanceof StringValue value ? value.getStringValue().strip() : cell.toString();
    }

    private static Optional<Integer> column(final DataTableSpec table, final String chosen, final List<String> names) {
        if (!chosen.isBlank()) {
            return Optional.of(table.findColumnIndex(chosen)).filter(i -> i >= 0);
        }
        final String[] all = table.getColumnNames();
        return names.stream()
                .map(name ->
                        Arrays.stream(all).map(String::toLowerCase).toList().indexOf(name))
                .filter(i -> i >= 0)
                .findFirst();
    }
}
