package org.selfdiff.nodes.bags.heatmap;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Attention Heatmap. */
public final class AttentionHeatmapNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Attention Heatmap")
            .icon("icon.png")
            .shortDescription("Draws the attention of tiles over their slides, for looking at and for QuPath.")
            .fullDescription(
                    """
                    <p>For each slide: its overview with every tile in the colour of its attention and a legend, the tiles with
                    the most and with the least attention, and all tiles as GeoJSON.</p>
                    <p><b>QuPath:</b> open the slide, drag its <tt>.geojson</tt> onto the viewer. The tiles come as tile objects in
                    the same colours (<i>Fill detections</i> fills them), with the attention as a measurement for
                    <i>Measurement maps</i> and tables.</p>
                    <p>Attention says what a network looked at, and no more: it is not the probability that a tile is ill, and a
                    network may look at something that has nothing to do with the disease.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputTable(
                            "Attention", "Tiles with their attention, such as those of a MIL Predictor's second port.")
                    .addOutputTable(
                            "Slides",
                            "One row per slide: heatmap, tiles with the most and the least attention, and where the files"
                                    + " are.")
                    .addOutputTable(
                            "Shown tiles",
                            "The rows of the tiles that are shown, with their place, scaled attention and picture."))
            .model(m -> m.parametersClass(AttentionHeatmapParameters.class)
                    .configure(AttentionHeatmapNode::configure)
                    .execute(AttentionHeatmapNode::execute))
            .nodeType(NodeType.Visualizer)
            .keywords("attention", "heatmap", "heat map", "overlay", "MIL", "QuPath", "GeoJSON", "slide", "explain");

    /** For KNIME. */
    public AttentionHeatmapNodeFactory() {
        super(NODE);
    }
}
