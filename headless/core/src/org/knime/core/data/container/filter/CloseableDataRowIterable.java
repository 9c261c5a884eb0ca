package org.knime.core.data.container.filter;

import org.knime.core.data.DataRow;
import org.knime.core.data.container.CloseableRowIterator;

/** Rows that are walked over with an iterator that wants to be closed. */
public interface CloseableDataRowIterable extends Iterable<DataRow> {

    @Override
    CloseableRowIterator iterator();
}
