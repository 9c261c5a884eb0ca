package org.selfdiff.nodes.segmentation.learner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.nodes.common.CheckpointParameters;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.MaskValues;
import org.selfdiff.nodes.common.NetworkParameters;
import org.selfdiff.nodes.common.TrainingParameters;
import org.selfdiff.run.RunFailed;
import org.selfdiff.train.loss.CrossEntropyLoss;
import org.selfdiff.train.loss.DiceLoss;
import org.selfdiff.train.loss.FocalLoss;
import org.selfdiff.train.loss.LossSum;
import org.selfdiff.train.loss.SegmentationLoss;
import org.selfdiff.train.loss.StructuralSimilarityLoss;

/** Settings of the Segmentation Learner. */
final class SegmentationLearnerParameters implements NodeParameters {

    @Section(title = "Classes")
    interface Classes {}

    @Section(title = "Loss", description = "The loss is the weighted sum of these; a weight of 0 leaves one out.")
    @After(Classes.class)
    interface Loss {}

    @Section(title = "Training")
    @After(Loss.class)
    interface Training {}

    @Section(
            title = "Network without a pre-trained model",
            description = "Not used if a pre-trained model is connected.")
    @After(Training.class)
    interface Network {}

    @Section(title = "Execution")
    @After(Network.class)
    interface Execution {}

    @Layout(Classes.class)
    @Widget(title = "Class names", description = "Names of the classes, background first, separated by commas.")
    @Persist(configKey = "class_names")
    String classNames = "background, nucleus";

    @Layout(Classes.class)
    @Widget(title = "Mask values", description = "What the values of the masks mean.")
    @ValueSwitchWidget
    @ValueReference(MaskValues.Reference.class)
    @Persist(configKey = "mask_values")
    MaskValues maskValues = MaskValues.FOREGROUND;

    @Layout(Classes.class)
    @Widget(title = MaskValues.COLOURS_TITLE, description = MaskValues.COLOURS_DESCRIPTION)
    @Effect(predicate = MaskValues.Colours.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "class_colours")
    @Migrate(loadDefaultIfAbsent = true)
    String classColours = MaskValues.COLOURS_OF_TWO;

    @Layout(Loss.class)
    @Widget(
            title = "Focal",
            description = "Focal loss with gamma 2 (Lin et al. 2017): easy pixels count less. GenSelfDiff-HIS.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "focal_weight")
    double focal = 1;

    @Layout(Loss.class)
    @Widget(
            title = "Structural similarity",
            description =
                    "Structural-similarity loss (after Zhao et al. 2019, as in GenSelfDiff-HIS): pixels whose structure "
                            + "differs most from the mask count.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "structural_similarity_weight")
    double structuralSimilarity = 1;

    @Layout(Loss.class)
    @Widget(title = "Dice", description = "Soft Dice loss: insensitive to how rare a class is.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "dice_weight")
    double dice;

    @Layout(Loss.class)
    @Widget(title = "Cross-entropy", description = "Plain cross-entropy.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "cross_entropy_weight")
    double crossEntropy;

    @Layout(Training.class)
    @Persist(configKey = "training")
    TrainingParameters training = new TrainingParameters(3000, 8, 1e-4, 100);

    @Layout(Training.class)
    @Widget(
            title = "Augment",
            description = "Whether training tiles are flipped, turned by right angles and changed in colour at random. "
                    + "Validation tiles never are.")
    @Persist(configKey = "augment")
    boolean augment = true;

    @Advanced
    @Layout(Training.class)
    @Widget(
            title = "Validation share",
            description =
                    "Share of the labelled groups held out to choose the best weights, 0 to 0.5. With fewer than four "
                            + "groups, or 0, the last weights are kept. With few labels they are better spent on training.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "validation_share")
    double validationShare;

    @Layout(Training.class)
    @Persist(configKey = "checkpoints")
    CheckpointParameters checkpoints = new CheckpointParameters();

    @Layout(Network.class)
    @Persist(configKey = "network")
    NetworkParameters network = new NetworkParameters();

    @Layout(Execution.class)
    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    List<String> classes() {
        return Arrays.stream(classNames.split(",")).map(String::trim).toList();
    }

    MaskCoding coding() throws RunFailed {
        return maskValues.coding(classColours);
    }

    LossSum losses() {
        final List<LossSum.Term> terms = new ArrayList<>();
        add(terms, new StructuralSimilarityLoss(), structuralSimilarity);
        add(terms, new FocalLoss(2), focal);
        add(terms, new DiceLoss(), dice);
        add(terms, new CrossEntropyLoss(), crossEntropy);
        return new LossSum(terms);
    }

    private static void add(final List<LossSum.Term> terms, final SegmentationLoss loss, final double weight) {
        if (weight > 0) {
            terms.add(new LossSum.Term(loss, weight));
        }
    }

    @Override
    public void validate() throws InvalidSettingsException {
        training.validate();
        checkpoints.validate();
        network.validate();
        compute.validate();
        Checks.range("Focal", focal, 0, 1000);
        Checks.range("Structural similarity", structuralSimilarity, 0, 1000);
        Checks.range("Dice", dice, 0, 1000);
        Checks.range("Cross-entropy", crossEntropy, 0, 1000);
        Checks.range("Validation share", validationShare, 0, 0.5);
        if (focal + structuralSimilarity + dice + crossEntropy == 0) {
            throw new InvalidSettingsException("Every loss has the weight 0. Give at least one a weight above 0.");
        }
        final List<String> names = classes();
        if (names.size() < 2 || names.contains("") || new HashSet<>(names).size() < names.size()) {
            throw new InvalidSettingsException("Setting \"Class names\" is \"" + classNames
                    + "\". Give two or more different names separated by commas, background first.");
        }
        try {
            new ClassLabels(coding(), names).requireFit("setting \"Mask values\"");
        } catch (final RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
