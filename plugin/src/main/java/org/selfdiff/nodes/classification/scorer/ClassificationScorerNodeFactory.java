package org.selfdiff.nodes.classification.scorer;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Classification Scorer. */
public final class ClassificationScorerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Classification Scorer")
            .icon("icon.png")
            .shortDescription(
                    "AUROC with intervals, average precision, F1, kappa, calibration, and two models compared.")
            .fullDescription(
                    """
                    <p>Compares predicted probabilities with the truth, of classes that exclude each other or of any number of
                    labels per row. Columns are found by their names: <i>P (class)</i> as KNIME's predictors write them, and a
                    column of the truth.</p>
                    <p>Per class: area under the ROC curve with DeLong's interval, average precision, precision, recall,
                    specificity with Wilson's intervals, F1, Brier score. Over all classes: macro and weighted means, accuracy,
                    balanced accuracy, Cohen's kappa, Matthews' correlation, log loss, Brier score and calibration error with
                    bootstrap intervals, which can keep the rows of a patient together. Folds and other parts are scored by
                    themselves too.</p>
                    <p>For times until an event, of which some are censored, Harrell's C says how well a risk orders them.
                    For numbers there are R2, mean absolute and root mean squared error, Pearson's r and Spearman's rho.</p>
                    <p>A second model's probabilities on the same rows are compared with the first one's: paired DeLong test per
                    class with Holm's correction, McNemar's exact test of the accuracies, paired bootstrap of the macro mean.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable("Predictions", "Rows with their true class and predicted probabilities.")
                    .addOutputTable(
                            "Scores",
                            "One row per model, part of the rows, class and score, with interval and number of cases.")
                    .addOutputTable("Confusion", "How many rows of each true class were predicted as each class.")
                    .addOutputTable("Charts", "ROC curves, precision and recall, calibration."))
            .model(m -> m.parametersClass(ClassificationScorerParameters.class)
                    .configure(ClassificationScorerNode::configure)
                    .execute(ClassificationScorerNode::execute))
            .nodeType(NodeType.Other)
            .keywords(
                    "AUC",
                    "AUROC",
                    "ROC",
                    "DeLong",
                    "average precision",
                    "calibration",
                    "kappa",
                    "F1",
                    "confusion",
                    "survival",
                    "C-index",
                    "concordance",
                    "score");

    /** For KNIME. */
    public ClassificationScorerNodeFactory() {
        super(NODE);
    }
}
