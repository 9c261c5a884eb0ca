package org.selfdiff.nodes.encoders.embedder;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Tile Embedder. */
public final class TileEmbedderNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Tile Embedder")
            .icon("icon.png")
            .shortDescription("Turns tiles into vectors with an encoder.")
            .fullDescription(
                    """
                    <p>Every tile is given to an encoder, which turns it into a list of numbers: the new column <i>Embedding</i>.
                    All rows and all other columns stay. The column's properties say which encoder made it, so that embeddings of
                    different encoders are not mixed by accident.</p>
                    <p>Tiles of another size than the encoder's are brought to it by linear interpolation with averaging (as Pillow and
                    torchvision do, without rounding to whole grey levels; for FID's Inception without averaging, as pytorch-fid does),
                    and normalised as the encoder's card says. Grey tiles
                    are given to an encoder for colour pictures as three equal channels, with a warning; colour tiles are refused
                    by an encoder for grey pictures.</p>
                    <p>On the CPU an embedding does not depend on which other tiles are in the table, nor on the number of threads. On
                    a GPU the last digits may differ with the number of tiles at once.</p>
                    <p>A run that was cancelled or killed goes on where it was when it is started again with the same tiles and the
                    same encoder. Of transformers the attention of the class token can be drawn.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputPort("Encoder", "An encoder: what turns pictures into vectors.", ModelPortObject.TYPE)
                    .addInputTable("Tiles", "Tiles, as the Tiler makes them.")
                    .addOutputTable("Embedded tiles", "The same rows with the column <i>Embedding</i>."))
            .model(m -> m.parametersClass(TileEmbedderParameters.class)
                    .configure(TileEmbedderNode::configure)
                    .execute(TileEmbedderNode::execute))
            .nodeType(NodeType.Predictor)
            .keywords("embedding", "feature", "encoder", "DINO", "DINOv2", "UNI", "Virchow", "foundation model");

    /** For KNIME. */
    public TileEmbedderNodeFactory() {
        super(NODE);
    }
}
