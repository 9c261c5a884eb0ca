package org.selfdiff.nodes.slides.tiler;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
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

    /**
     * The pictures.
     *
     * @param ports the node's inputs: the table of pictures, unless a folder is set
     */
    PictureFiles files(final PortObject[] ports) throws RunFailed {
        return inFolder()
                ? new PictureFiles.Folder(
                        UserPath.resolve(imageFolder, "Image folder"),
                        recursive,
                        UserPath.ifGiven(maskFolder, "Mask folder"),
                        maskSuffix)
                : new PictureFiles.Listed(PictureTable.read((BufferedDataTable) ports[0]));
    }

    @Override
    public void validate() throws InvalidSettingsException {
        if (imageFolder.isBlank() && !maskFolder.isBlank()) {
            throw new InvalidSettingsException(
                    "A mask folder is set, but no image folder. Set the image folder, or clear the mask folder.");
        }
    }
}
