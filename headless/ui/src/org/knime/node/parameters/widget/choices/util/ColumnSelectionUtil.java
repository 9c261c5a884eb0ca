package org.knime.node.parameters.widget.choices.util;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataValue;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.node.parameters.NodeParametersInput;

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

    /** The columns of an input that pass the test; none as long as the input is not known. */
    public static List<DataColumnSpec> getFilteredColumns(
            NodeParametersInput input, int port, Predicate<DataColumnSpec> included) {
        return getAllColumns(input, port).stream().filter(included).toList();
    }

    public static List<DataColumnSpec> getAllColumns(NodeParametersInput input, int port) {
        return input.getInTableSpec(port).map(spec -> spec.stream().toList()).orElse(List.of());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static List<DataColumnSpec> getCompatibleColumns(
            NodeParametersInput input, int port, Class<? extends DataValue>... values) {
        return input.getInTableSpec(port)
                .map(spec -> getCompatibleColumns(spec, values))
                .orElse(List.of());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static Optional<DataColumnSpec> getFirstCompatibleColumn(
            DataTableSpec spec, Class<? extends DataValue>... values) {
        return getCompatibleColumns(spec, values).stream().findFirst();
    }

    public static List<DataColumnSpec> getStringColumns(NodeParametersInput input, int port) {
        return getCompatibleColumns(input, port, StringValue.class);
    }

    public static List<DataColumnSpec> getDoubleColumns(NodeParametersInput input, int port) {
        return getCompatibleColumns(input, port, DoubleValue.class);
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
