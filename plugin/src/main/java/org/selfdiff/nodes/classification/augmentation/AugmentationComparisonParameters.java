package org.selfdiff.nodes.classification.augmentation;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ClassifierParameters;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.LabelParameters;
import org.selfdiff.nodes.common.NameList;

/** Settings of the Augmentation Comparison. */
@LoadDefaultsForAbsentFields
final class AugmentationComparisonParameters implements NodeParameters {

    @Persist(configKey = "labels")
    LabelParameters labels = new LabelParameters();

    @Widget(
            title = "Ratios",
            description = "Synthetic tiles for each real one, separated by commas: one kind of training for each.")
    @Persist(configKey = "ratios")
    String ratios = "1, 2, 4";

    @Widget(
            title = "Synthetic tiles alone",
            description =
                    "Whether there is also a kind of training without real tiles, with as many synthetic ones as the "
                            + "largest ratio asks for.")
    @Persist(configKey = "synthetic_only")
    boolean syntheticOnly = true;

    @Widget(title = "Seeds", description = "How often each kind of training is made, from different seeds.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "seeds")
    int seeds = 3;

    @Persist(configKey = "classifier")
    ClassifierParameters classifier = new ClassifierParameters();

    @Advanced
    @Widget(title = "Confidence", description = "Of all intervals, 0.5 to 0.999.")
    @Persist(configKey = "confidence")
    double confidence = 0.95;

    @Advanced
    @Widget(title = "Resamples", description = "Of the bootstrap that the intervals come from.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "resamples")
    int resamples = 1000;

    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    List<Double> ratios() throws InvalidSettingsException {
        final List<Double> numbers = new ArrayList<>();
        for (final String text : NameList.split(ratios)) {
            try {
                numbers.add(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                throw new InvalidSettingsException(
                        "Setting \"Ratios\" holds \"" + text + "\". Give numbers separated by commas, such as 1, 2, 4.",
                        e);
            }
            Checks.range("Ratios", numbers.get(numbers.size() - 1), 0.01, 1000);
        }
        if (numbers.isEmpty()) {
            throw new InvalidSettingsException(
                    "Setting \"Ratios\" is empty. Give one or more numbers, such as 1, 2, 4.");
        }
        return numbers;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        ratios();
        Checks.range("Seeds", seeds, 1, 1000);
        Checks.range("Confidence", confidence, 0.5, 0.999);
        Checks.range("Resamples", resamples, 10, 1_000_000);
        labels.validate();
        classifier.validate();
        compute.validate();
    }
}
