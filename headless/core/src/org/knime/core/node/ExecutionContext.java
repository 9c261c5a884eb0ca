package org.knime.core.node;

import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.ColumnRearranger;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreKey;
import org.selfdiff.headless.bridge.Bridges;
import org.selfdiff.headless.bridge.FileStoreFolder;
import org.selfdiff.headless.bridge.RearrangerAccess;

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

    /** The rows of a table with columns left out, moved, replaced or added. */
    public BufferedDataTable createColumnRearrangeTable(
            BufferedDataTable table, ColumnRearranger rearranger, ExecutionMonitor monitor)
            throws CanceledExecutionException {
        RearrangerAccess.Rows rows = Bridges.rearrangers().rows(rearranger, table.getDataTableSpec());
        BufferedDataContainer container = createDataContainer(rearranger.createSpec());
        long index = 0;
        for (DataRow row : table) {
            monitor.checkCanceled();
            container.addRowToTable(rows.next(row, index++, table.size(), monitor));
        }
        rows.end();
        container.close();
        return container.getTable();
    }

    /** The same rows under other names or with other properties of the columns. */
    public BufferedDataTable createSpecReplacerTable(BufferedDataTable table, DataTableSpec spec) {
        BufferedDataContainer container = createDataContainer(spec);
        table.forEach(container::addRowToTable);
        container.close();
        return container.getTable();
    }

    /** Two tables side by side; they must have the same row keys in the same order and no column name in common. */
    public BufferedDataTable createJoinedTable(
            BufferedDataTable left, BufferedDataTable right, ExecutionMonitor monitor)
            throws CanceledExecutionException {
        BufferedDataContainer container =
                createDataContainer(new DataTableSpec(left.getDataTableSpec(), right.getDataTableSpec()));
        if (left.size() != right.size()) {
            throw new IllegalArgumentException(
                    "Tables of " + left.size() + " and " + right.size() + " rows cannot stand side by side.");
        }
        Iterator<DataRow> others = right.iterator();
        for (DataRow row : left) {
            monitor.checkCanceled();
            DataRow other = others.next();
            if (!row.getKey().equals(other.getKey())) {
                throw new IllegalArgumentException("Row \"" + row.getKey() + "\" stands beside row \"" + other.getKey()
                        + "\"; tables side by side need the same keys in the same order.");
            }
            container.addRowToTable(new DefaultRow(
                    row.getKey(), Stream.concat(row.stream(), other.stream()).toArray(DataCell[]::new)));
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
