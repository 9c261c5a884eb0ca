package org.selfdiff.nodes.common;

import java.util.function.IntPredicate;
import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/** The rows of a table, read once and in order, a few of them left out. */
public final class Rows implements AutoCloseable {
    private static final int ROWS_BETWEEN_CHECKS = 1000;

    private final CloseableRowIterator rows;

    private int next;

    private DataRow current;

    /** Starts before the first row. */
    public Rows(final BufferedDataTable table) {
        rows = table.iterator();
    }

    /**
     * Goes on to a row.
     *
     * @param index number of the row from 0, not before the last one that was asked for
     */
    public DataRow at(final int index) {
        while (next <= index) {
            current = rows.next();
            next++;
        }
        return current;
    }

    @Override
    public void close() {
        rows.close();
    }

    /** The rows that are chosen by their number, with their IDs and all columns; the table itself if that is all of them. */
    public static BufferedDataTable keep(
            final ExecutionContext exec,
            final BufferedDataTable table,
            final IntPredicate chosen,
            final RunControl control)
            throws RunCancelled {
        boolean all = true;
        for (int i = 0; i < table.size() && all; i++) {
            all = chosen.test(i);
        }
        if (all) {
            return table;
        }
        final BufferedDataContainer container = exec.createDataContainer(table.getDataTableSpec());
        try (CloseableRowIterator rows = table.iterator()) {
            for (int i = 0; rows.hasNext(); i++) {
                if (i % ROWS_BETWEEN_CHECKS == 0) {
                    control.checkCancelled();
                }
                final DataRow row = rows.next();
                if (chosen.test(i)) {
                    container.addRowToTable(row);
                }
            }
        }
        container.close();
        return container.getTable();
    }
}
