package org.selfdiff.nodes.classification.augmentation;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Augmentation Comparison. */
public final class AugmentationComparisonNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Augmentation Comparison")
            .icon("icon.png")
            .shortDescription(
                    "What synthetic pictures are worth to a classifier, at several ratios and from several seeds.")
            .fullDescription(
                    """
                    <p>The augmentation experiment of DiNO-Diffusion (Jimenez-Perez et al., arXiv 2407.11594): the same classifier
                    is trained on real tiles alone, on real and synthetic ones at several ratios, and on synthetic ones alone,
                    from several seeds each and for as many steps each, and is scored on real tiles that none of them has seen.
                    </p>
                    <p>The table has the area under the ROC curve, mean over seeds, of each kind of training and class, and how far
                    it is from that of real tiles alone. The intervals are from a bootstrap that draws groups (patients) of test
                    tiles and seeds anew. They hold for this one set of real and synthetic tiles: what another draw of these would
                    change is not in them.</p>
                    <p>Make the synthetic tiles from the real ones that are learnt from, never from the test tiles.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable("Real tiles", "Tiles with their classes, all of one size, to learn from.")
                    .addInputTable(
                            "Synthetic tiles",
                            "Tiles of the same size with classes, such as those of a Diffusion Sampler, in the column of "
                                    + "labels or in one called Label; those without a class are left out.")
                    .addInputTable("Test tiles", "Other real tiles with their classes.")
                    .addOutputTable("Scores", "One row per kind of training and class, the mean of all classes first.")
                    .addOutputTable("Pictures", "The areas over the ratio, with their intervals."))
            .model(m -> m.parametersClass(AugmentationComparisonParameters.class)
                    .configure(AugmentationComparisonNode::configure)
                    .execute(AugmentationComparisonNode::execute))
            .nodeType(NodeType.Other)
            .keywords("augmentation", "synthetic", "AUROC", "DiNO-Diffusion", "ratio", "few labels");

    /** For KNIME. */
    public AugmentationComparisonNodeFactory() {
        super(NODE);
    }
}
