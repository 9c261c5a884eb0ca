package org.knime.core.node;

import java.io.IOException;
import java.io.InputStream;
import org.knime.core.node.config.Config;
import org.knime.core.node.config.ConfigWO;
import org.knime.core.node.config.base.ConfigBaseWO;

/** Stored content of a node. */
public final class NodeSettings extends Config implements NodeSettingsRO, NodeSettingsWO {

    private static final long serialVersionUID = 1L;

    public NodeSettings(String key) {
        super(key);
    }

    @Override
    public Config getInstance(String key) {
        return new NodeSettings(key);
    }

    @Override
    public NodeSettings getNodeSettings(String key) throws InvalidSettingsException {
        return (NodeSettings) getConfig(key);
    }

    @Override
    public NodeSettingsWO addNodeSettings(String key) {
        return (NodeSettings) addConfig(key);
    }

    @Override
    public void addNodeSettings(NodeSettings content) {
        addEntry(content);
    }

    @Override
    public void copyTo(ConfigWO dest) {
        copyTo((ConfigBaseWO) dest);
    }

    /** Reads XML; its outermost key becomes the content's key. */
    public static NodeSettingsRO loadFromXML(InputStream in) throws IOException {
        NodeSettings content = new NodeSettings("settings");
        content.load(in);
        return content;
    }
}
