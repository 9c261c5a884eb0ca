package org.selfdiff.nodes.classification.predictor;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.DeviceParameters;
import org.selfdiff.nodes.common.VectorColumns;

/** Settings of the Tile Classifier Predictor. */
@LoadDefaultsForAbsentFields
final class TileClassifierPredictorParameters implements NodeParameters {

    @Widget(
            title = "Embedding column",
            description = "For a linear probe: column of embeddings. Empty takes the last one that an encoder made.")
    @ChoicesProvider(VectorColumns.OfSecondInput.class)
    @Persist(configKey = "embedding_column")
    String embeddingColumn = "";

    @Widget(
            title = "Threshold",
            description = "For any number of labels: from which probability on a label is predicted.")
    @Persist(configKey = "threshold")
    double threshold = 0.5;

    @Advanced
    @Widget(title = "Separator of labels", description = "What stands between the predicted labels of a row.")
    @Persist(configKey = "separator")
    String separator = "|";

    @Advanced
    @Widget(title = "Word for no label", description = "What is predicted where a row has no label.")
    @Persist(configKey = "no_label")
    String noLabel = "No Finding";

    @Advanced
    @Widget(title = "Batch size", description = "Tiles that a GPU computes at once; the CPU takes them one by one.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "batch_size")
    int batchSize = 32;

    @Persist(configKey = "compute")
    DeviceParameters compute = new DeviceParameters();

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Threshold", threshold, 0, 1);
        Checks.range("Batch size", batchSize, 1, 4096);
        compute.validate();
    }
}
