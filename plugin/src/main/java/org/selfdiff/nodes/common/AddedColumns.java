package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.def.DefaultRow;

/** Columns that a node adds to the rows of a table. Row IDs and all columns that are there already stay. */
public final class AddedColumns {
    private final DataTableSpecCreator columns;

    private final int before;

    private final List<Integer> places = new ArrayList<>();

    private DataTableSpec spec;

    private AddedColumns(final DataTableSpec table) {
        columns = new DataTableSpecCreator(table);
        before = table.getNumColumns();
        spec = table;
    }

    /** Nothing is added yet. */
    public static AddedColumns to(final DataTableSpec table) {
        return new AddedColumns(table);
    }

    /** Adds a column, under a name with a number where its own is taken. */
    public AddedColumns add(final DataColumnSpec column) {
        final DataColumnSpecCreator free = new DataColumnSpecCreator(column);
        free.setName(DataTableSpec.getUniqueColumnName(spec, column.getName()));
        places.add(spec.getNumColumns());
        spec = columns.addColumns(free.createSpec()).createSpec();
        return this;
    }

    /** Puts a column in the place of that of the same name, or adds it where there is none. */
    AddedColumns put(final DataColumnSpec column) {
        final int place = spec.findColumnIndex(column.getName());
        if (place < 0) {
            return add(column);
        }
        places.add(place);
        spec = columns.replaceColumn(place, column).createSpec();
        return this;
    }

    /**
     * Adds a column under its own name. One of the user's own that has this name stays where it is, with {@code (picture)}
     * behind its name: it says something of a whole picture.
     */
    AddedColumns displace(final DataColumnSpec column) {
        final int place = spec.findColumnIndex(column.getName());
        if (place >= 0) {
            final DataColumnSpecCreator own = new DataColumnSpecCreator(spec.getColumnSpec(place));
            own.setName(DataTableSpec.getUniqueColumnName(spec, PictureTable.ofPicture(column.getName())));
            spec = columns.replaceColumn(place, own.createSpec()).createSpec();
        }
        return add(column);
    }

    /** The columns that come out. */
    public DataTableSpec spec() {
        return spec;
    }

    /**
     * A row that comes out.
     *
     * @param row that goes in
     * @param cells of the added columns, in the order in which these were added
     */
    public DataRow row(final DataRow row, final List<DataCell> cells) {
        final DataCell[] all = new DataCell[spec.getNumColumns()];
        for (int i = 0; i < before; i++) {
            all[i] = row.getCell(i);
        }
        for (int i = 0; i < places.size(); i++) {
            all[places.get(i)] = cells.get(i);
        }
        return new DefaultRow(row.getKey(), all);
    }
}
