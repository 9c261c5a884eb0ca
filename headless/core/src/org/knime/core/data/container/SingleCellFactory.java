package org.knime.core.data.container;

import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;

/** Makes the cells of one column. */
public abstract class SingleCellFactory extends AbstractCellFactory {

    public SingleCellFactory(DataColumnSpec column) {
        super(column);
    }

    public SingleCellFactory(boolean parallel, DataColumnSpec column) {
        super(parallel, column);
    }

    public SingleCellFactory(boolean parallel, int workers, int queue, DataColumnSpec column) {
        super(parallel, workers, queue, column);
    }

    public DataCell getCell(DataRow row) {
        throw new IllegalStateException(getClass().getName() + " must override one of the methods getCell.");
    }

    /** As {@link #getCell(DataRow)}, with the number of the row from 0. */
    public DataCell getCell(DataRow row, long rowIndex) {
        return getCell(row);
    }

    @Override
    public DataCell[] getCells(DataRow row, long rowIndex) {
        return new DataCell[] {getCell(row, rowIndex)};
    }
}
