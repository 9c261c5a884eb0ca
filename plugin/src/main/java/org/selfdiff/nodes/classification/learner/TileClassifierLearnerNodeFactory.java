package org.selfdiff.nodes.classification.learner;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Tile Classifier Learner. */
public final class TileClassifierLearnerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Tile Classifier Learner")
            .icon("icon.png")
            .shortDescription("Learns to classify tiles by their pixels or by their embeddings.")
            .fullDescription(
                    """
                    <p>Learns the classes of tiles, grey or in colour, of which each has one or any number. Two ways: a small
                    residual network on pixels, trained from scratch; or a linear probe, which is a logistic regression with L2
                    regularisation on embeddings, as scikit-learn defines it, solved until its gradient vanishes.</p>
                    <p>The network can be judged by tiles that it does not learn from: a share of the groups (patients) of each
                    class, or the rows that a column names. Groups are never on both sides. Early stopping is the patience among
                    the settings of training.</p>
                    <p>Tiles on the second input, such as those of a Diffusion Sampler, are learnt from beside the real ones and
                    are never held out. They should come from the same pictures that are learnt from, not from those that the
                    model is judged by.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable(
                            "Tiles", "Tiles with their classes, all of one size; with embeddings for the probe.")
                    .addInputPort(
                            "Synthetic tiles",
                            "Tiles of the same size that are learnt from, too, with labels in the same column or in one called "
                                    + "Label.",
                            BufferedDataTable.TYPE_OPTIONAL)
                    .addOutputPort("Model", "The classifier.", ModelPortObject.TYPE)
                    .addOutputTable("Training log", "One row per step of the network; none for the probe.")
                    .addOutputTable("Pictures", "The loss curve of the network."))
            .model(m -> m.parametersClass(TileClassifierLearnerParameters.class)
                    .configure(TileClassifierLearnerNode::configure)
                    .execute(TileClassifierLearnerNode::execute))
            .nodeType(NodeType.Learner)
            .keywords(
                    "classification",
                    "CNN",
                    "ResNet",
                    "linear probe",
                    "logistic regression",
                    "multi-label",
                    "augmentation",
                    "synthetic");

    /** For KNIME. */
    public TileClassifierLearnerNodeFactory() {
        super(NODE);
    }
}
