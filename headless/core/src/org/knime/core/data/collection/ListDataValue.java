package org.knime.core.data.collection;

import org.knime.core.data.DataCell;

/** A cell that holds cells in an order. */
public interface ListDataValue extends CollectionDataValue {

    DataCell get(int index);
}
