package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** Stored content of a node, to write. */
public interface NodeSettingsWO extends ConfigWO {

    NodeSettingsWO addNodeSettings(String key);

    void addNodeSettings(NodeSettings content);
}
