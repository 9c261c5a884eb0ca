package org.selfdiff.nodes.diffusion.sampler;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Diffusion Sampler. */
public final class DiffusionSamplerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Diffusion Sampler")
            .icon("icon.png")
            .shortDescription("Draws pictures from a diffusion model, out of nothing or from embeddings.")
            .fullDescription(
                    """
                    <p>Draws pictures from the model of a Diffusion Pretrainer. A model that was trained with embeddings draws one
                    picture for each row of the second input: a variant of the picture that the embedding is of, or something
                    between pictures where the Condition Sampler made the embedding (DiNO-Diffusion, Jimenez-Perez et al., arXiv
                    2407.11594). A model that was trained without draws as many pictures as asked for.</p>
                    <p>Connect tiles, or let the conditions be tiles, and choose a strength below 1, to change real pictures
                    instead of making up new ones.</p>
                    <p>The pictures are files; the table is one of tiles, so that every node that takes tiles takes them: embed
                    them, score them against real ones, train a classifier on them. Columns of the conditions stay, also the
                    label.</p>
                    <p>The picture of a row follows from the seed and the number of the row alone, whatever is drawn with it and
                    however many at once.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputPort("Model", "A diffusion model.", ModelPortObject.TYPE)
                    .addInputPort(
                            "Conditions",
                            "Embeddings to draw from, one picture per row: tiles with embeddings, or what a Condition Sampler "
                                    + "made of them.",
                            BufferedDataTable.TYPE_OPTIONAL)
                    .addInputPort(
                            "Tiles",
                            "Tiles that pictures start from, as far as the strength says. With conditions, the tile of each is"
                                    + " the row that its first source names, else the row of its own ID.",
                            BufferedDataTable.TYPE_OPTIONAL)
                    .addOutputTable("Pictures", "One row per picture, as tiles, with the columns of the conditions."))
            .model(m -> m.parametersClass(DiffusionSamplerParameters.class)
                    .configure(DiffusionSamplerNode::configure)
                    .execute(DiffusionSamplerNode::execute))
            .nodeType(NodeType.Predictor)
            .keywords(
                    "diffusion", "sample", "generate", "synthetic", "DDIM", "DPM-Solver", "guidance", "DiNO-Diffusion");

    /** For KNIME. */
    public DiffusionSamplerNodeFactory() {
        super(NODE);
    }
}
