package org.selfdiff.nodes.diffusion.scorer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.StringValue;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.PictureSet;

/** Reads a table of pictures: embeddings, names of rows, classes. */
final class PictureSets {
    private PictureSets() {}

    /** Refuses a table without the column of classes. */
    static void requireClasses(final DataTableSpec table, final String column, final String port)
            throws InvalidSettingsException {
        final DataColumnSpec spec = column.isBlank() ? null : table.getColumnSpec(column);
        if (!column.isBlank() && (spec == null || !spec.getType().isCompatible(StringValue.class))) {
            throw new InvalidSettingsException("The table on port \"" + port + "\" has no column of texts called \""
                    + column + "\". Choose a column that both tables have for \"Class\", or none.");
        }
    }

    /**
     * Reads a table.
     *
     * @param name of the set in messages
     * @param chosen column of embeddings, blank for the one that is found
     * @param classColumn column of classes, blank for none
     * @param port name of the input
     */
    static PictureSet read(
            final BufferedDataTable table,
            final String name,
            final String chosen,
            final String classColumn,
            final String port,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<String> rows = new ArrayList<>();
        final List<String> classes = new ArrayList<>();
        final int index = classColumn.isBlank() ? -1 : table.getDataTableSpec().findColumnIndex(classColumn);
        final DataColumnSpec embeddings = column(table, chosen, port);
        // Names of rows come with any column, and the embeddings are the one that takes long to read.
        final int cheap = index < 0 ? another(table.getDataTableSpec(), embeddings.getName()) : index;
        try (CloseableRowIterator all =
                table.filter(TableFilter.materializeCols(cheap)).iterator()) {
            while (all.hasNext()) {
                final DataRow row = all.next();
                rows.add(row.getKey().getString());
                if (index >= 0) {
                    classes.add(text(row.getCell(index), row, classColumn));
                }
            }
        }
        return new PictureSet(
                name,
                EmbeddingColumn.read(table, embeddings, control),
                rows,
                index < 0 ? Optional.empty() : Optional.of(classes));
    }

    /** The first column that is not this one; this one if there is no other. */
    private static int another(final DataTableSpec table, final String name) {
        return table.getNumColumns() > 1 && table.getColumnSpec(0).getName().equals(name) ? 1 : 0;
    }

    private static String text(final DataCell cell, final DataRow row, final String column) throws RunFailed {
        if (cell instanceof StringValue text) {
            return text.getStringValue();
        }
        throw new RunFailed(
                "The picture has no class",
                "row \"" + row.getKey().getString() + "\", column \"" + column + "\"",
                "Filter the row out, fill in the class, or score without classes.");
    }

    /** Configured before; only a table that changed in between can fail here. */
    static DataColumnSpec column(final BufferedDataTable table, final String chosen, final String port)
            throws RunFailed {
        try {
            return EmbeddingColumn.require(table.getDataTableSpec(), chosen, port);
        } catch (InvalidSettingsException e) {
            throw new RunFailed(e.getMessage(), "port \"" + port + "\"", "Configure the node again.", e);
        }
    }
}
