package org.knime.core.node;

import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.DataContainer;

/** Collects the rows of a node's output table. */
public class BufferedDataContainer extends DataContainer {

    BufferedDataContainer(DataTableSpec spec) {
        super(spec);
    }

    /** The finished table; the container must be closed. */
    @Override
    public BufferedDataTable getTable() {
        return new BufferedDataTable(super.getTable(), size());
    }
}
