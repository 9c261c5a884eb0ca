package org.selfdiff.nodes.slides.exporter;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Tile Exporter. */
public final class TileExporterNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Tile Exporter")
            .icon("icon.png")
            .shortDescription(
                    "Writes the pixels of tiles as PNG or JPEG files with a CSV, or puts them into the table.")
            .fullDescription(
                    """
                    <p>Tables of tiles hold coordinates; this node reads the pixels, at the tiles' resolution and with their stain
                    changed, if a Stain Normalizer was there. The learners of this extension read pixels by themselves and do not
                    need it: it is for other programs, and for looking at tiles.</p>
                    <p>Every slide gets a folder with its tiles, their label maps where there are masks or annotations, and a
                    <tt>tiles.csv</tt>. A folder appears when all of its tiles are written; one that is there already, from the
                    same file by the same settings, is left as it is, so that a run that was stopped goes on. Folders of other slides
                    stay, too. A slide that cannot be read is left out, or the node fails, as you choose.</p>
                    <p>Pictures in the table take memory: more than a few thousand make a workflow slow.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable("Tiles", "Tiles of a Tiler.")
                    .addOutputTable(
                            "Exported tiles",
                            "The same rows with the paths of their files and, where asked for, their pictures."))
            .model(m -> m.parametersClass(TileExporterParameters.class)
                    .configure(TileExporterNode::configure)
                    .execute(TileExporterNode::execute))
            .nodeType(NodeType.Sink)
            .keywords("tile", "patch", "export", "save", "PNG", "JPEG", "CSV", "picture");

    /** For KNIME. */
    public TileExporterNodeFactory() {
        super(NODE);
    }
}
