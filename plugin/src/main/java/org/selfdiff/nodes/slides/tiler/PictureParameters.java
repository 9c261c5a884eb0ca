package org.selfdiff.nodes.slides.tiler;

import java.util.Optional;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.selfdiff.data.LabelFile;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.nodes.common.PictureTable;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.run.RunFailed;

/** Which slides and pictures are cut, and the masks that go with them. */
final class PictureParameters implements NodeParameters {

    /** What happens with a picture that cannot be used. */
    enum OnFailure {
        @Label(value = "Skip", description = "The picture is left out, and its row in the report says why.")
        SKIP_AND_REPORT,
        @Label(value = "Fail", description = "The node fails and says which picture and why.")
        FAIL
    }

    @Widget(
            title = "Image folder",
            description =
                    "Folder with slides (SVS, NDPI, OME-TIFF, Philips and other pyramidal TIFF) or pictures (PNG, JPEG, BMP, "
                            + "GIF, TIFF). Absolute, relative to the workflow, or <tt>knime://</tt>. Leave it empty to take "
                            + "the pictures of the input table. If it is given, it is used instead of the table.")
    @Persist(configKey = "image_folder")
    String imageFolder = "";

    @Widget(
            title = "Mask folder",
            description =
                    "Folder with the masks or annotations of the pictures in the image folder, named as the pictures are: "
                            + "masks in any lossless format, annotations as <tt>.geojson</tt>, <tt>.json</tt> or "
                            + "<tt>.xml</tt>. May be the image folder itself. Or one COCO file for all. Empty if there are none.")
    @Persist(configKey = "mask_folder")
    String maskFolder = "";

    @Widget(
            title = "File of labels",
            description =
                    "CSV file with the class of each slide in the image folder: a column <i>slide</i> (its file's name, "
                            + "with or without extension), a column <i>label</i>, and perhaps a column <i>patient</i>, which becomes "
                            + "the group; <i>slide_id</i>, <i>case_id</i> and the like are known, too. Slides that it does not name are "
                            + "left out. The tiles get a column <i>Slide label</i>. Empty if there is none.")
    @Persist(configKey = "label_file")
    @Migrate(loadDefaultIfAbsent = true)
    String labelFile = "";

    @Advanced
    @Widget(
            title = "Mask suffix",
            description = "What follows a picture's name in the name of its mask, for instance <tt>_mask</tt> for "
                    + "<tt>a.jpg</tt> and <tt>a_mask.png</tt>.")
    @Persist(configKey = "mask_suffix")
    String maskSuffix = "";

    @Widget(
            title = "Include subfolders",
            description =
                    "Whether pictures in folders within the image folder count, and masks in folders of the same names. "
                            + "Links are followed; hidden folders and those of systems are left out.")
    @Persist(configKey = "recursive")
    boolean recursive;

    @Widget(
            title = "Masks required",
            description = "Whether a picture without a mask is an error. Off, it counts as unlabelled.")
    @Persist(configKey = "masks_required")
    boolean masksRequired;

    @Widget(
            title = "If a picture cannot be used",
            description = "Unreadable, too small, or with a mask of another size.")
    @ValueSwitchWidget
    @Persist(configKey = "on_failure")
    OnFailure onFailure = OnFailure.SKIP_AND_REPORT;

    /** Whether the pictures are those of a folder, not those of the input table. */
    boolean inFolder() {
        return !imageFolder.isBlank();
    }

    /** Whether a file says of which class the pictures of the folder are. */
    boolean labelled() {
        return inFolder() && !labelFile.isBlank();
    }

    /** What the file of labels says, if there is one. */
    Optional<LabelFile> labels() throws RunFailed {
        return labelled()
                ? Optional.of(LabelFile.read(UserPath.resolve(labelFile, "File of labels")))
                : Optional.empty();
    }

    /**
     * The pictures.
     *
     * @param ports the node's inputs: the table of pictures, unless a folder is set
     * @param labels which of them count
     */
    PictureFiles files(final PortObject[] ports, final Optional<LabelFile> labels) throws RunFailed {
        final PictureFiles all = inFolder()
                ? new PictureFiles.Folder(
                        UserPath.resolve(imageFolder, "Image folder"),
                        recursive,
                        UserPath.ifGiven(maskFolder, "Mask folder"),
                        maskSuffix)
                : new PictureFiles.Listed(PictureTable.read((BufferedDataTable) ports[0]));
        return labels.isPresent() ? new PictureFiles.Labelled(all, labels.get()) : all;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        if (imageFolder.isBlank() && !maskFolder.isBlank()) {
            throw new InvalidSettingsException(
                    "A mask folder is set, but no image folder. Set the image folder, or clear the mask folder.");
        }
    }
}
