package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.data.collection.ListDataValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;

/** The column that says which rows a condition or a synthetic picture was made from: row IDs, or lists of them. */
public final class SourceColumn {
    /** What a Condition Sampler calls it. */
    public static final String NAME = "Sources";

    private SourceColumn() {}

    /** Refuses a table without the column that was chosen. */
    public static void require(final DataTableSpec table, final String column, final String port)
            throws InvalidSettingsException {
        if (!column.isBlank() && (!table.containsName(column) || !holdsSources(table.getColumnSpec(column)))) {
            throw new InvalidSettingsException("The table on port \"" + port + "\" has no column \"" + column
                    + "\" of row IDs or lists of them. Choose another one for \"" + NAME
                    + "\", for instance that of a Condition Sampler.");
        }
    }

    private static boolean holdsSources(final DataColumnSpec column) {
        return column.getType().isCompatible(StringValue.class)
                || column.getType().isCompatible(ListDataValue.class)
                        && column.getType().getCollectionElementType().isCompatible(StringValue.class);
    }

    /**
     * Which rows each row was made from, the first one foremost; empty if no column says so.
     *
     * @param chosen column, blank for the one that is called as a Condition Sampler calls it
     */
    public static Optional<List<List<String>>> read(final BufferedDataTable table, final String chosen) {
        final DataTableSpec spec = table.getDataTableSpec();
        final int index = spec.findColumnIndex(chosen.isBlank() ? NAME : chosen);
        if (index < 0 || !holdsSources(spec.getColumnSpec(index))) {
            return Optional.empty();
        }
        final List<List<String>> sources = new ArrayList<>();
        try (CloseableRowIterator all =
                table.filter(TableFilter.materializeCols(index)).iterator()) {
            while (all.hasNext()) {
                final DataRow row = all.next();
                sources.add(names(row.getCell(index)));
            }
        }
        return Optional.of(sources);
    }

    /** None for what was made from a whole label. */
    private static List<String> names(final DataCell cell) {
        if (cell instanceof StringValue text) {
            return List.of(text.getStringValue());
        }
        final List<String> names = new ArrayList<>();
        if (cell instanceof ListDataValue list) {
            for (final DataCell element : list) {
                if (element instanceof StringValue text) {
                    names.add(text.getStringValue());
                }
            }
        }
        return names;
    }
}
