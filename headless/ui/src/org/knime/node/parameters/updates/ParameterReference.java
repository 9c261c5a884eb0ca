package org.knime.node.parameters.updates;

/**
 * The name of a parameter.
 *
 * @param <T> type of the parameter
 */
public interface ParameterReference<T> {}
