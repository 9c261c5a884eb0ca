package org.selfdiff.nodes.encoders.embedder;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.DeviceParameters;
import org.selfdiff.nodes.common.UnreadableSlide;
import org.selfdiff.stages.encoders.Pooling;

/** Settings of the Tile Embedder. */
@LoadDefaultsForAbsentFields
final class TileEmbedderParameters implements NodeParameters {

    /** What becomes the embedding. */
    enum Tokens {
        @Label(
                value = "Global token",
                description = "The class token of a transformer: what most encoders are meant to be used by.")
        GLOBAL,
        @Label(value = "Mean of patches", description = "The mean of the tokens of all patches, registers left out.")
        PATCHES,
        @Label(
                value = "Both",
                description = "Global token and mean of patches, one behind the other: twice as many numbers, as "
                        + "Virchow and Virchow2 are meant to be used.")
        BOTH;

        Pooling pooling() {
            return switch (this) {
                case GLOBAL -> Pooling.GLOBAL;
                case PATCHES -> Pooling.PATCHES;
                case BOTH -> Pooling.BOTH;
            };
        }
    }

    @Widget(title = "Embedding", description = "What of the encoder's tokens becomes the embedding.")
    @ValueSwitchWidget
    @Persist(configKey = "tokens")
    Tokens tokens = Tokens.GLOBAL;

    @Widget(
            title = UnreadableSlide.TITLE,
            description = UnreadableSlide.DESCRIPTION
                    + " The row of a tile that cannot be read stays, its embedding is " + "missing.")
    @ValueSwitchWidget
    @Persist(configKey = "on_failure")
    UnreadableSlide onFailure = UnreadableSlide.FAIL;

    /** Where the embeddings are. */
    enum Place {
        @Label(value = "Table, or files above 200,000 tiles", description = "In the table where it has room for them.")
        AUTO,
        @Label(value = "Table", description = "A list of numbers in each row, which KNIME's own nodes can work with.")
        TABLE,
        @Label(
                value = "Files",
                description = "One HDF5 file for each slide, as TRIDENT lays them out; the column refers to them. All"
                        + " SelfDiff nodes read both.")
        FILES
    }

    @Widget(title = "Embeddings are kept in", description = "Where the numbers are.")
    @ValueSwitchWidget
    @Persist(configKey = "place")
    Place place = Place.AUTO;

    @Widget(
            title = "Folder for files",
            description =
                    "Folder of the files, where embeddings are kept in files. Files of slides of the same names are"
                            + " replaced: give each encoder a folder of its own. Absolute, relative to the workflow, or"
                            + " <tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "data/embeddings";

    /** Pictures of attention. */
    enum Attention {
        @Label(value = "None", description = "Nothing is drawn.")
        NONE,
        @Label(value = "Mean of heads", description = "One picture for each tile.")
        MEAN,
        @Label(value = "Each head", description = "The pictures of all heads side by side.")
        HEADS
    }

    @Widget(
            title = "Attention maps",
            description =
                    "Whether pictures are drawn of what a transformer attends to: the attention of its class token in the"
                            + " last block, from dark (the least attended patch of the tile) to bright. A column names the"
                            + " files. Drawing takes about as long as embedding.")
    @ValueSwitchWidget
    @Persist(configKey = "attention")
    Attention attention = Attention.NONE;

    @Advanced
    @Widget(
            title = "Folder for attention maps",
            description = "Absolute, relative to the workflow, or <tt>knime://</tt>.")
    @Persist(configKey = "attention_folder")
    String attentionFolder = "data/attention";

    @Advanced
    @Widget(
            title = "Folder for interrupted runs",
            description =
                    "Folder in which embeddings are kept while they are made. A cancelled or killed run with the same"
                            + " tiles, encoder and settings goes on from there. The file is deleted when the run ends well."
                            + " Empty turns it off.")
    @Persist(configKey = "parts_folder")
    String parts = "data/checkpoints";

    @Advanced
    @Widget(
            title = "Tiles at once",
            description =
                    "Tiles that a GPU computes together. Fewer need less memory. The CPU computes them one by one.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "batch_size")
    int batchSize = 32;

    @Persist(configKey = "compute")
    DeviceParameters compute = new DeviceParameters();

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Tiles at once", batchSize, 1, 4096);
        if (attention != Attention.NONE && attentionFolder.isBlank()) {
            throw new InvalidSettingsException(
                    "No folder for attention maps is chosen. Set it in the dialog, or draw none.");
        }
        if (place != Place.TABLE && folder.isBlank()) {
            throw new InvalidSettingsException(
                    "No folder for files is chosen. Set it in the dialog, or keep the embeddings in the table.");
        }
        compute.validate();
    }
}
