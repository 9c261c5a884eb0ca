package org.knime.node;

import java.util.Objects;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.FluentNodeAPI;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.parameters.NodeParameters;

/** The declared computation of a node. */
public abstract sealed class DefaultModel implements FluentNodeAPI permits DeclaredModel {

    DefaultModel() {}

    static RequireModelParameters start() {
        return new RequireModelParameters() {
            @Override
            public RequireConfigureOrRearrangeColumns parametersClass(Class<? extends NodeParameters> type) {
                Objects.requireNonNull(type, "parameters class");
                return configure -> execute -> new DeclaredModel(type, configure, execute);
            }

            @Override
            public RequireConfigureOrRearrangeColumns withoutParameters() {
                return configure -> execute -> new DeclaredModel(null, configure, execute);
            }
        };
    }

    /** Asks for the parameters. */
    public interface RequireModelParameters {

        RequireConfigureOrRearrangeColumns parametersClass(Class<? extends NodeParameters> parametersClass);

        default RequireConfigureOrRearrangeColumns withoutParameters() {
            return parametersClass(null);
        }
    }

    /** Asks what is done before execution. */
    public interface RequireConfigureOrRearrangeColumns {
        RequireExecute configure(ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure);
    }

    /** Asks what is done in execution. */
    public interface RequireExecute {
        DefaultModel execute(ExecuteConsumer execute);
    }

    /**
     * What is done before execution.
     *
     * @param <I> what it gets
     * @param <O> where the result goes
     */
    @FunctionalInterface
    public interface ConfigureOrRearrangerConsumer<I, O> {
        void accept(I input, O output) throws InvalidSettingsException;
    }

    /** What is done in execution. */
    @FunctionalInterface
    public interface ExecuteConsumer {
        void accept(ExecuteInput input, ExecuteOutput output) throws CanceledExecutionException, KNIMEException;
    }

    /** What is known before execution. */
    public interface ConfigureInput {

        <P extends NodeParameters> P getParameters();

        PortObjectSpec[] getInPortSpecs();

        /** The spec of an input, {@code null} if an optional port is not connected. */
        <S extends PortObjectSpec> S getInPortSpec(int index);

        DataTableSpec[] getInTableSpecs();

        DataTableSpec getInTableSpec(int index);

        PortType[] getOutPortTypes();
    }

    /** Where the result of configure goes; a spec that is not set is not known yet. */
    public interface ConfigureOutput {

        <S extends PortObjectSpec> void setOutSpec(int index, S spec);

        @SuppressWarnings("unchecked")
        <S extends PortObjectSpec> void setOutSpecs(S... specs);

        void setWarningMessage(String message);
    }

    /** What is there in execution. */
    public interface ExecuteInput {

        <P extends NodeParameters> P getParameters();

        PortObject[] getInPortObjects();

        <D extends PortObject> D getInPortObject(int index);

        BufferedDataTable[] getInTables();

        BufferedDataTable getInTable(int index);

        ExecutionContext getExecutionContext();

        PortType[] getOutPortTypes();
    }

    /** Where the result of execution goes; every output must be set. */
    public interface ExecuteOutput {

        <D extends PortObject> void setOutData(int index, D data);

        @SuppressWarnings("unchecked")
        <D extends PortObject> void setOutData(D... data);

        @SuppressWarnings("unchecked")
        <D extends PortObject> void setInternalData(D... data);

        void setWarningMessage(String message);
    }
}
