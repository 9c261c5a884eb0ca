package org.knime.node.parameters.widget.number;

import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;

/** Stands for "no bound is computed". */
abstract class NoMaximum implements StateProvider<MaxValidation> {

    @Override
    public MaxValidation computeState(NodeParametersInput input) {
        throw new UnsupportedOperationException();
    }
}
