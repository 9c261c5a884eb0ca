package org.selfdiff.headless.bridge;

import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.ColumnRearranger;
import org.knime.core.node.ExecutionMonitor;

/** Hidden members of rearranged columns. */
public interface RearrangerAccess {

    /** Makes the new rows of a table one after another. */
    interface Rows {

        DataRow next(DataRow row, long index, long rows, ExecutionMonitor exec);

        /** After the last row. */
        void end();
    }

    /** Refuses a table of other columns than those that were rearranged. */
    Rows rows(ColumnRearranger rearranger, DataTableSpec table);
}
