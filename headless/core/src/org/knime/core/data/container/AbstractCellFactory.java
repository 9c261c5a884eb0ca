package org.knime.core.data.container;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.RowKey;
import org.knime.core.node.ExecutionMonitor;

/** Makes the cells of given columns; rows are done one after another here, also where they may be done in parallel. */
public abstract class AbstractCellFactory implements CellFactory {

    private final DataColumnSpec[] columns;

    public AbstractCellFactory(DataColumnSpec... columns) {
        this.columns = columns.clone();
    }

    public AbstractCellFactory(boolean parallel, DataColumnSpec... columns) {
        this(columns);
    }

    public AbstractCellFactory(boolean parallel, int workers, int queue, DataColumnSpec... columns) {
        this(columns);
    }

    @Override
    public DataColumnSpec[] getColumnSpecs() {
        return columns.clone();
    }

    /** Called after the last row. */
    public void afterProcessing() {
        // nothing to end
    }

    @Override
    @Deprecated
    public void setProgress(int row, int rows, RowKey last, ExecutionMonitor exec) {
        setProgress((long) row, (long) rows, last, exec);
    }

    @Override
    public void setProgress(long row, long rows, RowKey last, ExecutionMonitor exec) {
        exec.setProgress((double) row / rows, () -> "Row " + row + " of " + rows);
    }
}
