package org.selfdiff.nodes.classification.learner;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.selfdiff.nodes.common.CheckpointParameters;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ClassifierParameters;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.LabelParameters;
import org.selfdiff.nodes.common.OptionalColumns;

/** Settings of the Tile Classifier Learner. */
@LoadDefaultsForAbsentFields
final class TileClassifierLearnerParameters implements NodeParameters {

    @Persist(configKey = "labels")
    LabelParameters labels = new LabelParameters();

    @Persist(configKey = "classifier")
    ClassifierParameters classifier = new ClassifierParameters();

    @Widget(
            title = "Held-out share",
            description =
                    "Share of the groups (patients) of each class that the network does not learn from but is judged by; "
                            + "the weights of the best validation are kept. 0 holds nothing out. Not for the linear probe, which needs "
                            + "no judge.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "held_out_share")
    double heldOutShare = 0.2;

    @Widget(
            title = "Split column",
            description = "Column that says which rows are held out, instead of the share above.")
    @ChoicesProvider(OptionalColumns.Texts.class)
    @Persist(configKey = "split_column")
    String splitColumn = "";

    @Widget(
            title = "Word for held-out rows",
            description = "What stands in the split column of rows that are held out.")
    @Persist(configKey = "split_value")
    String splitValue = "validation";

    @Widget(
            title = "Synthetic tiles for each real one",
            description =
                    "How many tiles of the second input are learnt from for each real one, drawn at random; 0 takes all.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "synthetic_ratio")
    double syntheticRatio;

    @Persist(configKey = "checkpoints")
    CheckpointParameters checkpoints = new CheckpointParameters();

    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Held-out share", heldOutShare, 0, 0.9);
        Checks.range("Synthetic tiles for each real one", syntheticRatio, 0, 1e6);
        labels.validate();
        classifier.validate();
        checkpoints.validate();
        compute.validate();
    }
}
