package org.selfdiff.headless.bridge;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.NodeModel;

/** Hidden members of nodes and tables. */
public interface NodeAccess {

    /** Told of progress: the fraction ({@code NaN} if never set) and the last message or {@code null}. */
    @FunctionalInterface
    interface ProgressSink {
        void changed(double fraction, String message);
    }

    HostedModel model(NodeModel model);

    ExecutionContext context(FileStoreFolder stores, ProgressSink progress, BooleanSupplier cancelled);

    BufferedDataTable table(DataTableSpec spec, List<DataRow> rows);
}
