package org.selfdiff.nodes.encoders.writer;

import java.nio.file.Path;
import org.knime.core.node.InvalidSettingsException;
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
            title = "Folder",
            description = "Where the model goes; it is made if need be. Absolute, relative to the workflow, or "
                    + "<tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "data/models";

    @Widget(title = "Name", description = "Name of the file in the folder; usually it ends with <tt>.safetensors</tt>.")
    @Persist(configKey = "name")
    String name = "model.safetensors";

    @Widget(title = "If the file exists", description = "What happens to a file of that name that is there already.")
    @ValueSwitchWidget
    @Persist(configKey = "existing")
    Existing existing = Existing.FAIL;

    WriteModel.Request request(final Path model) throws RunFailed {
        return new WriteModel.Request(
                model, UserPath.resolve(folder, "Folder").resolve(name.trim()), existing == Existing.REPLACE);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        if (!name.trim().matches("[^/\\\\:*?\"<>|\\x00-\\x1f]+") || name.trim().matches("\\.+")) {
            throw new InvalidSettingsException(
                    "\"" + name + "\" is no name of a file. Write a name without slashes and colons in \"Name\".");
        }
    }
}
