package org.knime.core.data.container.filter;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.knime.core.data.DataTableSpec;

/** Says which rows and which columns of a table are read. */
public final class TableFilter {

    private final Set<Integer> columns;
    private final Long from;
    private final Long to;

    private TableFilter(Set<Integer> columns, Long from, Long to) {
        this.columns = columns;
        this.from = from;
        this.to = to;
    }

    /** Only these columns; cells of others cannot be read. */
    public static TableFilter materializeCols(int... indices) {
        Set<Integer> columns = new TreeSet<>();
        Arrays.stream(indices).forEach(columns::add);
        return new TableFilter(columns, null, null);
    }

    public static TableFilter materializeCols(DataTableSpec spec, String... names) {
        return materializeCols(spec.columnsToIndices(names));
    }

    public static TableFilter filterRowsFromIndex(long first) {
        return new TableFilter(null, first, null);
    }

    public static TableFilter filterRowsToIndex(long last) {
        return new TableFilter(null, null, last);
    }

    /** The rows from the first to the last, both included. */
    public static TableFilter filterRangeOfRows(long first, long last) {
        return new TableFilter(null, first, last);
    }

    public Optional<Set<Integer>> getMaterializeColumnIndices() {
        return Optional.ofNullable(columns);
    }

    public Optional<Long> getFromRowIndex() {
        return Optional.ofNullable(from);
    }

    public Optional<Long> getToRowIndex() {
        return Optional.ofNullable(to);
    }

    /** Refuses columns and rows that the table does not have. */
    public void validate(DataTableSpec spec, long rows) {
        if (columns != null && columns.stream().anyMatch(i -> i < 0 || i >= spec.getNumColumns())) {
            throw new IndexOutOfBoundsException("The table has no such columns: " + columns);
        }
        if (from != null && (from < 0 || from >= rows) || to != null && (to < 0 || to >= rows)) {
            throw new IndexOutOfBoundsException("The table has no such rows: " + from + " to " + to);
        }
    }
}
