package org.selfdiff.nodes.bags.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knime.core.data.StringValue;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.OptionalColumns;
import org.selfdiff.nodes.common.VectorColumns;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.CompareBags;
import org.selfdiff.stages.bags.CoxLoss;
import org.selfdiff.stages.bags.LearnBags;
import org.selfdiff.train.TrainingPlan;

/** Settings of the MIL Comparison. */
@LoadDefaultsForAbsentFields
final class MilComparisonParameters implements NodeParameters {

    /** The texts of the input, or the column that is found by its name. */
    static final class LabelColumns extends OptionalColumns {
        LabelColumns() {
            super(0, "Found by name", StringValue.class);
        }
    }

    @Persist(configKey = "methods")
    MethodParameters methods = new MethodParameters();

    @Widget(
            title = "Label column",
            description =
                    "Column with the slide's class, one of two, the same for all its tiles. Left alone, it is <i>Slide "
                            + "label</i>, <i>Label (picture)</i> or <i>Label</i>.")
    @ChoicesProvider(LabelColumns.class)
    @Persist(configKey = "label_column")
    String labelColumn = "";

    @Widget(
            title = "Embedding column",
            description = "Column of embeddings. Empty takes the last one that an encoder made.")
    @ChoicesProvider(VectorColumns.class)
    @Persist(configKey = "embedding_column")
    String embeddingColumn = "";

    @Widget(title = "Folds", description = "Patients are split into so many folds, classes evenly; 2 to 100.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "folds")
    int folds = 5;

    @Widget(
            title = "Repetitions",
            description = "How often all is done, each time with other folds and beginnings; 1 to 100.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "repetitions")
    int repetitions = 3;

    @Widget(title = "Hidden width", description = "Numbers of a tile inside the networks.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "hidden")
    int hidden = 128;

    @Advanced
    @Widget(title = "Region side", description = "Tiles along a side of a region, for the regional transformer.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "region_side")
    int regionSide = 2;

    @Advanced
    @Widget(title = "Heads", description = "Heads of attention; a divisor of the hidden width.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "heads")
    int heads = 4;

    @Widget(
            title = "Tiles of a step",
            description = "How many tiles of a slide a step sees, drawn by region; 0 for all.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "bag_tiles")
    int bagTiles = 256;

    @Widget(title = "Steps", description = "Training steps of each network.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "steps")
    int steps = 1000;

    @Widget(title = "Learning rate", description = "The highest learning rate; it warms up and falls along a cosine.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "learning_rate")
    double learningRate = 1e-3;

    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    /** The chosen methods in one size. */
    List<CompareBags.Named> networks(final int width, final int classes) throws RunFailed {
        final List<CompareBags.Named> networks = new ArrayList<>();
        for (final Map.Entry<String, MilSpec.Method> method : methods.chosen().entrySet()) {
            networks.add(new CompareBags.Named(
                    method.getKey(),
                    new MilSpec(
                                    method.getValue(),
                                    width,
                                    hidden,
                                    Math.max(1, hidden / 2),
                                    classes,
                                    regionSide,
                                    1,
                                    heads)
                            .checked()));
        }
        return networks;
    }

    LearnBags.Training training() {
        return new LearnBags.Training(
                bagTiles, true, CoxLoss.Ties.BRESLOW, TrainingPlan.ofSteps(steps, 1, learningRate), compute.seed);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        if (methods.chosen().isEmpty()) {
            throw new InvalidSettingsException("No method is chosen. Choose one and more.");
        }
        Checks.range("Folds", folds, 2, 100);
        Checks.range("Repetitions", repetitions, 1, 100);
        Checks.range("Hidden width", hidden, 1, 4096);
        Checks.range("Region side", regionSide, 1, 32);
        Checks.range("Heads", heads, 1, 64);
        if (hidden % heads != 0) {
            throw new InvalidSettingsException("Setting \"Heads\" is " + heads
                    + ", which does not divide the hidden width " + hidden + ". Choose a divisor.");
        }
        Checks.range("Tiles of a step", bagTiles, 0, 10_000_000);
        Checks.range("Steps", steps, 1, 10_000_000);
        Checks.range("Learning rate", learningRate, 1e-9, 1);
        compute.validate();
    }
}
