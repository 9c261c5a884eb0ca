package org.knime.node.parameters.widget.choices;

import java.util.List;
import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.NodeParametersInput;

/** Computes which columns may be chosen. */
public interface ColumnChoicesProvider extends TypedStringChoicesProvider {

    @Override
    default void init(StateProviderInitializer initializer) {
        TypedStringChoicesProvider.super.init(initializer);
    }

    default List<DataColumnSpec> columnChoices(NodeParametersInput context) {
        throw new IllegalStateException("either columnChoices or computeState must be implemented");
    }

    @Override
    default List<TypedStringChoice> computeState(NodeParametersInput context) {
        return columnChoices(context).stream()
                .map(TypedStringChoice::fromColSpec)
                .toList();
    }
}
