package org.knime.core.data;

import java.util.Iterator;

/** Walks over the rows of a table. */
public abstract class RowIterator implements Iterator<DataRow> {

    @Override
    public abstract boolean hasNext();

    @Override
    public abstract DataRow next();

    /** Rows cannot be removed. */
    @Override
    public final void remove() {
        throw new UnsupportedOperationException("rows of a table cannot be removed");
    }
}
