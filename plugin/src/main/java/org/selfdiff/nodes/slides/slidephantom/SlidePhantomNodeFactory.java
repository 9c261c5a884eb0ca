package org.selfdiff.nodes.slides.slidephantom;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Slide Phantom. */
public final class SlidePhantomNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Slide Phantom")
            .icon("icon.png")
            .shortDescription("Makes synthetic whole slides with exact annotations.")
            .fullDescription(
                    """
                    <p>Makes whole slides as files of a scanner: pieces of tissue on glass, with holes, connective tissue, normal
                    glands and, in a share of the slides, regions of tumor, which are dense sheets of large nuclei. Pen marks, dark
                    edges of the glass, regions out of focus and dust disturb them as they do real slides.</p>
                    <p>Outlines of all regions are written as GeoJSON that QuPath opens. They are exact because they are known, not
                    drawn by hand. Slides of any size are written tile by tile.</p>
                    <p>For trying workflows without data, for teaching, and for tests. The slides resemble tissue and are no model
                    of any disease: a score on them says nothing about real slides.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addOutputTable(
                    "Slides",
                    "One row per slide: paths of slide and annotations, its label (tumor or normal), size, micrometres "
                            + "per pixel, and the case that it belongs to."))
            .model(m -> m.parametersClass(SlidePhantomParameters.class)
                    .configure(SlidePhantomNode::configure)
                    .execute(SlidePhantomNode::execute))
            .nodeType(NodeType.Source)
            .keywords("synthetic", "phantom", "whole slide image", "WSI", "SVS", "OME-TIFF", "GeoJSON", "test data");

    /** For KNIME. */
    public SlidePhantomNodeFactory() {
        super(NODE);
    }
}
