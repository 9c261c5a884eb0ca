package org.knime.node.parameters;

import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** What is known of a node's inputs when its parameters are made. */
public interface NodeParametersInput {

    PortType[] getInPortTypes();

    PortType[] getOutPortTypes();

    PortObjectSpec[] getInPortSpecs();

    Optional<PortObjectSpec> getInPortSpec(int port);

    DataTableSpec[] getInTableSpecs();

    Optional<DataTableSpec> getInTableSpec(int port);

    PortObject[] getInPortObjects();

    Optional<PortObject> getInPortObject(int port);

    BufferedDataTable[] getInTables();

    Optional<BufferedDataTable> getInTable(int port);
}
