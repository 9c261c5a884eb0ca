package org.selfdiff.nodes;

import static java.util.Map.entry;

import java.util.Map;
import org.knime.core.node.MapNodeFactoryClassMapper;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeModel;
import org.selfdiff.nodes.diffusion.pretrainer.DiffusionPretrainerNodeFactory;
import org.selfdiff.nodes.segmentation.learner.SegmentationLearnerNodeFactory;
import org.selfdiff.nodes.segmentation.predictor.SegmentationPredictorNodeFactory;
import org.selfdiff.nodes.segmentation.scorer.SegmentationScorerNodeFactory;
import org.selfdiff.nodes.slides.exporter.TileExporterNodeFactory;
import org.selfdiff.nodes.slides.partitioner.TilePartitionerNodeFactory;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.slidephantom.SlidePhantomNodeFactory;
import org.selfdiff.nodes.slides.stain.StainNormalizerNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;

/** Nodes whose classes have moved: workflows name them as they were when the workflow was saved, and open all the same. */
public final class MovedNodes extends MapNodeFactoryClassMapper {
    private static final Map<String, Class<? extends NodeFactory<? extends NodeModel>>> NOW = Map.ofEntries(
            entry("org.selfdiff.nodes.tiler.TilerNodeFactory", TilerNodeFactory.class),
            entry("org.selfdiff.nodes.partitioner.TilePartitionerNodeFactory", TilePartitionerNodeFactory.class),
            entry("org.selfdiff.nodes.stain.StainNormalizerNodeFactory", StainNormalizerNodeFactory.class),
            entry("org.selfdiff.nodes.exporter.TileExporterNodeFactory", TileExporterNodeFactory.class),
            entry("org.selfdiff.nodes.phantom.HistologyPhantomNodeFactory", HistologyPhantomNodeFactory.class),
            entry("org.selfdiff.nodes.slidephantom.SlidePhantomNodeFactory", SlidePhantomNodeFactory.class),
            entry("org.selfdiff.nodes.pretrainer.DiffusionPretrainerNodeFactory", DiffusionPretrainerNodeFactory.class),
            entry("org.selfdiff.nodes.learner.SegmentationLearnerNodeFactory", SegmentationLearnerNodeFactory.class),
            entry(
                    "org.selfdiff.nodes.predictor.SegmentationPredictorNodeFactory",
                    SegmentationPredictorNodeFactory.class),
            entry("org.selfdiff.nodes.scorer.SegmentationScorerNodeFactory", SegmentationScorerNodeFactory.class));

    @Override
    protected Map<String, Class<? extends NodeFactory<? extends NodeModel>>> getMapInternal() {
        return NOW;
    }
}
