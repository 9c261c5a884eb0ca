package org.selfdiff.nodes.bags.learner;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.nodes.common.BagTable;

/**
 * Where the truth stands in a table.
 *
 * @param truth the column of labels or numbers; for survival, those of time and event
 * @param fold the column of folds
 */
record TruthColumns(List<Integer> truth, Optional<Integer> fold) {

    /**
     * The columns of a table.
     *
     * @param port its name
     */
    static TruthColumns of(final DataTableSpec table, final MilLearnerParameters p, final String port)
            throws InvalidSettingsException {
        final Optional<Integer> fold =
                p.foldColumn.isBlank() ? Optional.empty() : Optional.of(find(table, p.foldColumn, "Fold column", port));
        return switch (p.kind()) {
            case CLASS, LABELS -> new TruthColumns(List.of(label(table, p, port)), fold);
            case REGRESSION -> new TruthColumns(List.of(number(table, label(table, p, port), port)), fold);
            case SURVIVAL -> new TruthColumns(
                    List.of(
                            number(table, find(table, p.timeColumn, "Time column", port), port),
                            find(table, p.eventColumn, "Event column", port)),
                    fold);
        };
    }

    /** All of them. */
    List<Integer> all() {
        return Stream.concat(truth.stream(), fold.stream()).toList();
    }

    private static int label(final DataTableSpec table, final MilLearnerParameters p, final String port)
            throws InvalidSettingsException {
        return find(table, p.labelColumn.isBlank() ? BagTable.guessLabel(table) : p.labelColumn, "Label column", port);
    }

    private static int find(final DataTableSpec table, final String name, final String setting, final String port)
            throws InvalidSettingsException {
        if (name.isBlank() || !table.containsName(name)) {
            throw new InvalidSettingsException("The table on port \"" + port + "\" has no column "
                    + (name.isBlank() ? "of labels" : "\"" + name + "\"")
                    + ". Choose it in the setting \"" + setting + "\".");
        }
        return table.findColumnIndex(name);
    }

    private static int number(final DataTableSpec table, final int column, final String port)
            throws InvalidSettingsException {
        if (!table.getColumnSpec(column).getType().isCompatible(DoubleValue.class)) {
            throw new InvalidSettingsException(
                    "Column \"" + table.getColumnSpec(column).getName() + "\" on port \"" + port
                            + "\" holds no numbers. Choose one that does.");
        }
        return column;
    }
}
