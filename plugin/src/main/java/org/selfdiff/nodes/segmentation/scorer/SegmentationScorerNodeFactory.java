package org.selfdiff.nodes.segmentation.scorer;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Segmentation Scorer. */
public final class SegmentationScorerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Segmentation Scorer")
            .icon("icon.png")
            .shortDescription("Dice, IoU, precision and recall, per class, per picture and pooled.")
            .fullDescription(
                    """
                    <p>Compares predictions with true masks: Dice (F1), intersection over union, precision and recall.</p>
                    <p><i>Pooled</i> scores come from the pixels of all pictures together, so that large objects and large pictures
                    weigh more; <i>mean over pictures</i> counts every picture the same. Both are given, with the standard
                    deviation over pictures.</p>
                    <p>Two choices change the numbers and are therefore explicit: what a class counts in a picture where neither
                    truth nor prediction has it, and whether background counts in the mean over classes.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable("Predictions", "Predictions of a Segmentation Predictor, with true masks.")
                    .addOutputTable(
                            "Summary",
                            "One row per class and one for their mean: pooled scores, and mean and standard "
                                    + "deviation over pictures.")
                    .addOutputTable("Scores per picture", "One row per picture and class."))
            .model(m -> m.parametersClass(SegmentationScorerParameters.class)
                    .configure(SegmentationScorerNode::configure)
                    .execute(SegmentationScorerNode::execute))
            .nodeType(NodeType.Other)
            .keywords("Dice", "IoU", "Jaccard", "F1", "precision", "recall", "segmentation", "score", "evaluate");

    /** For KNIME. */
    public SegmentationScorerNodeFactory() {
        super(NODE);
    }
}
