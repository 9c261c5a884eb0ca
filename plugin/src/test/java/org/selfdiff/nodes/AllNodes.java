package org.selfdiff.nodes;

import java.util.List;
import java.util.function.Supplier;
import org.knime.core.node.NodeFactory;
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

/** Every node of the plug-in. */
final class AllNodes {
    static final List<Supplier<NodeFactory<?>>> FACTORIES = List.of(
            HistologyPhantomNodeFactory::new,
            SlidePhantomNodeFactory::new,
            TilerNodeFactory::new,
            TilePartitionerNodeFactory::new,
            StainNormalizerNodeFactory::new,
            TileExporterNodeFactory::new,
            DiffusionPretrainerNodeFactory::new,
            SegmentationLearnerNodeFactory::new,
            SegmentationPredictorNodeFactory::new,
            SegmentationScorerNodeFactory::new);

    private AllNodes() {}
}
