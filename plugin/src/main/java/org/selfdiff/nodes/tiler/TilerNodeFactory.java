package org.selfdiff.nodes.tiler;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Tiler. */
public final class TilerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Tiler")
            .icon("icon.png")
            .shortDescription("Lays a grid of tiles over pictures and their masks.")
            .fullDescription(
                    """
                    <p>Lays a grid of tiles over pictures, from a folder or from a table, and finds the mask of each picture by
                    its name. Every picture is opened once, so that an unreadable one, or one with a mask of another size, is
                    known here and not in the middle of a training.</p>
                    <p>The table holds coordinates, no pixels: it stays small for a million tiles. The column <i>Group</i> says
                    what may not be on both sides of a split; the Tile Partitioner keeps groups together.</p>
                    <p>16-bit, grey and palette pictures become 8-bit RGB (16-bit values by their full range), transparency
                    becomes white. A picture that declares more than 100 million pixels is refused before it is decoded.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .dynamicPorts(p -> p.addInputPortGroup(TilerNode.PICTURES, g -> g.name("Pictures")
                            .description(
                                    "Pictures to cut, with paths in the columns <i>Image</i> and, where there are masks, "
                                            + "<i>Mask</i>. Not used if an image folder is set.")
                            .optional()
                            .supportedTypes(BufferedDataTable.TYPE))
                    .addOutputPortGroup("Tiles", g -> g.name("Tiles")
                            .description(
                                    "One row per tile: picture, mask, rectangle in pixels, micrometres per pixel where "
                                            + "known, group.")
                            .fixed(BufferedDataTable.TYPE))
                    .addOutputPortGroup("Report", g -> g.name("Picture report")
                            .description(
                                    "One row per picture: size, tiles kept and dropped, and why; also when there is none.")
                            .fixed(BufferedDataTable.TYPE)))
            .model(m -> m.parametersClass(TilerParameters.class)
                    .configure(TilerNode::configure)
                    .execute(TilerNode::execute))
            .nodeType(NodeType.Source)
            .keywords("tile", "patch", "slide", "image", "mask", "histology");

    /** For KNIME. */
    public TilerNodeFactory() {
        super(NODE);
    }
}
