package org.knime.node.parameters.widget.number;

import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;

/** Stands for "no bound is computed". */
abstract class NoMinimum implements StateProvider<MinValidation> {

    @Override
    public MinValidation computeState(NodeParametersInput input) {
        throw new UnsupportedOperationException();
    }
}
