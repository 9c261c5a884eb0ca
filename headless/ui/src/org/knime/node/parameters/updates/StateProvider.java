package org.knime.node.parameters.updates;

import java.util.function.Supplier;
import org.knime.node.parameters.NodeParametersInput;

/**
 * Computes something that the dialog shows. Dialogs are not shown here, so that it is never asked.
 *
 * @param <S> type of the result
 */
public interface StateProvider<S> {

    void init(StateProviderInitializer initializer);

    S computeState(NodeParametersInput input);

    /** When and from what to compute. */
    interface StateProviderInitializer {

        <T> Supplier<T> computeFromValueSupplier(Class<? extends ParameterReference<T>> reference);

        <T> Supplier<T> getValueSupplier(Class<? extends ParameterReference<T>> reference);

        <T> void computeOnValueChange(Class<? extends ParameterReference<T>> reference);

        <T> Supplier<T> computeFromProvidedState(Class<? extends StateProvider<T>> provider);

        void computeOnButtonClick(Class<? extends ButtonReference> reference);

        void computeBeforeOpenDialog();

        void computeAfterOpenDialog();

        NodeParametersInput getNodeParametersInput();
    }
}
