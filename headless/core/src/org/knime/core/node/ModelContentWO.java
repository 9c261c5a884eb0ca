package org.knime.core.node;

import org.knime.core.node.config.ConfigWO;

/** Stored content of a port object, to write. */
public interface ModelContentWO extends ConfigWO {

    ModelContentWO addModelContent(String key);

    void addModelContent(ModelContent content);
}
