package org.knime.core.data;

/** A way to read a cell. */
public interface DataValue {

    /** The cell itself, freed from lazily loaded parts. */
    default DataCell materializeDataCell() {
        return (DataCell) this;
    }
}
