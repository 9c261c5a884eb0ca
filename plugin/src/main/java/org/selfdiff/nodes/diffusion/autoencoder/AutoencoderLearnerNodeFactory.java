package org.selfdiff.nodes.diffusion.autoencoder;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Autoencoder Learner. */
public final class AutoencoderLearnerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Autoencoder Learner")
            .icon("icon.png")
            .shortDescription("Trains an autoencoder whose small latents diffusion works in.")
            .fullDescription(
                    """
                    <p>Trains a KL autoencoder (Rombach et al., arXiv 2112.10752) on tiles: it learns to shrink a picture to a
                    small one of a few channels and to bring it back. Diffusion in these latents costs a fraction of what it costs
                    on pixels. The error of the copy and a small share of the divergence from a normal distribution are trained; no
                    adversarial term.</p>
                    <p>The latents' mean and deviation are measured on the tiles and kept in the model. Weights that others
                    trained, such as Stable Diffusion's, come through the Model Reader.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable("Tiles", "Tiles to learn from, all of one size. Masks are not looked at.")
                    .addOutputPort("Model", "The autoencoder.", ModelPortObject.TYPE)
                    .addOutputTable("Training log", "One row per step: loss, learning rate, gradient norm, speed.")
                    .addOutputTable("Pictures", "The loss curve, and some tiles above what became of them."))
            .model(m -> m.parametersClass(AutoencoderLearnerParameters.class)
                    .configure(AutoencoderLearnerNode::configure)
                    .execute(AutoencoderLearnerNode::execute))
            .nodeType(NodeType.Learner)
            .keywords("autoencoder", "VAE", "latent diffusion", "KL", "compression");

    /** For KNIME. */
    public AutoencoderLearnerNodeFactory() {
        super(NODE);
    }
}
