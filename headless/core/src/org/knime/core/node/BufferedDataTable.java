package org.knime.core.node;

import java.util.Iterator;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.swing.JComponent;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.container.filter.CloseableDataRowIterable;
import org.knime.core.data.container.filter.TableFilter;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** A table between nodes; its rows stay in memory. */
public final class BufferedDataTable implements DataTable, PortObject {

    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(BufferedDataTable.class);
    public static final PortType TYPE_OPTIONAL =
            PortTypeRegistry.getInstance().getPortType(BufferedDataTable.class, true);

    private final DataTable rows;
    private final long size;

    BufferedDataTable(DataTable rows, long size) {
        this.rows = rows;
        this.size = size;
    }

    @Override
    public DataTableSpec getDataTableSpec() {
        return rows.getDataTableSpec();
    }

    @Override
    public DataTableSpec getSpec() {
        return getDataTableSpec();
    }

    @Override
    public CloseableRowIterator iterator() {
        Iterator<DataRow> all = rows.iterator();
        return CloseableRowIterator.from(all);
    }

    /** Some of the rows, some of their cells; to read a cell that was left out is a mistake. */
    public CloseableDataRowIterable filter(TableFilter filter) {
        filter.validate(getDataTableSpec(), size);
        long first = filter.getFromRowIndex().orElse(0L);
        long last = filter.getToRowIndex().orElse(size - 1);
        return () -> CloseableRowIterator.from(StreamSupport.stream(spliterator(), false)
                .skip(first)
                .limit(last - first + 1)
                .map(row -> filter.getMaterializeColumnIndices()
                        .<DataRow>map(columns -> new PartOfRow(row, columns))
                        .orElse(row))
                .iterator());
    }

    public CloseableDataRowIterable filter(TableFilter filter, ExecutionMonitor monitor) {
        return filter(filter);
    }

    /** A row of which only some columns were read. */
    private record PartOfRow(DataRow row, Set<Integer> columns) implements DataRow {

        @Override
        public RowKey getKey() {
            return row.getKey();
        }

        @Override
        public int getNumCells() {
            return row.getNumCells();
        }

        @Override
        public DataCell getCell(int index) {
            if (!columns.contains(index)) {
                throw new IllegalStateException("Column " + index + " was left out by the filter.");
            }
            return row.getCell(index);
        }

        @Override
        public Iterator<DataCell> iterator() {
            return stream().iterator();
        }
    }

    /** Number of rows. */
    public long size() {
        return size;
    }

    @Override
    public String getSummary() {
        return "Rows: " + size + ", Cols: " + getDataTableSpec().getNumColumns();
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
