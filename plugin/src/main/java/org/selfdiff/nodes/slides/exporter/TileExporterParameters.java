package org.selfdiff.nodes.slides.exporter;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.MaskValues;
import org.selfdiff.nodes.common.UnreadableSlide;
import org.selfdiff.run.RunFailed;

/** Settings of the Tile Exporter. */
final class TileExporterParameters implements NodeParameters {

    /** The format of the pictures. */
    enum PictureFormat {
        @Label(value = "PNG", description = "Without loss.")
        PNG,
        @Label(value = "JPEG", description = "Smaller, with loss.")
        JPEG
    }

    @Widget(
            title = "Folder",
            description = "Folder that the slides' folders go into. Empty to write no files. Absolute, relative to the "
                    + "workflow, or <tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "data/tiles";

    @Widget(title = "Format", description = "Format of the pictures. Label maps are PNG always.")
    @ValueSwitchWidget
    @Persist(configKey = "format")
    PictureFormat format = PictureFormat.PNG;

    @Widget(title = "JPEG quality", description = "1 (smallest) to 100 (nearest to the pixels).")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "quality")
    int quality = 90;

    @Widget(title = "Label maps", description = "Whether label maps of tiles with masks or annotations are written.")
    @Persist(configKey = "labels")
    boolean labels = true;

    @Widget(title = "Mask values", description = "What the values of masks mean.")
    @ValueSwitchWidget
    @ValueReference(MaskValues.Reference.class)
    @Persist(configKey = "mask_values")
    MaskValues maskValues = MaskValues.LABELS;

    @Widget(title = MaskValues.COLOURS_TITLE, description = MaskValues.COLOURS_DESCRIPTION)
    @Effect(predicate = MaskValues.Colours.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "class_colours")
    @Migrate(loadDefaultIfAbsent = true)
    String classColours = MaskValues.COLOURS_OF_TWO;

    @Widget(
            title = "Pictures in the table",
            description = "Whether the table gets a column with the pictures themselves.")
    @Persist(configKey = "with_pictures")
    boolean withPictures;

    @Widget(title = UnreadableSlide.TITLE, description = UnreadableSlide.DESCRIPTION)
    @ValueSwitchWidget
    @Persist(configKey = "on_failure")
    UnreadableSlide onFailure = UnreadableSlide.SKIP;

    @Advanced
    @Widget(title = "Threads", description = "How many tiles are written at once; 0 for one a processor.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "threads")
    int threads;

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("JPEG quality", quality, 1, 100);
        Checks.range("Threads", threads, 0, 1024);
        try {
            maskValues.coding(classColours);
        } catch (final RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
        if (folder.isBlank() && !withPictures) {
            throw new InvalidSettingsException(
                    "Nothing is asked for. Set a folder, or let the pictures go into the table.");
        }
    }
}
