package org.knime.node.parameters.widget.choices;

import java.util.List;
import org.knime.node.parameters.updates.StateProvider;

/**
 * Computes the choices of a parameter.
 *
 * @param <T> type of a choice
 */
public sealed interface ChoicesStateProvider<T> extends StateProvider<List<T>>
        permits StringChoicesProvider, EnumChoicesProvider, TypedStringChoicesProvider {}
