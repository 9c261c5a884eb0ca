package org.knime.core.data.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.ExecutionMonitor;
import org.selfdiff.headless.bridge.Bridges;
import org.selfdiff.headless.bridge.RearrangerAccess;

/** Says which columns of a table are kept, in which order, and which new ones come among them; rows keep their keys. */
public class ColumnRearranger {

    static {
        Bridges.register(ColumnRearranger::rows);
    }

    /** Column {@code index} of the factory's columns, or of the table where there is no factory. */
    private record Column(DataColumnSpec spec, CellFactory factory, int index) {}

    private final DataTableSpec original;
    private List<Column> columns = new ArrayList<>();

    public ColumnRearranger(DataTableSpec original) {
        this.original = original;
        for (int i = 0; i < original.getNumColumns(); i++) {
            columns.add(new Column(original.getColumnSpec(i), null, i));
        }
    }

    public final int getColumnCount() {
        return columns.size();
    }

    /** Position of the column or -1. */
    public final int indexOf(String name) {
        return columns.stream().map(column -> column.spec().getName()).toList().indexOf(name);
    }

    private int[] indices(String... names) {
        return Arrays.stream(names).mapToInt(this::existing).toArray();
    }

    private int existing(String name) {
        int index = indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("There is no column \"" + name + "\".");
        }
        return index;
    }

    public final void append(CellFactory factory) {
        insertAt(columns.size(), factory);
    }

    public final void insertAt(int position, CellFactory factory) {
        columns.addAll(position, made(factory));
    }

    private static List<Column> made(CellFactory factory) {
        DataColumnSpec[] specs = factory.getColumnSpecs();
        List<Column> made = new ArrayList<>();
        for (int i = 0; i < specs.length; i++) {
            made.add(new Column(specs[i], factory, i));
        }
        return made;
    }

    public final void keepOnly(int... indices) {
        Set<Integer> kept = distinct(indices);
        List<Column> result = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (kept.contains(i)) {
                result.add(columns.get(i));
            }
        }
        columns = result;
    }

    public final void keepOnly(String... names) {
        keepOnly(indices(names));
    }

    public final void remove(int... indices) {
        List<Column> gone = distinct(indices).stream().map(columns::get).toList();
        columns.removeAll(gone);
    }

    public final void remove(String... names) {
        remove(indices(names));
    }

    private static Set<Integer> distinct(int... indices) {
        Set<Integer> set = new HashSet<>();
        Arrays.stream(indices).forEach(set::add);
        if (set.size() != indices.length) {
            throw new IllegalArgumentException("A column comes twice: " + Arrays.toString(indices));
        }
        return set;
    }

    /** Puts the factory's columns in the place of as many others. */
    public final void replace(CellFactory factory, int... indices) {
        List<Column> made = made(factory);
        if (made.size() != indices.length) {
            throw new IllegalArgumentException(made.size() + " new columns for " + indices.length + " old ones");
        }
        for (int i = 0; i < indices.length; i++) {
            columns.set(indices[i], made.get(i));
        }
    }

    /** Puts the factory's columns in the place of one. */
    public final void replace(CellFactory factory, String name) {
        int index = existing(name);
        columns.remove(index);
        columns.addAll(index, made(factory));
    }

    /** Moves a column to a position that is counted before the move. */
    public final void move(int from, int to) {
        Column column = columns.remove(from);
        columns.add(to > from ? to - 1 : to, column);
    }

    public final void move(String name, int to) {
        move(existing(name), to);
    }

    /** Brings the named columns to the front in their order. */
    public final void permute(String[] names) {
        int[] indices = indices(names);
        Set<Integer> first = distinct(indices);
        List<Column> result =
                new ArrayList<>(Arrays.stream(indices).mapToObj(columns::get).toList());
        for (int i = 0; i < columns.size(); i++) {
            if (!first.contains(i)) {
                result.add(columns.get(i));
            }
        }
        columns = result;
    }

    public final DataTableSpec createSpec() {
        return new DataTableSpec(
                original.getName(), columns.stream().map(Column::spec).toArray(DataColumnSpec[]::new));
    }

    private RearrangerAccess.Rows rows(DataTableSpec table) {
        if (!original.equalStructure(table)) {
            throw new IllegalArgumentException("The table has other columns than those that were rearranged.");
        }
        return new Rearranged(List.copyOf(columns));
    }

    /** Rearranges rows one after another. */
    private static final class Rearranged implements RearrangerAccess.Rows {

        private final List<Column> columns;
        private final Map<CellFactory, DataCell[]> cells = new LinkedHashMap<>();

        Rearranged(List<Column> columns) {
            this.columns = columns;
            columns.stream().map(Column::factory).filter(Objects::nonNull).forEach(factory -> cells.put(factory, null));
        }

        @Override
        public DataRow next(DataRow row, long index, long rows, ExecutionMonitor exec) {
            for (CellFactory factory : cells.keySet()) {
                DataCell[] made = factory.getCells(row, index);
                if (made.length != factory.getColumnSpecs().length) {
                    throw new IllegalStateException(made.length + " cells were made for "
                            + factory.getColumnSpecs().length + " columns in row \"" + row.getKey() + "\".");
                }
                cells.put(factory, made);
                factory.setProgress(index + 1, rows, row.getKey(), exec);
            }
            DataCell[] result =
                    columns.stream().map(column -> cell(column, row)).toArray(DataCell[]::new);
            return new DefaultRow(row.getKey(), result);
        }

        private DataCell cell(Column column, DataRow row) {
            return column.factory() == null ? row.getCell(column.index()) : cells.get(column.factory())[column.index()];
        }

        @Override
        public void end() {
            for (CellFactory factory : cells.keySet()) {
                if (factory instanceof AbstractCellFactory ending) {
                    ending.afterProcessing();
                }
            }
        }
    }
}
