package org.selfdiff.nodes.segmentation.predictor;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** Declares the Segmentation Predictor. */
public final class SegmentationPredictorNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Segmentation Predictor")
            .icon("icon.png")
            .shortDescription("Names the class of every pixel of whole pictures.")
            .fullDescription(
                    """
                    <p>Segments whole pictures of any size with a model of the Segmentation Learner. A window of the size that the
                    model was trained on slides over the picture; where windows overlap, their probabilities are blended
                    smoothly, so that no seams show. At the border the picture is continued by reflection.</p>
                    <p>A table of tiles may be given as well as one of pictures: every picture in it is segmented once, or every
                    tile, as you choose. Rows keep their IDs and all of their columns; where a picture has several, those of its
                    first row.</p>
                    """)
            .sinceVersion(1, 0, 0)
            .ports(p -> p.addInputPort("Model", "A segmentation model.", ModelPortObject.TYPE)
                    .addInputTable(
                            "Pictures",
                            "Pictures, or tiles of them, with paths in the column <i>Image</i> (absolute, "
                                    + "relative to the workflow, or <tt>knime://</tt>); true masks, "
                                    + "where there are any, in <i>Mask</i>.")
                    .addOutputTable(
                            "Predictions",
                            "One row per picture that could be read: the class of every pixel as a grey PNG (grey value = "
                                    + "number of the class), and pictures to look at."))
            .model(m -> m.parametersClass(SegmentationPredictorParameters.class)
                    .configure(SegmentationPredictorNode::configure)
                    .execute(SegmentationPredictorNode::execute))
            .nodeType(NodeType.Predictor)
            .keywords("segmentation", "inference", "mask", "overlay", "sliding window", "nuclei");

    /** For KNIME. */
    public SegmentationPredictorNodeFactory() {
        super(NODE);
    }
}
