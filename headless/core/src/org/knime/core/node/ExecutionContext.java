package org.knime.core.node;

import java.io.IOException;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreKey;
import org.selfdiff.headless.bridge.Bridges;
import org.selfdiff.headless.bridge.FileStoreFolder;

/** A node's surroundings while it executes: progress, tables and file stores. */
public class ExecutionContext extends ExecutionMonitor {

    private final FileStoreFolder stores;

    ExecutionContext(NodeProgressMonitor monitor, FileStoreFolder stores) {
        super(monitor);
        this.stores = stores;
    }

    public BufferedDataContainer createDataContainer(DataTableSpec spec) {
        return new BufferedDataContainer(spec);
    }

    public BufferedDataContainer createDataContainer(DataTableSpec spec, boolean initDomain) {
        return createDataContainer(spec);
    }

    /** Copies a table; the monitor is told of nothing but asked for cancellation. */
    public BufferedDataTable createBufferedDataTable(DataTable table, ExecutionMonitor monitor)
            throws CanceledExecutionException {
        BufferedDataContainer container = createDataContainer(table.getDataTableSpec());
        for (DataRow row : table) {
            monitor.checkCanceled();
            container.addRowToTable(row);
        }
        container.close();
        return container.getTable();
    }

    /** A table without rows. */
    public BufferedDataTable createVoidTable(DataTableSpec spec) {
        BufferedDataContainer container = createDataContainer(spec);
        container.close();
        return container.getTable();
    }

    public ExecutionContext createSubExecutionContext(double share) {
        return new ExecutionContext(new PartMonitor(getProgressMonitor(), share, false), stores);
    }

    public ExecutionContext createSilentSubExecutionContext(double share) {
        return new ExecutionContext(new PartMonitor(getProgressMonitor(), share, true), stores);
    }

    /** Reserves a file that belongs to this node; names are unique in the node. */
    public FileStore createFileStore(String name) throws IOException {
        FileStoreFolder.Entry entry = stores.add(name);
        FileStoreKey key = new FileStoreKey(entry.id(), entry.index(), null, -1, name);
        return Bridges.fileStores().create(entry.file(), key);
    }
}
