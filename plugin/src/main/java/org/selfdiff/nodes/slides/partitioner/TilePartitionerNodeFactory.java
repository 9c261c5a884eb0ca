package org.selfdiff.nodes.slides.partitioner;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Tile Partitioner. */
public final class TilePartitionerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Tile Partitioner")
            .icon("icon.png")
            .shortDescription("Splits tiles honestly into unlabelled, labelled and held-out ones.")
            .fullDescription(
                    """
                    <p>Splits a table of tiles by <i>group</i> (picture, slide or patient), never by tile: overlapping tiles of one
                    picture on both sides of a split make every score too good.</p>
                    <p>First whole groups are held out for scoring. Of the rest, a few pictures keep their masks for fine-tuning,
                    and all go, without masks, into pre-training. The choice depends on the seed and on names alone, not on the
                    order of rows.</p>
                    <p>Where classes of whole pictures are learnt, a column of labels takes the place of masks.</p>
                    <p>Rows keep their IDs and all of their columns.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable("Tiles", "Tiles of a Tiler.")
                    .addOutputTable("Unlabelled", "Tiles without masks, for pre-training.")
                    .addOutputTable("Labelled", "Tiles with masks, for fine-tuning.")
                    .addOutputTable("Held-out", "Tiles of groups that no training may see, for scoring."))
            .model(m -> m.parametersClass(TilePartitionerParameters.class)
                    .configure(TilePartitionerNode::configure)
                    .execute(TilePartitionerNode::execute))
            .nodeType(NodeType.Manipulator)
            .keywords("split", "partition", "hold out", "train", "test", "group", "patient");

    /** For KNIME. */
    public TilePartitionerNodeFactory() {
        super(NODE);
    }
}
