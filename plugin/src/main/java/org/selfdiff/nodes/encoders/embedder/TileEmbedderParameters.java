package org.selfdiff.nodes.encoders.embedder;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
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
        compute.validate();
    }
}
