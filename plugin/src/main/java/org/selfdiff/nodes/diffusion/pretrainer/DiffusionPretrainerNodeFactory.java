package org.selfdiff.nodes.diffusion.pretrainer;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Diffusion Pretrainer. */
public final class DiffusionPretrainerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Diffusion Pretrainer")
            .icon("icon.png")
            .shortDescription("Pre-trains a U-Net on unlabelled tiles by learning to take noise away.")
            .fullDescription(
                    """
                    <p>The first stage of GenSelfDiff-HIS (Purma et al., IEEE TMI 2025): a U-Net sees tiles at all levels of noise
                    and learns to tell the noise from the tissue. No labels are needed. The whole network, not only its encoder, is
                    then fine-tuned by the Segmentation Learner.</p>
                    <p>It is also the heart of DiNO-Diffusion (Jimenez-Perez et al., arXiv 2407.11594): with an autoencoder the model
                    works in latents, and with a column of embeddings it is told what to make, by cross-attention. Sampled with an
                    embedding, it then draws variants of the picture that the embedding is of.</p>
                    <p>Weights are averaged over training (EMA), the learning rate warms up and falls along a cosine, gradients are
                    clipped, and bf16 is used where the hardware has it. Training saves its state into the checkpoint folder: a
                    run that was cancelled or killed goes on where it was, and ends with the same model.</p>
                    <p>The defaults suit a GPU and tiles of 256 pixels. For a trial on a CPU choose a base width of 24, multipliers
                    1, 2, 4, tiles of 64 pixels and a few hundred steps.</p>
                    <p>The third port shows the loss curve and a grid of pictures that the model makes up: the quickest check that
                    it has understood the tissue.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable(
                            "Tiles",
                            "Tiles to learn from, all of one size. Masks are not looked at. A column of embeddings, if the model"
                                    + " is told them.")
                    .addInputPort(
                            "Autoencoder",
                            "An autoencoder: the model then works in its latents, which are much smaller than pictures. The"
                                    + " autoencoder becomes a part of the model.",
                            ModelPortObject.TYPE_OPTIONAL)
                    .addOutputPort("Model", "The pre-trained diffusion model.", ModelPortObject.TYPE)
                    .addOutputTable("Training log", "One row per step: loss, learning rate, gradient norm, speed.")
                    .addOutputTable("Pictures", "The loss curve, and samples of the finished model."))
            .model(m -> m.parametersClass(DiffusionPretrainerParameters.class)
                    .configure(DiffusionPretrainerNode::configure)
                    .execute(DiffusionPretrainerNode::execute))
            .nodeType(NodeType.Learner)
            .keywords("diffusion", "self-supervised", "pre-training", "DDPM", "U-Net", "GenSelfDiff", "generative");

    /** For KNIME. */
    public DiffusionPretrainerNodeFactory() {
        super(NODE);
    }
}
