package org.knime.node.parameters.widget.choices.util;

import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataValue;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;

/** Finds columns to start with. */
public final class ColumnSelectionUtil {

    private ColumnSelectionUtil() {}

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static List<DataColumnSpec> getCompatibleColumns(DataTableSpec spec, Class<? extends DataValue>... values) {
        List<Class<? extends DataValue>> wanted = List.of(values);
        return spec.stream()
                .filter(column -> wanted.stream().anyMatch(column.getType()::isCompatible))
                .toList();
    }

    public static List<DataColumnSpec> getStringColumns(DataTableSpec spec) {
        return getCompatibleColumns(spec, StringValue.class);
    }

    public static List<DataColumnSpec> getDoubleColumns(DataTableSpec spec) {
        return getCompatibleColumns(spec, DoubleValue.class);
    }

    public static Optional<DataColumnSpec> getFirstStringColumn(DataTableSpec spec) {
        return getStringColumns(spec).stream().findFirst();
    }

    public static Optional<DataColumnSpec> getFirstDoubleColumn(DataTableSpec spec) {
        return getDoubleColumns(spec).stream().findFirst();
    }
}
