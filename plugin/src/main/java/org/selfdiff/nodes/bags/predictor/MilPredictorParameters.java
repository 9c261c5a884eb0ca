package org.selfdiff.nodes.bags.predictor;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.DeviceParameters;
import org.selfdiff.nodes.common.VectorColumns;

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

    @Persist(configKey = "compute")
    DeviceParameters compute = new DeviceParameters();

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Focus", focus, 1e-6, 1);
        compute.validate();
    }
}
