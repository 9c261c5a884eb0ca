package org.selfdiff.nodes;

import java.util.List;
import java.util.function.Supplier;
import org.knime.core.node.NodeFactory;
import org.selfdiff.nodes.learner.SegmentationLearnerNodeFactory;
import org.selfdiff.nodes.partitioner.TilePartitionerNodeFactory;
import org.selfdiff.nodes.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.predictor.SegmentationPredictorNodeFactory;
import org.selfdiff.nodes.pretrainer.DiffusionPretrainerNodeFactory;
import org.selfdiff.nodes.scorer.SegmentationScorerNodeFactory;
import org.selfdiff.nodes.slidephantom.SlidePhantomNodeFactory;
import org.selfdiff.nodes.tiler.TilerNodeFactory;

/** Every node of the plug-in. */
final class AllNodes {
    static final List<Supplier<NodeFactory<?>>> FACTORIES = List.of(
            HistologyPhantomNodeFactory::new,
            SlidePhantomNodeFactory::new,
            TilerNodeFactory::new,
            TilePartitionerNodeFactory::new,
            DiffusionPretrainerNodeFactory::new,
            SegmentationLearnerNodeFactory::new,
            SegmentationPredictorNodeFactory::new,
            SegmentationScorerNodeFactory::new);

    private AllNodes() {}
}
