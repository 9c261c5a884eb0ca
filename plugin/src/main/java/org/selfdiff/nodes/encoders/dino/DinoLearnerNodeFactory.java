package org.selfdiff.nodes.encoders.dino;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the DINO Learner. */
public final class DinoLearnerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("DINO Learner")
            .icon("icon.png")
            .shortDescription("Trains an encoder on tiles without labels, by self-distillation.")
            .fullDescription(
                    """
                    <p>Trains a vision transformer on unlabelled tiles (DINO, Caron et al., arXiv 2104.14294). A student sees large
                    and small views of a tile and learns to say of each what its teacher says of another large view; the teacher is
                    the moving average of the student. The teacher is the model that comes out: connect it to the Tile Embedder to
                    turn tiles into vectors.</p>
                    <p>Views are cut, mirrored and recoloured at random; they are neither blurred nor solarised. The model takes
                    pictures of the side of the large views; the Tile Embedder brings tiles to it.</p>
                    <p>The defaults are small enough to try on a CPU. Encoders for real studies are wider (384 or 768) and
                    deeper (12), see views of 224 and 96 pixels, have tens of thousands of outputs, and are trained for
                    100,000 steps and more on a GPU; where a published encoder fits, take it through the Model Reader.</p>
                    <p>The log shows the entropy of the teacher's output, in nats, twenty times in a training. One that collapses, so
                    that the teacher says the same of all tiles, is stopped, and a warning says so.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable(
                            "Tiles", "Tiles to learn from, squares of one size. Masks and classes are not looked at.")
                    .addOutputPort("Model", "The encoder.", ModelPortObject.TYPE)
                    .addOutputTable(
                            "Training log",
                            "One row per step: loss, learning rate, gradient norm, speed; now and then the teacher's entropy.")
                    .addOutputTable("Pictures", "The loss curve, and the teacher's entropy."))
            .model(m -> m.parametersClass(DinoLearnerParameters.class)
                    .configure(DinoLearnerNode::configure)
                    .execute(DinoLearnerNode::execute))
            .nodeType(NodeType.Learner)
            .keywords(
                    "DINO",
                    "self-supervised",
                    "self-distillation",
                    "encoder",
                    "vision transformer",
                    "ViT",
                    "foundation model");

    /** For KNIME. */
    public DinoLearnerNodeFactory() {
        super(NODE);
    }
}
