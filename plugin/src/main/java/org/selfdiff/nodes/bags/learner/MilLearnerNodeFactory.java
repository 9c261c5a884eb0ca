package org.selfdiff.nodes.bags.learner;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the MIL Learner. */
public final class MilLearnerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("MIL Learner")
            .icon("icon.png")
            .shortDescription("Learns to classify slides from the embeddings of their tiles.")
            .fullDescription(
                    """
                    <p>Multiple-instance learning: only the slide has a label, its tiles have none. The tiles of a picture are one
                    bag, or those of all pictures of a patient, which is their group. A label is one of several classes, any
                    number of labels, a number, or a time until an event. It stands with the tiles, or in a table of its own.</p>
                    <p>Patients are split into folds, classes evenly, and each fold is predicted by a network that never saw its
                    patients: the second port holds these predictions for the Classification Scorer. With three folds and more
                    a network's best weights are chosen by its loss on the fold after its own. The model is the ensemble of all
                    networks; how sure it may be (its temperature) is taken from the predictions of all folds.</p>
                    <p>Embeddings that lie in files (Feature Reader) are read from there step by step, so that bags of any
                    number need little memory.</p>
                    <p>The regional transformer follows Cersovsky et al. (ICCV workshops 2023): tiles look at each other inside
                    regions of neighbours by their places on the slide, regions look at each other. The paper's details are not
                    public enough for a reproduction, so this is no reproduction; its open choices are settings. Attention pooling,
                    mean, maximum, CLAM, DSMIL, TransMIL, R2T, STAMP and global self-attention are there to compare with. Each
                    gives what its published code gives with the same weights; none has dropout.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable(
                            "Tiles", "Tiles with embeddings, and with their labels if there is no table of labels.")
                    .addInputPort(
                            "Labels",
                            "One row per slide or patient: its name, and what is to be learnt. Without it the tiles have the labels.",
                            BufferedDataTable.TYPE_OPTIONAL)
                    .addOutputPort("Model", "The ensemble.", ModelPortObject.TYPE)
                    .addOutputTable(
                            "Out-of-fold predictions",
                            "One row per slide or patient: fold, truth, prediction, and probabilities of classes or labels, which are not calibrated.")
                    .addOutputTable("Pictures", "The loss curves."))
            .model(m -> m.parametersClass(MilLearnerParameters.class)
                    .configure(MilLearnerNode::configure)
                    .execute(MilLearnerNode::execute))
            .nodeType(NodeType.Learner)
            .keywords(
                    "MIL",
                    "multiple instance",
                    "slide",
                    "attention",
                    "ABMIL",
                    "CLAM",
                    "DSMIL",
                    "TransMIL",
                    "STAMP",
                    "transformer",
                    "bag",
                    "weak supervision");

    /** For KNIME. */
    public MilLearnerNodeFactory() {
        super(NODE);
    }
}
