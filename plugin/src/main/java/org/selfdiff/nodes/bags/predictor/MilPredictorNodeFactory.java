package org.selfdiff.nodes.bags.predictor;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the MIL Predictor. */
public final class MilPredictorNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("MIL Predictor")
            .icon("icon.png")
            .shortDescription("Classifies slides from the embeddings of their tiles, and says which tiles mattered.")
            .fullDescription(
                    """
                    <p>Applies the ensemble of a MIL Learner. With a focus below 1, a first pass over all regions decides which
                    share of them a second pass looks at (after Cersovsky et al. 2023): where what matters is small, the rest does
                    not water it down.</p>
                    <p>The second port keeps every tile with its attention, which sums to 1 over a slide, and its region's; sort by
                    it to see the tiles that decided. A model that was trained on patients predicts patients.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputPort("Model", "The model of a MIL Learner.", ModelPortObject.TYPE)
                    .addInputTable("Tiles", "Tiles with embeddings of the encoder that the model was trained with.")
                    .addOutputTable(
                            "Slides",
                            "One row per slide or patient: the prediction, and the probability of each class or label.")
                    .addOutputTable("Attention", "The tiles with the attention that they and their regions got."))
            .model(m -> m.parametersClass(MilPredictorParameters.class)
                    .configure(MilPredictorNode::configure)
                    .execute(MilPredictorNode::execute))
            .nodeType(NodeType.Predictor)
            .keywords("MIL", "multiple instance", "slide", "attention", "classification", "focus");

    /** For KNIME. */
    public MilPredictorNodeFactory() {
        super(NODE);
    }
}
