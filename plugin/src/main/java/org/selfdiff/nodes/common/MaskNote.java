package org.selfdiff.nodes.common;

import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;

/**
 * What is worth knowing about the masks of held-out pictures, as a property of their column: nodes further down say it
 * before they run, and so before a training in between takes hours.
 */
public final class MaskNote {
    private static final String PROPERTY = "selfdiff.masks.note";

    private MaskNote() {}

    /** The same table with a note, or without the one that it had. */
    public static BufferedDataTable put(
            final ExecutionContext exec, final BufferedDataTable table, final Optional<String> note) {
        final DataTableSpec spec = table.getDataTableSpec();
        if (note.equals(of(spec))) {
            return table;
        }
        final int place = spec.findColumnIndex(TileTable.MASK);
        final DataColumnSpec column = spec.getColumnSpec(place);
        final DataColumnSpecCreator noted = new DataColumnSpecCreator(column);
        noted.setProperties(column.getProperties().cloneAndOverwrite(Map.of(PROPERTY, note.orElse(""))));
        final DataTableSpec other = new DataTableSpecCreator(spec)
                .replaceColumn(place, noted.createSpec())
                .createSpec();
        return exec.createSpecReplacerTable(table, other);
    }

    /** The note of a table, if it has one. */
    public static Optional<String> of(final DataTableSpec table) {
        if (!table.containsName(TileTable.MASK)) {
            return Optional.empty();
        }
        final DataColumnProperties properties =
                table.getColumnSpec(TileTable.MASK).getProperties();
        return Optional.of(properties.getProperty(PROPERTY, "")).filter(note -> !note.isEmpty());
    }
}
