package org.selfdiff.nodes.slides.tiler;

import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Tiler. */
public final class TilerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Tiler")
            .icon("icon.png")
            .shortDescription(
                    "Lays a grid of tiles over slides and pictures at physical resolution, where there is tissue.")
            .fullDescription(
                    """
                    <p>Lays a grid of tiles over slides or pictures, from a folder or from a table, at one physical resolution for
                    all: the next finer level of a slide is read and the rest averaged. A slide that does not say its resolution
                    is reported, never guessed at.</p>
                    <p>Read are Aperio SVS, Hamamatsu NDPI, OME-TIFF, Philips and other pyramidal TIFF and BigTIFF, and PNG, JPEG,
                    BMP, GIF and TIFF of any size. MRXS, VSI and CZI are named with the way to convert them.</p>
                    <p><b>Tissue</b> is found once for each slide; dust, edges and pen marks are told from it, also where a stroke runs over tissue.
                    <b>Annotations</b> of QuPath, ASAP, ImageScope, MoNuSeg and COCO, or label pictures, keep or drop tiles and
                    give them labels; the learners draw them as label maps when they read the pixels.</p>
                    <p>The table holds coordinates, no pixels: it stays small for a million tiles. X and Y count pixels of the
                    finest level; width and height those of the tile at its own resolution. The column <i>Group</i> says what may
                    not be on both sides of a split; the Tile Partitioner keeps groups together.</p>
                    <p>A slide that cannot be used is a row of the report and does not stop the run. With a folder for finished
                    slides, a run over thousands of them goes on where it was stopped. Order and content of the tables do not
                    depend on the number of threads.</p>
                    <p>16-bit, grey and palette pictures become 8-bit RGB (16-bit values by their full range), transparency
                    becomes white.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .dynamicPorts(p -> p.addInputPortGroup(TilerNode.PICTURES, g -> g.name("Pictures")
                            .description(
                                    "Pictures to cut, with paths in the columns <i>Image</i> and, where there are masks, "
                                            + "<i>Mask</i>: absolute, relative to the workflow, or <tt>knime://</tt>. All other columns "
                                            + "but pictures come again with every tile; one that is named as a column of tiles gets "
                                            + "<i>(picture)</i> behind its name. Not used if an image folder is set.")
                            .optional()
                            .supportedTypes(BufferedDataTable.TYPE))
                    .addOutputPortGroup("Tiles", g -> g.name("Tiles")
                            .description(
                                    "One row per tile: slide, mask, rectangle, level, micrometres per pixel where known, "
                                            + "share of tissue, label, group, and what the table of pictures says.")
                            .fixed(BufferedDataTable.TYPE))
                    .addOutputPortGroup("Report", g -> g.name("Slide report")
                            .description(
                                    "One row per slide: what its file says, tissue, tiles kept and dropped and why, and an "
                                            + "overview picture; also when no tile came out.")
                            .fixed(BufferedDataTable.TYPE)))
            .model(m -> m.parametersClass(TilerParameters.class)
                    .configure(TilerNode::configure)
                    .execute(TilerNode::execute))
            .nodeType(NodeType.Source)
            .keywords(
                    "tile",
                    "patch",
                    "slide",
                    "WSI",
                    "SVS",
                    "NDPI",
                    "tissue",
                    "annotation",
                    "QuPath",
                    "mask",
                    "histology");

    /** For KNIME. */
    public TilerNodeFactory() {
        super(NODE);
    }
}
