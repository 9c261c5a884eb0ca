package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DataValue;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.run.RunFailed;

/** Names, types and typed access of the columns by which the nodes hand things to each other. */
final class Columns {
    private Columns() {}

    /** A column as an output table declares it. */
    static DataColumnSpec column(final String name, final DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    /** Refuses a table that lacks a column or has it in another type; says all that is wrong at once. */
    static void require(final DataTableSpec table, final String port, final String maker, final List<Need> needs)
            throws InvalidSettingsException {
        final List<String> wrong = new ArrayList<>();
        for (final Need need : needs) {
            final int index = table.findColumnIndex(need.name);
            if (index < 0) {
                wrong.add("\"" + need.name + "\" is missing");
            } else if (!table.getColumnSpec(index).getType().isCompatible(need.type)) {
                wrong.add("\"" + need.name + "\" is of type "
                        + table.getColumnSpec(index).getType().getName());
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidSettingsException("The table on port \"" + port + "\" lacks columns: "
                    + String.join(", ", wrong) + ". Connect the output of a " + maker + ".");
        }
    }

    /** A column that a node needs. */
    record Need(String name, Class<? extends DataValue> type) {}

    /** The cell's value, or an error that names row and column when it is missing. */
    static <V extends DataValue> V value(
            final DataRow row, final DataTableSpec spec, final String column, final Class<V> type) throws RunFailed {
        final DataCell cell = row.getCell(spec.findColumnIndex(column));
        if (cell.isMissing()) {
            throw new RunFailed(
                    "A cell of column \"" + column + "\" is missing",
                    "row \"" + row.getKey().getString() + "\"",
                    "Filter the row out, or fill in the value.");
        }
        return type.cast(cell);
    }

    /**
     * Refuses columns that may be absent but are there in another type. Whoever made them has meant something else by
     * their name.
     */
    static void requireIfThere(final DataTableSpec table, final String port, final List<Need> needs)
            throws InvalidSettingsException {
        for (final Need need : needs) {
            final int index = table.findColumnIndex(need.name);
            if (index >= 0 && !table.getColumnSpec(index).getType().isCompatible(need.type)) {
                throw new InvalidSettingsException("Column \"" + need.name + "\" on port \"" + port
                        + "\" is of type "
                        + table.getColumnSpec(index).getType().getName()
                        + ", and the nodes for tiles keep something else under this name. Rename the column, for"
                        + " instance with KNIME's Column Renamer.");
            }
        }
    }

    /** Whether the table has the column and its cell in this row is not missing. */
    static boolean has(final DataRow row, final DataTableSpec spec, final String column) {
        final int index = spec.findColumnIndex(column);
        return index >= 0 && !row.getCell(index).isMissing();
    }

    /** As {@link #has(DataRow, DataTableSpec, String)}; a column of another type counts as one of the user's own. */
    static boolean has(
            final DataRow row, final DataTableSpec spec, final String column, final Class<? extends DataValue> type) {
        return has(row, spec, column) && spec.getColumnSpec(column).getType().isCompatible(type);
    }
}
