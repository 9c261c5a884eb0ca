package org.knime.node.parameters.widget.choices.util;

import java.util.List;
import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.ColumnChoicesProvider;

/** Columns of an input that pass a test. */
public interface FilteredInputTableColumnsProvider extends ColumnChoicesProvider, InputTableIndexHolder {

    boolean isIncluded(DataColumnSpec column);

    @Override
    default List<DataColumnSpec> columnChoices(NodeParametersInput context) {
        return context.getInTableSpec(getInputTableIndex())
                .map(spec -> spec.stream().filter(this::isIncluded).toList())
                .orElse(List.of());
    }
}
