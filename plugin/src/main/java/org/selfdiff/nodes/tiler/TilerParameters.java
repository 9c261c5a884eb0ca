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
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
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
        @Label(value = "Picture", description = "Each picture is a group of its own.")
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
        @Label(value = "Fail", description = "The node fails and says which picture and why.")
        FAIL,
        @Label(value = "Skip", description = "The picture is left out, and its row in the report says why.")
        SKIP_AND_REPORT
    }

    @Section(title = "Pictures")
    interface Pictures {}

    @Section(title = "Tiles")
    @After(Pictures.class)
    interface Tiles {}

    @Section(title = "Groups", description = "What may not be on both sides of a split: pictures, slides or patients.")
    @After(Tiles.class)
    interface Groups {}

    interface GroupByReference extends ParameterReference<GroupBy> {}

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
                    "Folder with the pictures (PNG, JPEG, BMP, GIF, TIFF). Absolute, relative to the workflow, or "
                            + "<tt>knime://</tt>. Leave it empty to take the pictures of the input table. If it is given, it is "
                            + "used instead of the table.")
    @Persist(configKey = "image_folder")
    String imageFolder = "";

    @Layout(Pictures.class)
    @Widget(
            title = "Mask folder",
            description =
                    "Folder with the masks of the pictures in the image folder, named as the pictures are, in any "
                            + "lossless format. Empty if there are none.")
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
    OnFailure onFailure = OnFailure.FAIL;

    @Layout(Tiles.class)
    @Widget(
            title = "Tile size",
            description = "Side of a tile in pixels; a multiple of 8 suits a U-Net of four levels.")
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
            title = "Minimum tissue",
            description =
                    "Tiles with a smaller share of tissue are dropped, 0 to 1; 0 keeps all. Tissue is told from glass "
                            + "by Otsu's threshold on saturation, found once per picture.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "min_tissue")
    double minTissue;

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

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Tile size", tileSize, 8, 16_384);
        Checks.range("Overlap", overlap, 0, tileSize - 1.0);
        Checks.range("Minimum tissue", minTissue, 0, 1);
        if (imageFolder.isBlank() && !maskFolder.isBlank()) {
            throw new InvalidSettingsException(
                    "A mask folder is set, but no image folder. Set the image folder, or clear the mask folder.");
        }
    }
}
