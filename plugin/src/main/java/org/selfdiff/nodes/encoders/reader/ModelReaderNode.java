package org.selfdiff.nodes.encoders.reader;

import java.util.Map;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.nodes.common.ModelStore;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.encoders.ReadModel;

/** From the Model Reader's settings to {@link ReadModel} and to the model port. */
final class ModelReaderNode {
    private static final DataTableSpec FINDINGS =
            new DataTableSpec(new DataColumnSpecCreator("Finding", StringCell.TYPE).createSpec());

    private ModelReaderNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ModelReaderParameters p = in.getParameters();
        if (p.file.isBlank()) {
            throw new InvalidSettingsException(
                    "No file is chosen. Set the file of the model or weights in the dialog.");
        }
        try {
            out.setOutSpecs(new ModelPortSpec(ReadModel.look(p.request())), FINDINGS);
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ModelReaderParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final FileStore store = ModelStore.create(exec);
            final ReadModel.Result result = ReadModel.run(p.request(), ModelStore.file(store), control);
            out.setOutData(new ModelPortObject(result.card(), store), table(exec, result.findings()));
        });
    }

    private static BufferedDataTable table(final ExecutionContext exec, final Map<String, String> findings) {
        final BufferedDataContainer container = exec.createDataContainer(FINDINGS);
        findings.forEach((about, text) -> container.addRowToTable(new DefaultRow(about, new StringCell(text))));
        container.close();
        return container.getTable();
    }
}
