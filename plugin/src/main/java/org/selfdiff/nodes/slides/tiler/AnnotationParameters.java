package org.selfdiff.nodes.slides.tiler;

import java.util.HashSet;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.annotation.FaultyPolygons;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.NameList;
import org.selfdiff.stages.slides.CutTiles;

/** What annotated regions do to tiles. */
final class AnnotationParameters implements NodeParameters {

    /** Which tiles annotations keep. */
    enum KeepTiles {
        @Label(value = "All", description = "Annotations give labels and drop nothing.")
        ALL,
        @Label(value = "Inside", description = "Tiles inside of annotated regions.")
        INSIDE,
        @Label(value = "Outside", description = "Tiles that no annotated region touches.")
        OUTSIDE
    }

    /** What is done about outlines that cross themselves or are not closed. */
    enum FaultyOutlines {
        @Label(value = "Report", description = "The slide cannot be used, and the report names the region.")
        FAIL,
        @Label(value = "Repair", description = "Outlines are closed and filled, and the report says which.")
        REPAIR
    }

    @Widget(title = "Keep tiles", description = "Which tiles are kept, where a slide has annotations.")
    @ValueSwitchWidget
    @Persist(configKey = "keep_tiles")
    KeepTiles keepTiles = KeepTiles.ALL;

    @Widget(
            title = "Classes",
            description =
                    "Names of the annotated classes, in the order of their numbers from 1, separated by commas. Empty for "
                            + "all that occur, in alphabetical order. Regions without a class, such as the nuclei of "
                            + "MoNuSeg, are of the class <i>Unclassified</i>. In a mask that is a picture, several names are "
                            + "those of the values 1, 2 and so on; one name is that of all that is not 0; without a name its "
                            + "tiles get no label.")
    @Persist(configKey = "classes")
    String classes = "";

    @Widget(
            title = "Excluded classes",
            description = "Regions of these classes never count, and cut holes into the others. Separated by commas.")
    @Persist(configKey = "excluded_classes")
    String excludedClasses = "Ignore*, Exclude, Artifact";

    @Widget(
            title = "Minimum annotated share",
            description =
                    "Share of a tile that annotations must cover for it to be inside, 0 to 1; and that one class must "
                            + "cover to become the tile's label.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "min_annotated")
    double minAnnotated = 0.5;

    @Widget(
            title = "Faulty outlines",
            description =
                    "Outlines that cross themselves or are not closed. A crossing that leaves no more than a hundredth of "
                            + "its region in doubt, as hands leave them, is repaired in any case.")
    @ValueSwitchWidget
    @Persist(configKey = "faulty_outlines")
    FaultyOutlines faultyOutlines = FaultyOutlines.FAIL;

    /** Which tiles are kept, and what their labels are. */
    CutTiles.AnnotationRule rule() {
        return new CutTiles.AnnotationRule(
                CutTiles.AnnotationRule.Keep.valueOf(keepTiles.name()),
                NameList.split(classes),
                NameList.split(excludedClasses),
                minAnnotated,
                AnnotationSettings.standard().withFaulty(FaultyPolygons.valueOf(faultyOutlines.name())));
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Minimum annotated share", minAnnotated, 0, 1);
        final Set<String> seen = new HashSet<>();
        for (final String name : NameList.split(classes)) {
            if (!seen.add(name)) { // it would have two numbers
                throw new InvalidSettingsException(
                        "Setting \"Classes\" names \"" + name + "\" twice. Name each class once.");
            }
        }
    }
}
