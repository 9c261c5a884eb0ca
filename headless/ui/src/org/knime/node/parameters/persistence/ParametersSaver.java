package org.knime.node.parameters.persistence;

import org.knime.core.node.NodeSettingsWO;

/**
 * Writes a parameter.
 *
 * @param <T> its type
 */
public interface ParametersSaver<T> {

    void save(T param, NodeSettingsWO settings);
}
