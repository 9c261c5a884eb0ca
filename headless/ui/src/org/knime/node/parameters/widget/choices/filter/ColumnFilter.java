package org.knime.node.parameters.widget.choices.filter;

import java.util.List;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;

/** A choice among columns; stored as KNIME stores it. */
public final class ColumnFilter extends TypedStringFilter<Object> {

    public ColumnFilter() {}

    public ColumnFilter(String[] selected) {
        super(selected);
    }

    public ColumnFilter(List<DataColumnSpec> selected) {
        super(selected.stream().map(DataColumnSpec::getName).toArray(String[]::new));
    }

    /** Columns that nobody has chosen by hand or left out are taken. */
    public ColumnFilter withIncludeUnknownColumns() {
        manualFilter.includeUnknownColumns = true;
        return this;
    }

    public ColumnFilter withExcludeUnknownColumns() {
        manualFilter.includeUnknownColumns = false;
        return this;
    }

    /** The names of those of the columns that are chosen. */
    public String[] filter(List<DataColumnSpec> columns) {
        return chosen(
                columns, DataColumnSpec::getName, column -> column.getType().getIdentifier());
    }

    public String[] filterFromFullSpec(DataTableSpec spec) {
        return filter(spec.stream().toList());
    }

    /** The names that were chosen by hand and are not among the columns. */
    public String[] getMissingSelected(List<DataColumnSpec> columns) {
        return missing(columns.stream().map(DataColumnSpec::getName).toList());
    }

    public String[] getMissingSelectedFromFullSpec(DataTableSpec spec) {
        return getMissingSelected(spec.stream().toList());
    }
}
