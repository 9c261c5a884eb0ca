package org.knime.core.data.container;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowIterator;
import org.knime.core.util.DuplicateKeyException;

/** Collects the rows of a table in memory and holds each of them against the spec. */
public class DataContainer implements RowAppender {

    private final DataTableSpec spec;
    private final List<DataRow> rows = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private boolean closed;

    public DataContainer(DataTableSpec spec) {
        this.spec = Objects.requireNonNull(spec, "table spec");
    }

    public DataContainer(DataTableSpec spec, boolean initDomain) {
        this(spec);
    }

    @Override
    public void addRowToTable(DataRow row) {
        if (closed) {
            throw new IllegalStateException("The container is closed, no row can be added.");
        }
        Objects.requireNonNull(row, "row is null");
        String key = row.getKey().getString();
        if (row.getNumCells() != spec.getNumColumns()) {
            throw new IllegalArgumentException("Row \"" + key + "\" has " + row.getNumCells() + " cells, its table has "
                    + spec.getNumColumns() + " columns.");
        }
        for (int i = 0; i < spec.getNumColumns(); i++) {
            check(key, row.getCell(i), i);
        }
        if (!keys.add(key)) {
            throw new DuplicateKeyException("Row ID \"" + key + "\" comes twice.", key);
        }
        rows.add(row);
    }

    private void check(String key, DataCell cell, int column) {
        DataType type = spec.getColumnSpec(column).getType();
        Objects.requireNonNull(cell, "cell " + column + " of row \"" + key + "\" is null");
        if (!type.isASuperTypeOf(cell.getType())) {
            throw new IllegalArgumentException("Row \"" + key + "\" holds a cell of type " + cell.getType()
                    + " in column \"" + spec.getColumnSpec(column).getName() + "\" of type " + type + ".");
        }
    }

    public void close() {
        closed = true;
        keys.clear();
    }

    public boolean isClosed() {
        return closed;
    }

    public boolean isOpen() {
        return !closed;
    }

    public long size() {
        return rows.size();
    }

    public DataTableSpec getTableSpec() {
        return spec;
    }

    public DataTable getTable() {
        if (!closed) {
            throw new IllegalStateException("Cannot get the table: the container is not closed.");
        }
        return new MemoryTable(spec, rows);
    }

    /** A table whose rows are in memory. */
    private record MemoryTable(DataTableSpec spec, List<DataRow> rows) implements DataTable {

        @Override
        public DataTableSpec getDataTableSpec() {
            return spec;
        }

        @Override
        public RowIterator iterator() {
            Iterator<DataRow> all = rows.iterator();
            return CloseableRowIterator.from(all);
        }
    }
}
