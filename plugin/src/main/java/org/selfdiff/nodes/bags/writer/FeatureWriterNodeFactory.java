package org.selfdiff.nodes.bags.writer;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Feature Writer. */
public final class FeatureWriterNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Feature Writer")
            .icon("icon.png")
            .shortDescription("Writes features of tiles as HDF5 files in TRIDENT's layout.")
            .fullDescription(
                    """
                    <p>Writes one HDF5 file for each slide, with the features of its tiles and their places in pixels of level 0, in
                    TRIDENT's layout, which other programs for multiple-instance learning read. The encoder's name is written where the
                    column of features says it.</p>
                    <p>Files appear whole or not at all; a file of the same name is replaced. All tiles of a slide are squares of one
                    size.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable("Tiles", "Tiles with a column of features.")
                    .addOutputTable("Files", "One row for each slide: its name, its file and how many tiles it holds."))
            .model(m -> m.parametersClass(FeatureWriterParameters.class)
                    .configure(FeatureWriterNode::configure)
                    .execute(FeatureWriterNode::execute))
            .nodeType(NodeType.Sink)
            .keywords("HDF5", "h5", "feature", "embedding", "TRIDENT", "CLAM", "STAMP", "MIL", "export");

    /** For KNIME. */
    public FeatureWriterNodeFactory() {
        super(NODE);
    }
}
