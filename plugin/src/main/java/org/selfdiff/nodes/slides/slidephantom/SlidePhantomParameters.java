package org.selfdiff.nodes.slides.slidephantom;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;

/** Settings of the Slide Phantom. */
final class SlidePhantomParameters implements NodeParameters {

    /** Form of the files. */
    enum Format {
        @Label(value = "Aperio SVS", description = "As Aperio scanners write: levels, thumbnail, label and macro.")
        APERIO,
        @Label(value = "Pyramidal BigTIFF", description = "A plain pyramid; the resolution is in the TIFF tags.")
        BIG_TIFF,
        @Label(value = "OME-TIFF", description = "Smaller levels as sub-directories; the resolution is in the OME-XML.")
        OME_TIFF
    }

    /** How tiles are compressed. */
    enum Coding {
        @Label(value = "JPEG", description = "Small and lossy, as scanners do.")
        JPEG,
        @Label(value = "Deflate", description = "Without loss, about ten times as large.")
        DEFLATE,
        @Label(value = "LZW", description = "Without loss, larger still.")
        LZW
    }

    /** How the slides are stained. */
    enum Stain {
        @Label(value = "Hematoxylin and eosin", description = "In colours that vary from slide to slide.")
        HE,
        @Label(value = "Pale", description = "Hematoxylin and eosin of a faded slide.")
        PALE,
        @Label(value = "IHC", description = "Hematoxylin, and brown DAB in the tumour.")
        IHC
    }

    @Widget(
            title = "Folder",
            description = "Folder for the slides; it appears when all are done. A folder made by this node before is "
                    + "replaced unless a file in it was changed since, any other must be new or empty. Absolute, relative to the "
                    + "workflow, or <tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "data/slides";

    /** What tumour is a matter of. */
    enum TumourOf {
        @Label(value = "Slides", description = "Some slides of a case may have tumor and others none.")
        SLIDES,
        @Label(value = "Cases", description = "All slides of a case are alike, and so are their labels.")
        CASES
    }

    @Widget(title = "Slides", description = "Number of slides, 1 to 1000.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "slides")
    int slides = 4;

    @Widget(
            title = "Slides of a case",
            description = "How many slides in a row are of one patient, 1 to 100. The last case may have fewer.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "slides_of_a_case")
    @Migrate(loadDefaultIfAbsent = true)
    int slidesOfACase = 2;

    @Widget(title = "Width", description = "Width of a slide in pixels, 256 to 200,000.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "width")
    int width = 8192;

    @Widget(title = "Height", description = "Height of a slide in pixels, 256 to 200,000.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "height")
    int height = 6144;

    @Widget(
            title = "Share with tumor",
            description = "Share of the slides, or of the cases, that have tumor, 0 to 1; the label of such slides is "
                    + "\"tumor\", that of the others \"normal\".")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "tumor_share")
    double tumourShare = 0.5;

    @Widget(title = "Tumor by", description = "What the share counts.")
    @ValueSwitchWidget
    @Persist(configKey = "tumor_of")
    @Migrate(loadDefaultIfAbsent = true)
    TumourOf tumourOf = TumourOf.SLIDES;

    @Widget(
            title = "Small regions of tumor",
            description =
                    "How many small regions a slide with tumor has at most, 1 to 100; those that find no room are "
                            + "left out. 0 for large regions that fill much of the tissue. All are in the annotations.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "tumor_regions")
    @Migrate(loadDefaultIfAbsent = true)
    int foci;

    @Widget(
            title = "Their size",
            description =
                    "About how wide a small region is, in micrometres, 10 to 100,000; smaller where there is no room.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "tumor_region_um")
    @Migrate(loadDefaultIfAbsent = true)
    double fociMicrometres = 400;

    @Advanced
    @Widget(
            title = "Contrast of tumor",
            description =
                    "How much bluer tumor is than other tissue: 0 for no bluer, 1 as usual, 8 at most. Its larger, "
                            + "denser nuclei stay.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "tumor_contrast")
    @Migrate(loadDefaultIfAbsent = true)
    double contrast = 1;

    @Widget(title = "Stain", description = "How the slides are stained.")
    @ValueSwitchWidget
    @Persist(configKey = "stain")
    Stain stain = Stain.HE;

    @Widget(
            title = "Artefacts",
            description = "Whether slides have pen marks, dark edges of the glass, regions out of focus and dust.")
    @Persist(configKey = "artefacts")
    boolean artefacts = true;

    @Widget(title = "Format", description = "Form of the files.")
    @ValueSwitchWidget
    @Persist(configKey = "format")
    Format format = Format.APERIO;

    @Advanced
    @Widget(title = "Compression", description = "How the tiles of the slides are compressed.")
    @ValueSwitchWidget
    @Persist(configKey = "compression")
    Coding compression = Coding.JPEG;

    @Advanced
    @Widget(title = "JPEG quality", description = "1 (smallest) to 100 (nearest to the pixels); for JPEG only.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "jpeg_quality")
    int quality = 80;

    @Advanced
    @Widget(title = "Micrometres per pixel", description = "Scale of the slides, 0.1 to 2; 0.5 is a 20x scan.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "mpp")
    double mpp = 0.5;

    @Advanced
    @Widget(
            title = "Magnification",
            description = "What the slides say their objective was, 1 to 100. It changes no pixel.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "magnification")
    double magnification = 20;

    @Widget(title = "Random seed", description = "Another number gives other slides, the same number the same slides.")
    @Persist(configKey = "seed")
    long seed = 1;

    @Advanced
    @Widget(
            title = "Folder of your own slides",
            description =
                    "Where a folder is named here, no slides are made and the table is empty: for workflows that take "
                            + "your own slides as soon as a variable names their folder.")
    @Persist(configKey = "own_folder")
    @Migrate(loadDefaultIfAbsent = true)
    String ownFolder = "";

    @Override
    public void validate() throws InvalidSettingsException {
        if (folder.isBlank()) {
            throw new InvalidSettingsException("Setting \"Folder\" is empty. Give a folder for the slides.");
        }
        Checks.range("Slides", slides, 1, 1000);
        Checks.range("Width", width, 256, 200_000);
        Checks.range("Height", height, 256, 200_000);
        Checks.range("Share with tumor", tumourShare, 0, 1);
        Checks.range("Slides of a case", slidesOfACase, 1, 100);
        Checks.range("Small regions of tumor", foci, 0, 100);
        Checks.range("Their size", fociMicrometres, 10, 100_000);
        Checks.range("Contrast of tumor", contrast, 0, 8);
        Checks.range("JPEG quality", quality, 1, 100);
        Checks.range("Micrometres per pixel", mpp, 0.1, 2);
        Checks.range("Magnification", magnification, 1, 100);
    }
}
