package org.knime.node;

import java.io.File;
import java.util.Arrays;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeModel;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.parameters.NodeParameters;
import org.selfdiff.headless.parameters.ParameterInput;
import org.selfdiff.headless.parameters.ParameterSet;

/** Runs the two functions of a declared node. */
final class DeclaredNodeModel extends NodeModel {

    private final DeclaredModel declared;
    private final PortType[] inPorts;
    private final PortType[] outPorts;
    private final ParameterSet parameterSet;
    private NodeParameters parameters;

    DeclaredNodeModel(DeclaredModel declared, PortType[] inPorts, PortType[] outPorts) {
        super(inPorts, outPorts);
        this.declared = declared;
        this.inPorts = inPorts;
        this.outPorts = outPorts;
        parameterSet = declared.parameters == null ? null : ParameterSet.of(declared.parameters);
    }

    @Override
    protected void saveSettingsTo(NodeSettingsWO settings) {
        if (parameterSet != null) {
            parameterSet.save(parameters == null ? parameterSet.defaults() : parameters, settings);
        }
    }

    @Override
    protected void validateSettings(NodeSettingsRO settings) throws InvalidSettingsException {
        load(settings);
    }

    @Override
    protected void loadValidatedSettingsFrom(NodeSettingsRO settings) throws InvalidSettingsException {
        parameters = load(settings);
    }

    private NodeParameters load(NodeSettingsRO settings) throws InvalidSettingsException {
        if (parameterSet == null) {
            return null;
        }
        NodeParameters loaded = parameterSet.load(settings);
        parameterSet.validate(loaded);
        return loaded;
    }

    @Override
    protected PortObjectSpec[] configure(PortObjectSpec[] inSpecs) throws InvalidSettingsException {
        if (parameterSet != null && parameters == null) {
            NodeParameters fresh = parameterSet.defaults(new ParameterInput(inPorts, outPorts, inSpecs));
            parameterSet.validate(fresh);
            parameters = fresh;
        }
        PortObjectSpec[] outSpecs = new PortObjectSpec[outPorts.length];
        declared.configure.accept(new Before(inSpecs), new BeforeResult(outSpecs));
        return outSpecs;
    }

    @Override
    protected PortObject[] execute(PortObject[] inObjects, ExecutionContext exec) throws Exception {
        PortObject[] outObjects = new PortObject[outPorts.length];
        declared.execute.accept(new During(inObjects, exec), new DuringResult(outObjects));
        return outObjects;
    }

    @Override
    protected void reset() {
        // nothing is kept between executions
    }

    @Override
    protected void loadInternals(File dir, ExecutionMonitor exec) {
        // there are none
    }

    @Override
    protected void saveInternals(File dir, ExecutionMonitor exec) {
        // there are none
    }

    @SuppressWarnings("unchecked")
    private <P extends NodeParameters> P parameters() {
        return (P) parameters;
    }

    /** What configure sees. */
    private final class Before implements ConfigureInput {

        private final PortObjectSpec[] specs;

        Before(PortObjectSpec[] specs) {
            this.specs = specs;
        }

        @Override
        public <P extends NodeParameters> P getParameters() {
            return parameters();
        }

        @Override
        public PortObjectSpec[] getInPortSpecs() {
            return specs;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <S extends PortObjectSpec> S getInPortSpec(int index) {
            return (S) specs[index];
        }

        @Override
        public DataTableSpec[] getInTableSpecs() {
            return Arrays.stream(specs).map(DataTableSpec.class::cast).toArray(DataTableSpec[]::new);
        }

        @Override
        public DataTableSpec getInTableSpec(int index) {
            return (DataTableSpec) specs[index];
        }

        @Override
        public PortType[] getOutPortTypes() {
            return outPorts;
        }
    }

    /** Where configure writes. */
    private final class BeforeResult implements ConfigureOutput {

        private final PortObjectSpec[] specs;

        BeforeResult(PortObjectSpec[] specs) {
            this.specs = specs;
        }

        @Override
        public <S extends PortObjectSpec> void setOutSpec(int index, S spec) {
            specs[index] = spec;
        }

        @Override
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final <S extends PortObjectSpec> void setOutSpecs(S... all) {
            System.arraycopy(all, 0, specs, 0, all.length);
        }

        @Override
        public void setWarningMessage(String message) {
            DeclaredNodeModel.this.setWarningMessage(message);
        }
    }

    /** What execute sees. */
    private final class During implements ExecuteInput {

        private final PortObject[] objects;
        private final ExecutionContext context;

        During(PortObject[] objects, ExecutionContext context) {
            this.objects = objects;
            this.context = context;
        }

        @Override
        public <P extends NodeParameters> P getParameters() {
            return parameters();
        }

        @Override
        public PortObject[] getInPortObjects() {
            return objects;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <D extends PortObject> D getInPortObject(int index) {
            return (D) objects[index];
        }

        @Override
        public BufferedDataTable[] getInTables() {
            return Arrays.stream(objects).map(BufferedDataTable.class::cast).toArray(BufferedDataTable[]::new);
        }

        @Override
        public BufferedDataTable getInTable(int index) {
            return (BufferedDataTable) objects[index];
        }

        @Override
        public ExecutionContext getExecutionContext() {
            return context;
        }

        @Override
        public PortType[] getOutPortTypes() {
            return outPorts;
        }
    }

    /** Where execute writes. */
    private final class DuringResult implements ExecuteOutput {

        private final PortObject[] objects;

        DuringResult(PortObject[] objects) {
            this.objects = objects;
        }

        @Override
        public <D extends PortObject> void setOutData(int index, D data) {
            objects[index] = data;
        }

        @Override
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final <D extends PortObject> void setOutData(D... data) {
            System.arraycopy(data, 0, objects, 0, data.length);
        }

        @Override
        @SafeVarargs
        @SuppressWarnings("varargs")
        public final <D extends PortObject> void setInternalData(D... data) {
            // only views ask for it
        }

        @Override
        public void setWarningMessage(String message) {
            DeclaredNodeModel.this.setWarningMessage(message);
        }
    }
}
