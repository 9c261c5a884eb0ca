package org.selfdiff.nodes.segmentation.zeroshot;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Zero-shot Segmenter. */
public final class ZeroShotSegmenterNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Zero-shot Segmenter")
            .icon("icon.png")
            .shortDescription("Finds the parts of pictures by the self-attention of a diffusion model, without masks.")
            .fullDescription(
                    """
                    <p>A diffusion model that has learnt to take noise away from pictures has also learnt which of their places
                    belong together: they look at the same places. This node shows each tile to the model with some noise, takes
                    what all places look at, and merges places whose looks are alike, until few segments are left (DiffSeg, Tian et
                    al., arXiv 2308.12469; for radiographs DiNO-Diffusion, Jimenez-Perez et al., arXiv 2407.11594). No masks are
                    needed for that.</p>
                    <p>A segment has no name by itself. With tiles that have masks, or with a few labelled points, at the third
                    port, a segment is called as that labelled segment which it resembles most in grey or colour and place; the
                    Segmentation Scorer scores the result. Without, segments have numbers, or each tile's own mask names them, which
                    is how papers compare methods: no prediction, but the most that the segments could give.</p>
                    <p>The model must attend: its U-Net needs full attention over at least 16 x 16 places to find more than
                    coarse parts. In pixels that is the setting <i>Attention</i> on <i>Coarsest level</i> with few levels; in the
                    latents of an autoencoder or with embeddings every level attends. A model that is told embeddings is told
                    nothing here.</p>
                    <p>Tiles are squares of the size that the model was trained on. The segments of a tile depend on the tile, the
                    model and the settings alone.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputPort("Model", "A diffusion model.", ModelPortObject.TYPE)
                    .addInputTable("Tiles", "Tiles to segment; true masks, where there are any, are shown beside.")
                    .addInputPort(
                            "Labels",
                            "What says what segments are: a few tiles with masks, or points in the columns <i>Image</i> (the "
                                    + "picture of one of the tiles), <i>X</i>, <i>Y</i> (pixels of the picture) and <i>Class</i>.",
                            BufferedDataTable.TYPE_OPTIONAL)
                    .addOutputTable(
                            "Predictions",
                            "One row per tile that could be read, as the Segmentation Predictor makes them: the class of every "
                                    + "pixel, the number of its segment, and pictures to look at."))
            .model(m -> m.parametersClass(ZeroShotSegmenterParameters.class)
                    .configure(ZeroShotSegmenterNode::configure)
                    .execute(ZeroShotSegmenterNode::execute))
            .nodeType(NodeType.Predictor)
            .keywords(
                    "segmentation", "zero-shot", "unsupervised", "self-attention", "DiffSeg", "DiNO-Diffusion", "lung");

    /** For KNIME. */
    public ZeroShotSegmenterNodeFactory() {
        super(NODE);
    }
}
