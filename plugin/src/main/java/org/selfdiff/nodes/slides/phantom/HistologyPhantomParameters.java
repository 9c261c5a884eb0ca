package org.selfdiff.nodes.slides.phantom;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;

/** Settings of the Histology Phantom. */
final class HistologyPhantomParameters implements NodeParameters {

    /** What the masks tell apart. */
    enum Masks {
        @Label(value = "Nuclei", description = "0 background, 1 nucleus.")
        NUCLEI,
        @Label(value = "Kinds of nuclei", description = "0 background, 1 lymphocyte, 2 fibroblast, 3 epithelial.")
        TYPES
    }

    @Widget(
            title = "Folder",
            description = "Folder for the pictures; it appears when all are done. A folder made by this node before is "
                    + "replaced unless a file in it was changed since, any other must be new or empty. Absolute, relative to the "
                    + "workflow, or <tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "data/phantom";

    @Widget(title = "Pictures", description = "Number of pictures.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "pictures")
    int pictures = 48;

    @Widget(title = "Size", description = "Side of a picture in pixels, 16 to 4096.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "size")
    int size = 256;

    @Advanced
    @Widget(title = "Micrometres per pixel", description = "Scale of the pictures, 0.1 to 2; 0.5 is a 20x scan.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "mpp")
    double mpp = 0.5;

    @Widget(title = "Masks", description = "What the masks tell apart.")
    @ValueSwitchWidget
    @Persist(configKey = "masks")
    Masks masks = Masks.NUCLEI;

    @Widget(
            title = "Random seed",
            description =
                    "A picture follows from this number and its own number alone, so that more pictures leave the first "
                            + "ones as they are.")
    @Persist(configKey = "seed")
    long seed = 1;

    @Advanced
    @Widget(
            title = "Folder of your own pictures",
            description =
                    "Where a folder is named here, no pictures are made and the table is empty: for workflows that take "
                            + "your own pictures as soon as a variable names their folder.")
    @Persist(configKey = "own_folder")
    @Migrate(loadDefaultIfAbsent = true)
    String ownFolder = "";

    @Override
    public void validate() throws InvalidSettingsException {
        if (folder.isBlank()) {
            throw new InvalidSettingsException("Setting \"Folder\" is empty. Give a folder for the pictures.");
        }
        Checks.range("Pictures", pictures, 1, 100_000);
        Checks.range("Size", size, 16, 4096);
        Checks.range("Micrometres per pixel", mpp, 0.1, 2);
    }
}
