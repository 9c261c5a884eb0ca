package org.knime.core.node.port.flowvariable;

import java.io.IOException;
import javax.swing.JComponent;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** What goes through flow-variable ports: nothing but the connection. */
public class FlowVariablePortObject implements PortObject {

    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(FlowVariablePortObject.class);
    public static final PortType TYPE_OPTIONAL =
            PortTypeRegistry.getInstance().getPortType(FlowVariablePortObject.class, true);
    public static final FlowVariablePortObject INSTANCE = new FlowVariablePortObject();

    FlowVariablePortObject() {}

    @Override
    public String getSummary() {
        return "Flow variables";
    }

    @Override
    public PortObjectSpec getSpec() {
        return FlowVariablePortObjectSpec.INSTANCE;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** Writes nothing. */
    public static final class Serializer extends PortObjectSerializer<FlowVariablePortObject> {

        @Override
        public void savePortObject(
                FlowVariablePortObject portObject, PortObjectZipOutputStream out, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            // the object has no content
        }

        @Override
        public FlowVariablePortObject loadPortObject(
                PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            return INSTANCE;
        }
    }
}
