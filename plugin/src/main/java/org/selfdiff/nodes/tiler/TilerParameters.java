package org.selfdiff.nodes.tiler;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.imaging.tissue.TissueSettings;
import org.selfdiff.nodes.common.Checks;

/** Settings of the Tiler. */
final class TilerParameters implements NodeParameters {

    /** What happens to the rest at the border. */
    enum Border {
        @Label(
                value = "Shift",
                description = "The last tile moves inwards until it fits, and overlaps its neighbour more.")
        SHIFT,
        @Label(value = "Drop", description = "What no whole tile fits into is left out.")
        DROP,
        @Label(value = "Reflect", description = "The last tile reaches past the border, where the picture is mirrored.")
        PAD
    }

    /** What belongs together. */
    enum GroupBy {
        @Label(
                value = "Picture",
                description = "Each picture is a group of its own, unless the input table has a column Group.")
        PICTURE,
        @Label(value = "Folder", description = "The pictures of one folder are a group.")
        FOLDER,
        @Label(
                value = "Pattern",
                description = "Pictures whose names agree in what a regular expression finds are a group.")
        PATTERN
    }

    /** What happens with a picture that cannot be used. */
    enum OnFailure {
        @Label(value = "Skip", description = "The picture is left out, and its row in the report says why.")
        SKIP_AND_REPORT,
        @Label(value = "Fail", description = "The node fails and says which picture and why.")
        FAIL
    }

    /** What the size of a tile's pixel is told in. */
    enum Target {
        @Label(value = "As scanned", description = "The finest level as it is, whatever its resolution.")
        FINEST,
        @Label(
                value = "Micrometres per pixel",
                description = "The same physical size of a pixel on every slide, such as 0.5.")
        MPP,
        @Label(
                value = "Magnification",
                description =
                        "As through an objective, such as 20; for files that name the objective and no micrometres.")
        MAGNIFICATION
    }

    /** Where tissue is looked for. */
    enum FindTissue {
        @Label(
                value = "On slides",
                description = "On files with several levels or a known resolution; plain pictures are kept whole.")
        SLIDES,
        @Label(value = "On all pictures", description = "Also on plain pictures.")
        EVERYWHERE,
        @Label(value = "Nowhere", description = "All tiles are kept.")
        NOWHERE
    }

    /** What tells tissue from glass. */
    enum Method {
        @Label(
                value = "Colour or stain",
                description = "Either clue is enough: for hematoxylin and eosin, pale tissue and immunohistochemistry.")
        COMBINED,
        @Label(value = "Colour", description = "Otsu's threshold on saturation.")
        SATURATION,
        @Label(value = "Stain", description = "Otsu's threshold on the density of hematoxylin, eosin and DAB.")
        DENSITY
    }

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

    @Section(title = "Slides and pictures")
    interface Pictures {}

    @Section(title = "Resolution")
    @After(Pictures.class)
    interface AtResolution {}

    @Section(title = "Tiles")
    @After(AtResolution.class)
    interface Tiles {}

    @Section(title = "Tissue", description = "Glass, pen marks, dust and edges are dropped.")
    @After(Tiles.class)
    interface OfTissue {}

    @Section(
            title = "Annotations",
            description = "Regions drawn in QuPath (GeoJSON), ASAP, ImageScope, or as COCO or MoNuSeg files.")
    @After(OfTissue.class)
    interface OfAnnotations {}

    @Section(title = "Groups", description = "What may not be on both sides of a split: pictures, slides or patients.")
    @After(OfAnnotations.class)
    interface Groups {}

    @Section(title = "Many slides")
    @After(Groups.class)
    interface Many {}

    interface GroupByReference extends ParameterReference<GroupBy> {}

    interface TargetReference extends ParameterReference<Target> {}

    interface FindTissueReference extends ParameterReference<FindTissue> {}

    static final class ByMpp implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TargetReference.class).isOneOf(Target.MPP);
        }
    }

    static final class ByMagnification implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TargetReference.class).isOneOf(Target.MAGNIFICATION);
        }
    }

    static final class TissueWanted implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FindTissueReference.class).isOneOf(FindTissue.SLIDES, FindTissue.EVERYWHERE);
        }
    }

    static final class ByPattern implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(GroupByReference.class).isOneOf(GroupBy.PATTERN);
        }
    }

    @Layout(Pictures.class)
    @Widget(
            title = "Image folder",
            description =
                    "Folder with slides (SVS, NDPI, OME-TIFF, Philips and other pyramidal TIFF) or pictures (PNG, JPEG, BMP, "
                            + "GIF, TIFF). Absolute, relative to the workflow, or <tt>knime://</tt>. Leave it empty to take "
                            + "the pictures of the input table. If it is given, it is used instead of the table.")
    @Persist(configKey = "image_folder")
    String imageFolder = "";

    @Layout(Pictures.class)
    @Widget(
            title = "Mask folder",
            description =
                    "Folder with the masks or annotations of the pictures in the image folder, named as the pictures are: "
                            + "masks in any lossless format, annotations as <tt>.geojson</tt>, <tt>.json</tt> or "
                            + "<tt>.xml</tt>. May be the image folder itself. Or one COCO file for all. Empty if there are none.")
    @Persist(configKey = "mask_folder")
    String maskFolder = "";

    @Advanced
    @Layout(Pictures.class)
    @Widget(
            title = "Mask suffix",
            description = "What follows a picture's name in the name of its mask, for instance <tt>_mask</tt> for "
                    + "<tt>a.jpg</tt> and <tt>a_mask.png</tt>.")
    @Persist(configKey = "mask_suffix")
    String maskSuffix = "";

    @Layout(Pictures.class)
    @Widget(title = "Include subfolders", description = "Whether pictures in folders within the image folder count.")
    @Persist(configKey = "recursive")
    boolean recursive;

    @Layout(Pictures.class)
    @Widget(
            title = "Masks required",
            description = "Whether a picture without a mask is an error. Off, it counts as unlabelled.")
    @Persist(configKey = "masks_required")
    boolean masksRequired;

    @Layout(Pictures.class)
    @Widget(
            title = "If a picture cannot be used",
            description = "Unreadable, too small, or with a mask of another size.")
    @ValueSwitchWidget
    @Persist(configKey = "on_failure")
    OnFailure onFailure = OnFailure.SKIP_AND_REPORT;

    @Layout(AtResolution.class)
    @Widget(title = "Resolution", description = "How large a pixel of a tile is.")
    @ValueSwitchWidget
    @ValueReference(TargetReference.class)
    @Persist(configKey = "resolution")
    Target resolution = Target.FINEST;

    @Layout(AtResolution.class)
    @Widget(
            title = "Micrometres per pixel",
            description =
                    "Side of a tile's pixel: 0.25 is about 40x, 0.5 about 20x, 1 about 10x. The next finer level is "
                            + "read and the rest averaged; nothing is enlarged.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = ByMpp.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "mpp")
    double mpp = 0.5;

    @Layout(AtResolution.class)
    @Widget(title = "Magnification", description = "Of the objective that tiles are to be seen through.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = ByMagnification.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "magnification")
    double magnification = 20;

    @Layout(AtResolution.class)
    @Widget(
            title = "Micrometres per pixel of the files",
            description = "In place of what the files say, for files that say nothing or something wrong; 0 to believe "
                    + "them. A file that says nothing is never guessed at.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "mpp_override")
    double mppOverride;

    @Advanced
    @Layout(AtResolution.class)
    @Widget(
            title = "Tolerance",
            description =
                    "A level that differs by no more than this share is read as it is, because averaging to a pixel "
                            + "that is hardly larger blurs and gains nothing. The table holds the true value.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "tolerance")
    double tolerance = 0.05;

    @Layout(Tiles.class)
    @Widget(
            title = "Tile size",
            description = "Side of a tile in pixels at that resolution; a multiple of 8 suits a U-Net of four levels.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "tile_size")
    int tileSize = 256;

    @Layout(Tiles.class)
    @Widget(
            title = "Overlap",
            description = "How many pixels neighbouring tiles share. More overlap gives more tiles of the same tissue.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "overlap")
    int overlap;

    @Layout(Tiles.class)
    @Widget(title = "Border", description = "What happens at the right and lower border, where no whole tile fits.")
    @ValueSwitchWidget
    @Persist(configKey = "border")
    Border border = Border.SHIFT;

    @Layout(Tiles.class)
    @Widget(
            title = "Measure sharpness",
            description =
                    "Whether every tile's pixels are read and its sharpness goes into the table: low values are out of "
                            + "focus.")
    @Persist(configKey = "measure_sharpness")
    boolean measureSharpness;

    @Advanced
    @Layout(Tiles.class)
    @Widget(
            title = "Minimum sharpness",
            description =
                    "Tiles below are dropped, if sharpness is measured. About 0.3 is visibly blurred, 0.5 and more in focus; look at a few slides first.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "min_sharpness")
    double minSharpness;

    @Layout(OfTissue.class)
    @Widget(title = "Find tissue", description = "Where tissue is told from glass, once for each slide.")
    @ValueSwitchWidget
    @ValueReference(FindTissueReference.class)
    @Persist(configKey = "find_tissue")
    FindTissue findTissue = FindTissue.SLIDES;

    @Layout(OfTissue.class)
    @Widget(
            title = "Minimum tissue",
            description =
                    "Tiles with a smaller share of tissue are dropped, 0 to 1; with 0 all are kept and the share is in "
                            + "the table.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "min_tissue")
    double minTissue = 0.5;

    @Advanced
    @Layout(OfTissue.class)
    @Widget(title = "Tissue by", description = "What tells tissue from glass. One threshold is found for each slide.")
    @ValueSwitchWidget
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "tissue_method")
    Method tissueMethod = Method.COMBINED;

    @Advanced
    @Layout(OfTissue.class)
    @Widget(
            title = "Close gaps up to",
            description = "Radius in micrometres; gaps in tissue of twice this width are closed. 0 closes none.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "closing_um")
    double closingUm = TissueSettings.standard().closingUm();

    @Advanced
    @Layout(OfTissue.class)
    @Widget(
            title = "Remove what is thinner than",
            description = "Radius in micrometres of the disk that must fit into tissue; 0 removes nothing.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "opening_um")
    double openingUm = TissueSettings.standard().openingUm();

    @Advanced
    @Layout(OfTissue.class)
    @Widget(title = "Smallest piece of tissue", description = "In square micrometres; what is smaller is a speck.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "min_area_um2")
    double minAreaUm2 = TissueSettings.standard().minAreaUm2();

    @Advanced
    @Layout(OfTissue.class)
    @Widget(title = "Largest hole that is filled", description = "In square micrometres; larger holes are glass.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "max_hole_um2")
    double maxHoleUm2 = TissueSettings.standard().maxHoleUm2();

    @Advanced
    @Layout(OfTissue.class)
    @Widget(
            title = "Drop pen marks",
            description =
                    "Whether ink of pens is told from tissue. Dark blue and violet ink over tissue has the colour "
                            + "of hematoxylin, and stays.")
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "find_pens")
    boolean findPens = TissueSettings.standard().findPens();

    @Advanced
    @Layout(OfTissue.class)
    @Widget(title = "Drop glass edges", description = "Whether edges of glass and scanner are told from tissue.")
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "find_edges")
    boolean findEdges = TissueSettings.standard().findEdges();

    @Advanced
    @Layout(OfTissue.class)
    @Widget(
            title = "Tissue mask folder",
            description =
                    "Folder with masks of tissue, named as the slides are, of any size; not 0 where there is tissue. "
                            + "They replace the search. Empty to look for tissue.")
    @Effect(predicate = TissueWanted.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "tissue_mask_folder")
    String tissueMaskFolder = "";

    @Layout(OfAnnotations.class)
    @Widget(title = "Keep tiles", description = "Which tiles are kept, where a slide has annotations.")
    @ValueSwitchWidget
    @Persist(configKey = "keep_tiles")
    KeepTiles keepTiles = KeepTiles.ALL;

    @Layout(OfAnnotations.class)
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

    @Layout(OfAnnotations.class)
    @Widget(
            title = "Excluded classes",
            description = "Regions of these classes never count, and cut holes into the others. Separated by commas.")
    @Persist(configKey = "excluded_classes")
    String excludedClasses = "Ignore*, Exclude, Artifact";

    @Layout(OfAnnotations.class)
    @Widget(
            title = "Minimum annotated share",
            description =
                    "Share of a tile that annotations must cover for it to be inside, 0 to 1; and that one class must "
                            + "cover to become the tile's label.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "min_annotated")
    double minAnnotated = 0.5;

    @Layout(OfAnnotations.class)
    @Widget(title = "Faulty outlines", description = "Outlines that cross themselves or are not closed.")
    @ValueSwitchWidget
    @Persist(configKey = "faulty_outlines")
    FaultyOutlines faultyOutlines = FaultyOutlines.FAIL;

    @Layout(Groups.class)
    @Widget(title = "Group by", description = "What may not be on both sides of a split.")
    @ValueSwitchWidget
    @ValueReference(GroupByReference.class)
    @Persist(configKey = "group_by")
    GroupBy groupBy = GroupBy.PICTURE;

    @Layout(Groups.class)
    @Widget(
            title = "Group pattern",
            description =
                    "Regular expression that is found in the file's name; its first bracketed group, or else the whole "
                            + "match, names the group, for instance <tt>^(TCGA-..-....)</tt> for the patient.")
    @Effect(predicate = ByPattern.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "group_pattern")
    String groupPattern = "^([^_]+)_";

    @Layout(Many.class)
    @Widget(
            title = "Overview pictures",
            description =
                    "Whether the report shows each slide with its tissue, what was taken for pen or dust, and the tiles.")
    @Persist(configKey = "overviews")
    boolean overviews = true;

    @Advanced
    @Layout(Many.class)
    @Widget(
            title = "Folder for finished slides",
            description =
                    "Where finished slides are noted, so that a run over many slides that was stopped goes on where it "
                            + "was. Notes of slides or settings that have changed do not count. Empty to begin anew each time.")
    @Persist(configKey = "journal_folder")
    String journalFolder = "";

    @Advanced
    @Layout(Many.class)
    @Widget(title = "Threads", description = "How many slides are worked on at once; 0 for one a processor.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "threads")
    int threads;

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Tile size", tileSize, 8, 16_384);
        Checks.range("Overlap", overlap, 0, tileSize - 1.0);
        Checks.range("Micrometres per pixel", mpp, 0.001, 1000);
        Checks.range("Magnification", magnification, 0.01, 1000);
        Checks.range("Micrometres per pixel of the files", mppOverride, 0, 1000);
        Checks.range("Tolerance", tolerance, 0, 0.5);
        Checks.range("Minimum tissue", minTissue, 0, 1);
        Checks.range("Minimum sharpness", minSharpness, 0, 1);
        Checks.range("Close gaps up to", closingUm, 0, 10_000);
        Checks.range("Remove what is thinner than", openingUm, 0, 10_000);
        Checks.range("Smallest piece of tissue", minAreaUm2, 0, 1e12);
        Checks.range("Largest hole that is filled", maxHoleUm2, 0, 1e12);
        Checks.range("Minimum annotated share", minAnnotated, 0, 1);
        Checks.range("Threads", threads, 0, 1024);
        if (imageFolder.isBlank() && !maskFolder.isBlank()) {
            throw new InvalidSettingsException(
                    "A mask folder is set, but no image folder. Set the image folder, or clear the mask folder.");
        }
    }
}
