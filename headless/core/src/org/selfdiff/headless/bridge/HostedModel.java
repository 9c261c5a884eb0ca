package org.selfdiff.headless.bridge;

import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** The hidden members of a node model. */
public interface HostedModel {

    PortType[] inPorts();

    PortType[] outPorts();

    void save(NodeSettings settings);

    void load(NodeSettingsRO settings) throws InvalidSettingsException;

    PortObjectSpec[] configure(PortObjectSpec[] specs) throws InvalidSettingsException;

    PortObject[] execute(PortObject[] objects, ExecutionContext context) throws Exception;

    void reset();

    /** Last warning or {@code null}. */
    String warning();

    void warn(String text);
}
