package org.selfdiff.nodes.encoders.writer;

import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.stages.encoders.WriteModel;

/** From the Model Writer's settings and port to {@link WriteModel}. */
final class ModelWriterNode {
    private ModelWriterNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ModelWriterParameters p = in.getParameters();
        if (p.folder.isBlank()) {
            throw new InvalidSettingsException("No folder is chosen. Set the folder that the model goes into.");
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ModelWriterParameters p = in.getParameters();
        NodeRun.execute(in.getExecutionContext(), out::setWarningMessage, control -> {
            final ModelPortObject model = in.getInPortObject(0);
            control.progress(0, "writing " + p.name);
            WriteModel.run(p.request(model.file()));
        });
    }
}
