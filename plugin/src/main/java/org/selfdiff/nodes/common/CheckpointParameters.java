package org.selfdiff.nodes.common;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.selfdiff.run.RunFailed;

/** Where training saves its state, so that a run that was cancelled or killed goes on where it was. */
public final class CheckpointParameters implements NodeParameters {

    /** Folder of the checkpoints. */
    @Advanced
    @Widget(
            title = "Checkpoint folder",
            description = "Folder in which training saves its state. A cancelled or killed run with the same data and "
                    + "settings goes on from there and ends with the same model as an uninterrupted one. The state is "
                    + "deleted when the run ends well, unless the learning rate stays: then more steps go on from it. Empty turns checkpoints off. Absolute, relative to the workflow, or "
                    + "<tt>knime://</tt>.")
    @Persist(configKey = "checkpoint_folder")
    public String folder = "data/checkpoints";

    /** Minutes between two checkpoints. */
    @Advanced
    @Widget(title = "Minutes between checkpoints", description = "How often the state is saved.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "checkpoint_minutes")
    public double minutes = 5;

    /** The folder, if checkpoints are wanted. */
    public Optional<Path> path() throws RunFailed {
        return UserPath.ifGiven(folder, "Checkpoint folder");
    }

    /** Time between two checkpoints. */
    public Duration interval() {
        return Duration.ofMillis(Math.max(1, Math.round(minutes * 60_000)));
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Minutes between checkpoints", minutes, 0.01, 10_000);
    }
}
