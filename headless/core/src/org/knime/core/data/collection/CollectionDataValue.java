package org.knime.core.data.collection;

import org.knime.core.data.DataType;
import org.knime.core.data.DataValue;

/** A cell that holds several cells. */
public interface CollectionDataValue extends DataValue, CellCollection {

    /** The narrowest type that all elements have. */
    DataType getElementType();

    int size();
}
