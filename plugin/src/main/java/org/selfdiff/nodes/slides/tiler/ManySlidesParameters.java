package org.selfdiff.nodes.slides.tiler;

import java.nio.file.Path;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.run.RunFailed;

/** How a run over many slides goes on, and what it shows. */
final class ManySlidesParameters implements NodeParameters {

    @Widget(
            title = "Overview pictures",
            description =
                    "Whether the report shows each slide with its tissue, what was taken for pen or dust, and the tiles.")
    @Persist(configKey = "overviews")
    boolean overviews = true;

    @Advanced
    @Widget(
            title = "Folder for finished slides",
            description =
                    "Where finished slides are noted, so that a run over many slides that was stopped goes on where it "
                            + "was. Notes of slides or settings that have changed do not count. Empty to begin anew each time.")
    @Persist(configKey = "journal_folder")
    String journalFolder = "";

    @Advanced
    @Widget(title = "Threads", description = "How many slides are worked on at once; 0 for one a processor.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "threads")
    int threads;

    /** Where finished slides are noted, if they are. */
    Optional<Path> journal() throws RunFailed {
        return UserPath.ifGiven(journalFolder, "Folder for finished slides");
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Threads", threads, 0, 1024);
    }
}
