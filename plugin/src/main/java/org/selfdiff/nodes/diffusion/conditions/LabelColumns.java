package org.selfdiff.nodes.diffusion.conditions;

import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.StringValue;
import org.knime.node.parameters.widget.choices.util.FilteredInputTableColumnsProvider;

/** The columns of the input that hold texts, for the dialog to choose labels from. */
final class LabelColumns implements FilteredInputTableColumnsProvider {

    @Override
    public boolean isIncluded(final DataColumnSpec column) {
        return column.getType().isCompatible(StringValue.class);
    }
}
