package org.selfdiff.headless.host;

import java.nio.file.Path;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** One node instance on a canvas: holds its settings and drives it through configure and execute. */
public final class NodeHost {

    private NodeHost() {}

    /**
     * Creates a node and checks its declaration.
     *
     * @param factory the node's factory
     * @param nodeCreationConfig the stored {@code node_creation_config} (ports that the user added) or {@code null}
     * @return the node, with default settings
     * @throws InvalidSettingsException if the stored ports do not fit the declared ones
     */
    public static NodeHost create(NodeFactory<?> factory, NodeSettingsRO nodeCreationConfig)
            throws InvalidSettingsException {
        throw new UnsupportedOperationException();
    }

    /** Sets the folder that {@code knime://knime.workflow/} means while the node configures (execute has its own). */
    public void setWorkflowDir(Path dir) {
        throw new UnsupportedOperationException();
    }

    public String name() {
        throw new UnsupportedOperationException();
    }

    public String description() {
        throw new UnsupportedOperationException();
    }

    public NodeFactory.NodeType type() {
        throw new UnsupportedOperationException();
    }

    /** Types of the data inputs; 0-based, the flow-variable port is not counted. */
    public PortType[] inPorts() {
        throw new UnsupportedOperationException();
    }

    public PortType[] outPorts() {
        throw new UnsupportedOperationException();
    }

    public String[] inPortNames() {
        throw new UnsupportedOperationException();
    }

    public String[] outPortNames() {
        throw new UnsupportedOperationException();
    }

    /** The {@code model} sub-settings that a fresh node would store; key {@code model}. */
    public NodeSettings defaultSettings() {
        throw new UnsupportedOperationException();
    }

    /** Validates and takes over stored settings; {@code null} means defaults. */
    public void loadSettings(NodeSettingsRO modelOrNull) throws InvalidSettingsException {
        throw new UnsupportedOperationException();
    }

    /** Configures the node; {@code null} specs in and out mean "not known yet". */
    public PortObjectSpec[] configure(PortObjectSpec[] in) throws InvalidSettingsException {
        throw new UnsupportedOperationException();
    }

    /** Executes the node after a successful configure. */
    public PortObject[] execute(PortObject[] in, HostContext context) throws Exception {
        throw new UnsupportedOperationException();
    }

    /** The last warning of configure or execute, or {@code null}. */
    public String warning() {
        throw new UnsupportedOperationException();
    }
}
