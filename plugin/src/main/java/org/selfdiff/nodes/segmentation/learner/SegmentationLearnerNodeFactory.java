package org.selfdiff.nodes.segmentation.learner;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Segmentation Learner. */
public final class SegmentationLearnerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Segmentation Learner")
            .icon("icon.png")
            .shortDescription("Fine-tunes a pre-trained U-Net for segmentation, or trains one from scratch.")
            .fullDescription(
                    """
                    <p>The second stage of GenSelfDiff-HIS (Purma et al., IEEE TMI 2025): the U-Net of the Diffusion Pretrainer goes
                    on as it is, with the time set to zero; only its last block, a residual block and the output layer, starts
                    anew, with one output per class. All layers are trained, with the sum of focal and structural-similarity loss.</p>
                    <p>Remove the model port to train the same kind of network from scratch: the honest way to see what
                    pre-training is worth.</p>
                    <p>Tiles enter in the same value range as in pre-training. Validation, if wanted, holds out whole groups and
                    is never augmented.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .dynamicPorts(p -> p.addInputPortGroup("Tiles", g -> g.name("Labelled tiles")
                            .description("Tiles with masks, all of one size.")
                            .fixed(BufferedDataTable.TYPE))
                    .addInputPortGroup(SegmentationLearnerNode.PRETRAINED, g -> g.name("Pre-trained model")
                            .description("A diffusion model to start from. Remove the port to start from scratch.")
                            .optional()
                            .supportedTypes(ModelPortObject.TYPE)
                            .defaultPortType(ModelPortObject.TYPE))
                    .addOutputPortGroup("Model", g -> g.name("Model")
                            .description("The segmentation model.")
                            .fixed(ModelPortObject.TYPE))
                    .addOutputPortGroup("Training log", g -> g.name("Training log")
                            .description(
                                    "One row per step: loss, validation loss, learning rate, gradient norm, speed.")
                            .fixed(BufferedDataTable.TYPE))
                    .addOutputPortGroup("Pictures", g -> g.name("Pictures")
                            .description("The loss curve.")
                            .fixed(BufferedDataTable.TYPE)))
            .model(m -> m.parametersClass(SegmentationLearnerParameters.class)
                    .configure(SegmentationLearnerNode::configure)
                    .execute(SegmentationLearnerNode::execute))
            .nodeType(NodeType.Learner)
            .keywords(
                    "segmentation",
                    "fine-tuning",
                    "U-Net",
                    "focal loss",
                    "structural similarity",
                    "GenSelfDiff",
                    "nuclei");

    /** For KNIME. */
    public SegmentationLearnerNodeFactory() {
        super(NODE);
    }
}
