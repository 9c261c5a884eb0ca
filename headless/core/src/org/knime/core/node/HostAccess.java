package org.knime.core.node;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.selfdiff.headless.bridge.FileStoreFolder;
import org.selfdiff.headless.bridge.HostedModel;
import org.selfdiff.headless.bridge.NodeAccess;

/** This package's door. */
final class HostAccess implements NodeAccess {

    @Override
    public ExecutionContext context(FileStoreFolder stores, ProgressSink progress, BooleanSupplier cancelled) {
        return new ExecutionContext(new HostedMonitor(progress, cancelled), stores);
    }

    @Override
    public BufferedDataTable table(DataTableSpec spec, List<DataRow> rows) {
        BufferedDataContainer container = new BufferedDataContainer(spec);
        rows.forEach(container::addRowToTable);
        container.close();
        return container.getTable();
    }

    @Override
    public HostedModel model(NodeModel model) {
        return new Hosted(model);
    }

    /** A model whose protected members can be called. */
    private record Hosted(NodeModel model) implements HostedModel {

        @Override
        public PortType[] inPorts() {
            PortType[] types = new PortType[model.getNrInPorts()];
            for (int i = 0; i < types.length; i++) {
                types[i] = model.getInPortType(i);
            }
            return types;
        }

        @Override
        public PortType[] outPorts() {
            PortType[] types = new PortType[model.getNrOutPorts()];
            for (int i = 0; i < types.length; i++) {
                types[i] = model.getOutPortType(i);
            }
            return types;
        }

        @Override
        public void save(NodeSettings settings) {
            model.saveSettingsTo(settings);
        }

        @Override
        public void load(NodeSettingsRO settings) throws InvalidSettingsException {
            model.validateSettings(settings);
            model.loadValidatedSettingsFrom(settings);
        }

        @Override
        public PortObjectSpec[] configure(PortObjectSpec[] specs) throws InvalidSettingsException {
            model.setWarningMessage(null);
            return model.configure(specs);
        }

        @Override
        public PortObject[] execute(PortObject[] objects, ExecutionContext context) throws Exception {
            model.setWarningMessage(null);
            return model.execute(objects, context);
        }

        @Override
        public void reset() {
            model.setWarningMessage(null);
            model.reset();
        }

        @Override
        public String warning() {
            return model.getWarningMessage();
        }

        @Override
        public void warn(String text) {
            model.setWarningMessage(text);
        }
    }
}
