package org.selfdiff.headless.parameters;

import java.util.Arrays;
import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParametersInput;

/** What parameters can know of the inputs when they are made in configure: the specs. */
public final class ParameterInput implements NodeParametersInput {

    private final PortType[] inPorts;
    private final PortType[] outPorts;
    private final PortObjectSpec[] specs;

    public ParameterInput(PortType[] inPorts, PortType[] outPorts, PortObjectSpec[] specs) {
        this.inPorts = inPorts.clone();
        this.outPorts = outPorts.clone();
        this.specs = specs.clone();
    }

    @Override
    public PortType[] getInPortTypes() {
        return inPorts.clone();
    }

    @Override
    public PortType[] getOutPortTypes() {
        return outPorts.clone();
    }

    @Override
    public PortObjectSpec[] getInPortSpecs() {
        return specs.clone();
    }

    @Override
    public Optional<PortObjectSpec> getInPortSpec(int port) {
        return Optional.ofNullable(specs[port]);
    }

    @Override
    public DataTableSpec[] getInTableSpecs() {
        return Arrays.stream(specs).map(DataTableSpec.class::cast).toArray(DataTableSpec[]::new);
    }

    @Override
    public Optional<DataTableSpec> getInTableSpec(int port) {
        return getInPortSpec(port).map(DataTableSpec.class::cast);
    }

    @Override
    public PortObject[] getInPortObjects() {
        return new PortObject[specs.length];
    }

    @Override
    public Optional<PortObject> getInPortObject(int port) {
        return Optional.empty();
    }

    @Override
    public BufferedDataTable[] getInTables() {
        return new BufferedDataTable[specs.length];
    }

    @Override
    public Optional<BufferedDataTable> getInTable(int port) {
        return Optional.empty();
    }
}
