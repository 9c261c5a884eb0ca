package org.selfdiff.nodes.bags.reader;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Feature Reader. */
public final class FeatureReaderNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Feature Reader")
            .icon("icon.png")
            .shortDescription("Reads features of tiles from the HDF5 files of CLAM, TRIDENT and STAMP.")
            .fullDescription(
                    """
                    <p>Reads a folder of HDF5 files, one for each slide, that hold features of its tiles, and makes the table of tiles
                    that this extension works with: one row for each tile with its slide, its place in pixels of level 0, its size and
                    its features. The layouts of CLAM, TRIDENT and STAMP (all versions) are recognised; the Feature Writer's is
                    TRIDENT's.</p>
                    <p>The encoder is taken from the files where they name it, else from the dialog. Features of different encoders in
                    one folder are refused. Slides without tiles are left out. A file that is cut off, has no coordinates, was not
                    written to its end or is of another layout is named.</p>
                    <p>Lists of numbers for very many tiles make a table slow; then the table refers to the rows of the files.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addOutputTable(
                    "Tiles",
                    "One row for each tile: slide, place, size, and the features as a list of numbers or as a reference to"
                            + " their file."))
            .model(m -> m.parametersClass(FeatureReaderParameters.class)
                    .configure(FeatureReaderNode::configure)
                    .execute(FeatureReaderNode::execute))
            .nodeType(NodeType.Source)
            .keywords("HDF5", "h5", "feature", "embedding", "CLAM", "TRIDENT", "STAMP", "MIL", "bag");

    /** For KNIME. */
    public FeatureReaderNodeFactory() {
        super(NODE);
    }
}
