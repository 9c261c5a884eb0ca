package org.selfdiff.nodes.encoders.writer;

import java.nio.file.Path;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.encoders.WriteModel;

/** Settings of the Model Writer. */
final class ModelWriterParameters implements NodeParameters {

    /** What happens to a file that is there. */
    enum Existing {
        @Label(value = "Fail", description = "The node fails, and the file stays as it is.")
        FAIL,
        @Label(value = "Replace", description = "The file is replaced in one moment, once the new one is whole.")
        REPLACE
    }

    @Widget(
            title = "File",
            description =
                    "Where the model goes, usually <tt>….safetensors</tt>. Absolute, relative to the workflow, or "
                            + "<tt>knime://</tt>.")
    @Persist(configKey = "file")
    String file = "data/model.safetensors";

    @Widget(title = "If the file exists", description = "What happens to a file of that name that is there already.")
    @ValueSwitchWidget
    @Persist(configKey = "existing")
    Existing existing = Existing.FAIL;

    WriteModel.Request request(final Path model) throws RunFailed {
        return new WriteModel.Request(model, UserPath.resolve(file, "File"), existing == Existing.REPLACE);
    }
}
