package org.selfdiff.nodes.classification.scorer;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.OptionalColumns;
import org.selfdiff.stages.classification.ScoreClassification;

/** Settings of the Classification Scorer. */
@LoadDefaultsForAbsentFields
final class ClassificationScorerParameters implements NodeParameters {

    /** How many labels a row has. */
    enum Labels {
        @Label(value = "One class per row", description = "Classes exclude each other.")
        EXCLUSIVE,
        @Label(value = "Any number of labels", description = "Each label is there or not, whatever the others.")
        SEVERAL,
        @Label(
                value = "Times until an event",
                description =
                        "Survival: the concordance of a risk with the times until an event, some of them censored.")
        SURVIVAL,
        @Label(
                value = "Numbers",
                description =
                        "Regression: how close predicted numbers are to true ones. The truth and the predictions are "
                                + "columns of numbers.")
        NUMBERS
    }

    @Section(title = "Truth")
    interface Truth {}

    @Section(title = "Predictions")
    @After(Truth.class)
    interface Predictions {}

    @Section(title = "Second model")
    @After(Predictions.class)
    interface SecondModel {}

    @Section(title = "Parts and intervals")
    @After(SecondModel.class)
    interface Intervals {}

    @Layout(Truth.class)
    @Widget(title = "Labels", description = "Whether a row has exactly one class.")
    @ValueSwitchWidget
    @Persist(configKey = "labels")
    Labels labels = Labels.EXCLUSIVE;

    @Layout(Truth.class)
    @Widget(
            title = "Truth",
            description =
                    "Column with the true class of each row. Left alone, it is the column called Truth, True class, "
                            + "Target, Class or Label. With any number of labels its texts hold the labels of a row, separated as "
                            + "said below; left alone, columns named like the labels hold 0 and 1 (or false and true).")
    @ChoicesProvider(OptionalColumns.Guessed.class)
    @Persist(configKey = "truth_column")
    String truthColumn = "";

    @Advanced
    @Layout(Truth.class)
    @Widget(title = "Separator of labels", description = "What stands between the labels of a row.")
    @Persist(configKey = "label_separator")
    String labelSeparator = "|";

    @Advanced
    @Layout(Truth.class)
    @Widget(
            title = "Word for no label",
            description = "What stands in the column of labels where a row has none; an empty text says the same.")
    @Persist(configKey = "no_label")
    String noLabel = "No Finding";

    @Layout(Truth.class)
    @Widget(
            title = "Classes",
            description =
                    "All classes in their order, separated by commas; the order matters for the weighted kappa, and "
                            + "of two classes the second is the one that is looked for. Empty: in the order of the columns of "
                            + "probabilities.")
    @Persist(configKey = "classes")
    String classes = "";

    @Layout(Truth.class)
    @Widget(
            title = "Time",
            description = "For times until an event: column with the time of the event, or until which there was none.")
    @ChoicesProvider(OptionalColumns.Numbers.class)
    @Persist(configKey = "time_column")
    String timeColumn = "";

    @Layout(Truth.class)
    @Widget(
            title = "Event",
            description =
                    "For times until an event: column with 1 (or true) where there was an event at that time, and 0 "
                            + "(or false) where there was none so far.")
    @ChoicesProvider(OptionalColumns.Guessed.class)
    @Persist(configKey = "event_column")
    String eventColumn = "";

    @Layout(Predictions.class)
    @Widget(
            title = "Ending of the columns of probabilities",
            description =
                    "Probabilities are in columns called <i>P (class)</i>, as KNIME's predictors write them. Where "
                            + "their names end with something else behind the bracket, such as a predictor's suffix, it is this.")
    @Persist(configKey = "suffix")
    String suffix = "";

    @Layout(Predictions.class)
    @Widget(
            title = "Score of the second class, or risk",
            description =
                    "For two classes without columns of probabilities: a column with any number that is higher for "
                            + "the second class. For times until an event: one that is higher the earlier the event. For "
                            + "numbers: the predicted ones; left alone, the column called Prediction.")
    @ChoicesProvider(OptionalColumns.Numbers.class)
    @Persist(configKey = "score_column")
    String scoreColumn = "";

    @Layout(Predictions.class)
    @Widget(
            title = "Threshold",
            description =
                    "From which probability (or score) on a label, or the second of two classes, counts as found. "
                            + "Of three and more classes the one of the highest probability is found.")
    @Persist(configKey = "threshold")
    double threshold = 0.5;

    @Layout(Predictions.class)
    @Widget(title = "Name of the model", description = "For the tables.")
    @Persist(configKey = "name")
    String name = "Model";

    @Layout(SecondModel.class)
    @Widget(
            title = "Ending of the second model's columns",
            description =
                    "To compare two models on the same rows: what the names of the second model's columns of "
                            + "probabilities end with behind the bracket, such as <i> (right)</i> or <i> (#1)</i> of KNIME's Joiner.")
    @Persist(configKey = "second_suffix")
    String secondSuffix = "";

    @Layout(SecondModel.class)
    @Widget(title = "Second model's score or risk", description = "The same for a single column of scores.")
    @ChoicesProvider(OptionalColumns.Numbers.class)
    @Persist(configKey = "second_score_column")
    String secondScoreColumn = "";

    @Layout(SecondModel.class)
    @Widget(title = "Name of the second model", description = "For the tables.")
    @Persist(configKey = "second_name")
    String secondName = "Second model";

    @Layout(Intervals.class)
    @Widget(
            title = "Parts",
            description =
                    "Column that says to which part a row belongs, such as its fold or hospital. Each part is also "
                            + "scored by itself, and the mean over parts is given with its deviation.")
    @ChoicesProvider(OptionalColumns.Guessed.class)
    @Persist(configKey = "part_column")
    String partColumn = "";

    @Layout(Intervals.class)
    @Widget(
            title = "Resampled together",
            description = "Column that says what belongs together, such as the patient of a tile: the bootstrap draws "
                    + "whole groups. Without it intervals of many tiles of few patients are much too narrow. DeLong's and "
                    + "Wilson's intervals take rows as independent in any case.")
    @ChoicesProvider(OptionalColumns.Texts.class)
    @Persist(configKey = "group_column")
    String groupColumn = "";

    @Layout(Intervals.class)
    @Widget(title = "Confidence", description = "Of all intervals, 0.5 to 0.999.")
    @Persist(configKey = "confidence")
    double confidence = 0.95;

    @Layout(Intervals.class)
    @Widget(
            title = "Resamples",
            description =
                    "Of the bootstrap, for the intervals of scores that have no formula of their own. 0 leaves these "
                            + "intervals out.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "resamples")
    int resamples = 1000;

    @Advanced
    @Layout(Intervals.class)
    @Widget(title = "Bins of the calibration error", description = "Bins of equal width between 0 and 1.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "bins")
    int bins = 15;

    @Advanced
    @Layout(Intervals.class)
    @Widget(title = "Random seed", description = "The resamples follow from this number.")
    @Persist(configKey = "seed")
    long seed = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Threshold", threshold, -Double.MAX_VALUE, Double.MAX_VALUE);
        Checks.range("Confidence", confidence, 0.5, 0.999);
        Checks.range("Resamples", resamples, 0, 1_000_000);
        Checks.range("Bins of the calibration error", bins, 1, 1000);
        if (labelSeparator.isEmpty()) {
            throw new InvalidSettingsException(
                    "Setting \"Separator of labels\" is empty. Say what stands between the labels of a row.");
        }
    }

    boolean exclusive() {
        return switch (labels) {
            case EXCLUSIVE -> true;
            case SEVERAL, SURVIVAL, NUMBERS -> false;
        };
    }

    boolean survival() {
        return labels == Labels.SURVIVAL;
    }

    boolean numbers() {
        return labels == Labels.NUMBERS;
    }

    ScoreClassification.Settings settings() {
        return new ScoreClassification.Settings(exclusive(), threshold, confidence, resamples, seed, bins);
    }
}
