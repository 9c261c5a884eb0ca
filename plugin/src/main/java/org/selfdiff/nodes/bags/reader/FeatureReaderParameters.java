package org.selfdiff.nodes.bags.reader;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.ReadFeatures;

/** Settings of the Feature Reader. */
final class FeatureReaderParameters implements NodeParameters {

    /** Where the numbers are. */
    enum Storage {
        @Label(
                value = "Automatic",
                description = "In the table up to 200,000 tiles, in their files above. What the table looks like is "
                        + "then known once the node has run.")
        AUTOMATIC,
        @Label(value = "In the table", description = "As lists of numbers, which KNIME's own nodes can work with.")
        TABLE,
        @Label(
                value = "In their files",
                description = "The table refers to rows of the files, which must stay where they are. Nodes of this "
                        + "extension read both; KNIME's own nodes cannot.")
        FILES
    }

    @Widget(
            title = "Folder",
            description = "Folder with one HDF5 file for each slide, as CLAM (<tt>h5_files</tt>), TRIDENT "
                    + "(<tt>features_…</tt>) or STAMP writes them. Absolute, relative to the workflow, or "
                    + "<tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "";

    @Widget(
            title = "Slide folder",
            description =
                    "Folder with the slides, sub-folders included, where pictures of tiles are wanted later. They "
                            + "are found by their names. Empty if there are none; then the column <i>Image</i> names the "
                            + "HDF5 files.")
    @Persist(configKey = "slides")
    String slides = "";

    @Widget(
            title = "Encoder",
            description = "Name of what made the features, for files that do not say it themselves (CLAM).")
    @Persist(configKey = "encoder")
    String encoder = "";

    @Widget(
            title = "Tile side",
            description = "Side of a tile in pixels of level 0, for files that do not state it (CLAM). 0 takes the "
                    + "smallest step between the tiles of a slide.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "side")
    double side;

    @Widget(
            title = "Micrometres per pixel",
            description = "Resolution of level 0 of the slides, for coordinates in micrometres (STAMP). 0 if there are "
                    + "none.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "mpp")
    double mpp;

    @Widget(title = "Features", description = "Where the numbers are.")
    @ValueSwitchWidget
    @Persist(configKey = "storage")
    Storage storage = Storage.AUTOMATIC;

    ReadFeatures.Request request() throws RunFailed {
        return new ReadFeatures.Request(
                UserPath.resolve(folder, "Folder"), UserPath.ifGiven(slides, "Slide folder"), encoder, side, mpp);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Tile side", side, 0, 1_000_000);
        Checks.range("Micrometres per pixel", mpp, 0, 1000);
    }
}
