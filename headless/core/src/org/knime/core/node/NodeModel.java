package org.knime.core.node;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.message.Message;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.selfdiff.headless.bridge.Bridges;

/** The part of a node that computes. */
public abstract class NodeModel {

    static {
        Bridges.register(new HostAccess());
    }

    private final PortType[] inPorts;
    private final PortType[] outPorts;
    private Message warning;

    protected NodeModel(int inputs, int outputs) {
        this(tables(inputs), tables(outputs));
    }

    protected NodeModel(PortType[] inPortTypes, PortType[] outPortTypes) {
        inPorts = inPortTypes == null ? new PortType[0] : inPortTypes.clone();
        outPorts = outPortTypes == null ? new PortType[0] : outPortTypes.clone();
        for (PortType type : inPorts) {
            Objects.requireNonNull(type, "type of an input");
        }
        for (PortType type : outPorts) {
            Objects.requireNonNull(type, "type of an output");
        }
    }

    private static PortType[] tables(int count) {
        PortType[] types = new PortType[count];
        Arrays.fill(types, BufferedDataTable.TYPE);
        return types;
    }

    protected abstract void saveSettingsTo(NodeSettingsWO settings);

    protected abstract void validateSettings(NodeSettingsRO settings) throws InvalidSettingsException;

    protected abstract void loadValidatedSettingsFrom(NodeSettingsRO settings) throws InvalidSettingsException;

    protected abstract void reset();

    protected abstract void loadInternals(File dir, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

    protected abstract void saveInternals(File dir, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

    /** Checks the inputs' specs and gives the outputs' specs, {@code null} for what is not known yet. */
    protected PortObjectSpec[] configure(PortObjectSpec[] inSpecs) throws InvalidSettingsException {
        return configure(Arrays.copyOf(inSpecs, inSpecs.length, DataTableSpec[].class));
    }

    /** As above, for nodes that have tables only. */
    protected DataTableSpec[] configure(DataTableSpec[] inSpecs) throws InvalidSettingsException {
        throw new InvalidSettingsException(getClass().getName() + " implements no configure method.");
    }

    protected PortObject[] execute(PortObject[] inObjects, ExecutionContext exec) throws Exception {
        return execute(Arrays.copyOf(inObjects, inObjects.length, BufferedDataTable[].class), exec);
    }

    /** As above, for nodes that have tables only. */
    protected BufferedDataTable[] execute(BufferedDataTable[] inData, ExecutionContext exec) throws Exception {
        throw new IOException(getClass().getName() + " implements no execute method.");
    }

    protected final int getNrInPorts() {
        return inPorts.length;
    }

    protected final int getNrOutPorts() {
        return outPorts.length;
    }

    protected final PortType getInPortType(int index) {
        return inPorts[index];
    }

    protected final PortType getOutPortType(int index) {
        return outPorts[index];
    }

    protected final void setWarningMessage(String text) {
        setWarning(text == null ? null : Message.fromSummary(text));
    }

    protected final void setWarning(Message message) {
        warning = message;
    }

    protected final Message getWarning() {
        return warning;
    }

    protected final String getWarningMessage() {
        return Message.getSummaryFrom(warning);
    }

    protected final NodeLogger getLogger() {
        return NodeLogger.getLogger(getClass());
    }
}
