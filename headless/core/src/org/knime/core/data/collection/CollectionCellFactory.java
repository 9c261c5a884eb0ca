package org.knime.core.data.collection;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.MissingCell;

/** Makes cells that hold several cells. */
public final class CollectionCellFactory {

    private CollectionCellFactory() {}

    public static ListCell createListCell(Collection<? extends DataCell> cells) {
        cells.forEach(cell -> Objects.requireNonNull(cell, "a list holds null; use a missing cell"));
        return new ListCell(Elements.of(cells));
    }

    /** The cells of some columns of a row. */
    public static ListCell createListCell(DataRow row, int[] columns) {
        return createListCell(Arrays.stream(columns).mapToObj(row::getCell).toList());
    }

    /** The narrowest type of some columns. */
    public static DataType getElementType(DataTableSpec spec, int[] columns) {
        return getElementType(Arrays.stream(columns)
                .mapToObj(i -> spec.getColumnSpec(i).getType())
                .toArray(DataType[]::new));
    }

    /** The narrowest type that holds all; of nothing that of a missing cell. */
    public static DataType getElementType(DataType[] types) {
        return Arrays.stream(types).reduce(DataType::getCommonSuperType).orElseGet(() -> new MissingCell(null)
                .getType());
    }
}
