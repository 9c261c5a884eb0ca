package org.selfdiff.nodes.bags.learner;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.VectorColumns;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.Precision;
import org.selfdiff.train.TrainingPlan;

/** Settings of the MIL Learner. */
@LoadDefaultsForAbsentFields
final class MilLearnerParameters implements NodeParameters {

    /** How tiles become one answer. */
    enum Method {
        @Label(
                value = "Regional transformer",
                description =
                        "Tiles look at each other inside regions of neighbours, then regions at each other (after "
                                + "Cersovsky et al. 2023).")
        REGIONAL,
        @Label(
                value = "Gated attention (ABMIL)",
                description = "Attention-based pooling with a gate (Ilse et al. 2018).")
        GATED_ABMIL,
        @Label(value = "Attention (ABMIL)", description = "Attention-based pooling without the gate.")
        ABMIL,
        @Label(value = "Mean", description = "Mean of the tiles' own answers.")
        MEAN,
        @Label(value = "Maximum", description = "Largest of the tiles' own answers.")
        MAX,
        @Label(
                value = "CLAM, one attention (CLAM-SB)",
                description =
                        "Gated attention; classifiers of tiles learn from those attended to most and least (Lu et "
                                + "al. 2021).")
        CLAM_SB,
        @Label(
                value = "CLAM, an attention for each class (CLAM-MB)",
                description = "The same, where each class attends on its own.")
        CLAM_MB,
        @Label(
                value = "Best tile (CLAM's maximum)",
                description = "The most certain tile stands for the slide; what CLAM is compared with.")
        CLAM_MAX
    }

    @Widget(title = "Method", description = "How the tiles of a slide become one answer.")
    @Persist(configKey = "method")
    Method method = Method.REGIONAL;

    @Widget(
            title = "Label column",
            description = "Column with the slide's class, the same for all its tiles. Empty takes <i>Slide label</i>, "
                    + "<i>Label (picture)</i> or <i>Label</i>.")
    @Persist(configKey = "label_column")
    String labelColumn = "";

    @Widget(
            title = "Embedding column",
            description = "Column of embeddings. Empty takes the last one that an encoder made.")
    @ChoicesProvider(VectorColumns.class)
    @Persist(configKey = "embedding_column")
    String embeddingColumn = "";

    @Widget(
            title = "Folds",
            description =
                    "Patients are split into so many folds, classes evenly. Each fold is scored by a network that never "
                            + "saw its patients; the model is the ensemble of all networks.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "folds")
    int folds = 5;

    @Widget(title = "Hidden width", description = "Numbers of a tile inside the network.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "hidden")
    int hidden = 128;

    @Advanced
    @Widget(title = "Region side", description = "Tiles along a side of a region, for the regional transformer.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "region_side")
    int regionSide = 2;

    @Advanced
    @Widget(title = "Depth", description = "Transformer blocks inside regions, and as many between them.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "depth")
    int depth = 1;

    @Advanced
    @Widget(title = "Heads", description = "Heads of attention; a divisor of the hidden width.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "heads")
    int heads = 4;

    @Widget(
            title = "Tiles of a step",
            description = "How many tiles of a slide a step sees, drawn by region; 0 for all. The paper's is 256.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "bag_tiles")
    int bagTiles = 256;

    @Widget(title = "Steps", description = "Training steps of each fold; a step is one slide.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "steps")
    int steps = 1000;

    @Widget(title = "Learning rate", description = "The highest learning rate; it warms up and falls along a cosine.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "learning_rate")
    double learningRate = 1e-3;

    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    MilSpec spec(final int width, final int classes) throws RunFailed {
        final MilSpec.Method science =
                switch (method) {
                    case REGIONAL -> MilSpec.Method.REGIONAL;
                    case GATED_ABMIL -> MilSpec.Method.GATED_ABMIL;
                    case ABMIL -> MilSpec.Method.ABMIL;
                    case MEAN -> MilSpec.Method.MEAN;
                    case MAX -> MilSpec.Method.MAX;
                    case CLAM_SB -> MilSpec.Method.CLAM_SB;
                    case CLAM_MB -> MilSpec.Method.CLAM_MB;
                    case CLAM_MAX -> MilSpec.Method.CLAM_MAX;
                };
        return new MilSpec(science, width, hidden, Math.max(1, hidden / 2), classes, regionSide, depth, heads)
                .checked();
    }

    TrainingPlan plan() {
        return TrainingPlan.ofSteps(steps, 1, learningRate).with(Precision.FP32);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Folds", folds, 2, 100);
        Checks.range("Hidden width", hidden, 1, 4096);
        Checks.range("Region side", regionSide, 1, 32);
        Checks.range("Depth", depth, 1, 24);
        Checks.range("Heads", heads, 1, 64);
        if (method == Method.REGIONAL && hidden % heads != 0) {
            throw new InvalidSettingsException("Setting \"Heads\" is " + heads
                    + ", which does not divide the hidden width " + hidden + ". Choose a divisor.");
        }
        Checks.range("Tiles of a step", bagTiles, 0, 10_000_000);
        Checks.range("Steps", steps, 1, 10_000_000);
        Checks.range("Learning rate", learningRate, 1e-9, 1);
        compute.validate();
    }
}
