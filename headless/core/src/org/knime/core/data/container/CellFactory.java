package org.knime.core.data.container;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.RowKey;
import org.knime.core.node.ExecutionMonitor;

/** Makes the cells of new columns, row by row. */
public interface CellFactory {

    DataColumnSpec[] getColumnSpecs();

    default DataCell[] getCells(DataRow row) {
        throw new IllegalStateException(getClass().getName() + " must override one of the methods getCells.");
    }

    /** As {@link #getCells(DataRow)}, with the number of the row from 0. */
    default DataCell[] getCells(DataRow row, long rowIndex) {
        return getCells(row);
    }

    /** Reports the row that was done. */
    @Deprecated
    void setProgress(int row, int rows, RowKey last, ExecutionMonitor exec);

    default void setProgress(long row, long rows, RowKey last, ExecutionMonitor exec) {
        setProgress((int) row, (int) rows, last, exec);
    }
}
