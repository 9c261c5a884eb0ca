package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.headless.host.NodeHost;
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
import org.selfdiff.ports.ModelPortObject;

/** Every node that is dropped on the canvas and connected can be executed, without its dialog being opened. */
class DefaultSettingsTest {
    @TempDir
    Path folder;

    private PortObjectSpec[] configured(
            final NodeFactory<?> factory, final NodeSettings ports, final PortObjectSpec... in) throws Exception {
        final NodeHost node = new Canvas(folder).node(factory, Map.of(), ports);
        final PortObjectSpec[] out = node.configure(Arrays.copyOf(in, node.inPorts().length));
        for (final PortObjectSpec spec : out) {
            assertNotNull(spec, factory.getClass().getSimpleName());
        }
        return out;
    }

    @Test
    void whatIsConnectedCanBeExecuted() throws Exception {
        final NodeSettings pictures = Canvas.ports("Pictures", BufferedDataTable.class);
        configured(new TilerNodeFactory(), pictures, configured(new SlidePhantomNodeFactory(), null)[0]);
        final PortObjectSpec tiles =
                configured(new TilerNodeFactory(), pictures, configured(new HistologyPhantomNodeFactory(), null)[0])[0];
        final PortObjectSpec[] parts = configured(new TilePartitionerNodeFactory(), null, tiles);
        assertEquals(3, parts.length);
        configured(new StainNormalizerNodeFactory(), null, tiles);
        configured(new TileExporterNodeFactory(), null, tiles);
        final PortObjectSpec pretrained = configured(new DiffusionPretrainerNodeFactory(), null, parts[0])[0];
        final PortObjectSpec model = configured(
                new SegmentationLearnerNodeFactory(),
                Canvas.ports("Pre-trained model", ModelPortObject.class),
                parts[1],
                pretrained)[0];
        final PortObjectSpec predictions = configured(new SegmentationPredictorNodeFactory(), null, model, parts[2])[0];
        configured(new SegmentationScorerNodeFactory(), null, predictions);
    }

    /** The only node that cannot know by itself what to work on says what it needs. */
    @Test
    void aTilerWithoutPicturesSaysWhatItNeeds() {
        final InvalidSettingsException e =
                assertThrows(InvalidSettingsException.class, () -> configured(new TilerNodeFactory(), null));
        assertTrue(e.getMessage().contains("Set an image folder, or add the input port"), e.getMessage());
    }
}
