package org.knime.core.node;

import org.knime.core.node.config.ConfigRO;

/** Stored content of a port object, to read. */
public interface ModelContentRO extends ConfigRO {

    ModelContentRO getModelContent(String key) throws InvalidSettingsException;
}
