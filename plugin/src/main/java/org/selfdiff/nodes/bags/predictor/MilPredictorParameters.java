package org.selfdiff.nodes.bags.predictor;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.DeviceParameters;
import org.selfdiff.nodes.common.VectorColumns;
import org.selfdiff.stages.bags.PredictBags;

/** Settings of the MIL Predictor. */
@LoadDefaultsForAbsentFields
final class MilPredictorParameters implements NodeParameters {

    @Widget(
            title = "Embedding column",
            description = "Column of embeddings. Empty takes the last one that an encoder made.")
    @ChoicesProvider(VectorColumns.OfSecondInput.class)
    @Persist(configKey = "embedding_column")
    String embeddingColumn = "";

    @Widget(
            title = "Focus",
            description =
                    "Share of the regions that a second pass looks at, those that the first attended to most; 1 for one "
                            + "pass over all. Helps where what matters is small.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "focus")
    double focus = 1;

    @Advanced
    @Widget(
            title = "Tiles of the first pass",
            description = "How many tiles of a slide the first pass sees, drawn by region; 0 for all.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "pass_tiles")
    @Migrate(loadDefaultIfAbsent = true)
    int passTiles;

    @Advanced
    @Widget(
            title = "Repeats",
            description = "How often a slide is looked at where tiles are drawn; the answers are averaged.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "repeats")
    @Migrate(loadDefaultIfAbsent = true)
    int repeats = 5;

    @Advanced
    @Widget(title = "Random seed", description = "Of the tiles that are drawn.")
    @Persist(configKey = "seed")
    @Migrate(loadDefaultIfAbsent = true)
    long seed = 1;

    @Widget(
            title = "Calibrated probabilities",
            description =
                    "Probabilities are as sure as the model was right on the folds that it had not seen: its temperature, "
                            + "which is in its card. The order of classes stays as it is.")
    @Persist(configKey = "calibrated")
    @Migrate(loadDefaultIfAbsent = true)
    boolean calibrated = true;

    @Persist(configKey = "compute")
    DeviceParameters compute = new DeviceParameters();

    PredictBags.Passes passes() {
        return new PredictBags.Passes(focus, passTiles, repeats, seed);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Focus", focus, 1e-6, 1);
        Checks.range("Tiles of the first pass", passTiles, 0, 10_000_000);
        Checks.range("Repeats", repeats, 1, 1000);
        compute.validate();
    }
}
