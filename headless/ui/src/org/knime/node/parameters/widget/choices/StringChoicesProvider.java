package org.knime.node.parameters.widget.choices;

import java.util.List;
import org.knime.node.parameters.NodeParametersInput;

/** Computes choices that are texts. */
public non-sealed interface StringChoicesProvider extends ChoicesStateProvider<StringChoice> {

    @Override
    default void init(StateProviderInitializer initializer) {
        initializer.computeBeforeOpenDialog();
    }

    default List<String> choices(NodeParametersInput context) {
        throw new IllegalStateException("either choices or computeState must be implemented");
    }

    @Override
    default List<StringChoice> computeState(NodeParametersInput context) {
        return choices(context).stream().map(StringChoice::fromId).toList();
    }
}
