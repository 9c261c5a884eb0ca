package org.knime.core.data;

import java.io.Serializable;
import org.knime.core.data.collection.CollectionDataValue;

/** An immutable value of a table. */
public abstract class DataCell implements DataValue, Serializable {

    private static final long serialVersionUID = 1L;

    public final DataType getType() {
        if (isMissing()) {
            return DataType.MISSING;
        }
        return this instanceof CollectionDataValue collection
                ? DataType.getType(getClass(), collection.getElementType())
                : DataType.getType(getClass());
    }

    public boolean isMissing() {
        return false;
    }

    @Override
    public abstract String toString();

    /** Compares with a cell of the same class. */
    protected abstract boolean equalsDataCell(DataCell cell);

    @Override
    public final boolean equals(Object other) {
        return other == this || other instanceof DataCell cell && getClass() == cell.getClass() && equalsDataCell(cell);
    }

    @Override
    public abstract int hashCode();
}
