package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.diffusion.DiffusionProcess;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelInput;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nodes.diffusion.pretrainer.DiffusionPretrainerNodeFactory;
import org.selfdiff.nodes.segmentation.learner.SegmentationLearnerNodeFactory;
import org.selfdiff.nodes.segmentation.predictor.SegmentationPredictorNodeFactory;
import org.selfdiff.nodes.segmentation.scorer.SegmentationScorerNodeFactory;
import org.selfdiff.nodes.slides.chestphantom.ChestPhantomNodeFactory;
import org.selfdiff.nodes.slides.partitioner.TilePartitionerNodeFactory;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.stages.diffusion.DenoiserSpec;
import org.selfdiff.stages.diffusion.PretrainDiffusion;

/** Every node at work in the chain that it is made for, with tiny networks and pictures. */
@NeedsTorch.Engine
class NodesTest {
    private static final Map<String, Object> TINY_NETWORK = Map.of(
            "network/base_width",
            8,
            "network/channel_multipliers",
            "1, 2",
            "network/blocks_per_level",
            1,
            "training/steps",
            3,
            "training/batch_size",
            2,
            "training/warmup_steps",
            1,
            "compute/device",
            "cpu",
            "samples",
            4,
            "sample_steps",
            2);

    @TempDir
    Path folder;

    private PortObject[] tiles(final Canvas canvas) throws Exception {
        final PortObject pictures = canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 6, "size", 64))[0];
        return canvas.run(
                canvas.node(
                        new TilerNodeFactory(),
                        Map.of("grid/tile_size", 32, "pictures/masks_required", true),
                        Canvas.ports("Pictures", BufferedDataTable.class)),
                () -> false,
                pictures);
    }

    private static Map<String, Object> learner() {
        final Map<String, Object> settings = new HashMap<>(TINY_NETWORK);
        settings.keySet().removeIf(key -> key.startsWith("sample"));
        return settings;
    }

    @Test
    void fromPicturesToScores() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final PortObject[] cut = tiles(canvas);
        assertEquals(6 * 4, ((BufferedDataTable) cut[0]).size(), "four tiles of 32 in each picture of 64");
        assertEquals(6, ((BufferedDataTable) cut[1]).size(), "one row of the report per picture");
        final PortObject[] parts = canvas.run(new TilePartitionerNodeFactory(), Map.of("labelled_pictures", 2), cut[0]);
        assertEquals(4 * 4, ((BufferedDataTable) parts[0]).size(), "0.3 of six pictures are two held out");
        assertEquals(2 * 4, ((BufferedDataTable) parts[1]).size());
        assertEquals(2 * 4, ((BufferedDataTable) parts[2]).size());
        assertTrue(texts(parts[0], "Group").stream().noneMatch(texts(parts[2], "Group")::contains));

        final PortObject[] pretrained = canvas.run(new DiffusionPretrainerNodeFactory(), TINY_NETWORK, parts[0]);
        assertEquals(3, ((BufferedDataTable) pretrained[1]).size(), "one row of the log per step");
        assertEquals(Set.of("Loss curve", "Samples"), texts(pretrained[2], "Name"));
        final NodeHost learner = canvas.node(new SegmentationLearnerNodeFactory(), learner(), null);
        final PortObject[] learnt = canvas.run(learner, () -> false, parts[1], pretrained[0]);
        final ModelPortObject model = (ModelPortObject) learnt[0];
        assertTrue(model.card().provenance().device().startsWith("cpu"), "the device and why are in the card");
        assertEquals(1, model.card().provenance().parents().size(), "the card names the model it was built on");

        final PortObject predictions =
                canvas.run(new SegmentationPredictorNodeFactory(), Map.of("compute/device", "cpu"), model, parts[2])[0];
        assertEquals(2, ((BufferedDataTable) predictions).size(), "one row per picture, not per tile");
        for (final DataRow row : (BufferedDataTable) predictions) {
            for (final String name : List.of("Prediction", "Probability", "Overlay", "Comparison")) {
                final int i =
                        ((BufferedDataTable) predictions).getDataTableSpec().findColumnIndex(name);
                assertTrue(((PNGImageValue) row.getCell(i)).getImageContent().getByteArray().length > 50);
            }
        }
        final PortObject[] scores = canvas.run(new SegmentationScorerNodeFactory(), Map.of(), predictions);
        assertEquals(Set.of("background", "nucleus", "mean"), texts(scores[0], "Class"));
        assertEquals(2 * 2, ((BufferedDataTable) scores[1]).size());
        for (final DataRow row : (BufferedDataTable) scores[0]) {
            final double dice = ((DoubleValue) row.getCell(1)).getDoubleValue();
            assertTrue(dice >= 0 && dice <= 1);
        }
    }

    @Test
    void theLearnerStartsFromScratchWithoutItsModelPort() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final PortObject tiles = tiles(canvas)[0];
        final NodeHost scratch =
                canvas.node(new SegmentationLearnerNodeFactory(), learner(), Canvas.ports("Pre-trained model"));
        assertEquals(1, scratch.inPorts().length);
        final ModelPortObject model = (ModelPortObject) canvas.run(scratch, () -> false, tiles)[0];
        assertTrue(model.card().provenance().parents().isEmpty());
    }

    @Test
    void aModelOfTheWrongKindIsRefusedBeforeAnythingRuns() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final PortObject tiles = tiles(canvas)[0];
        final PortObject diffusion = canvas.run(new DiffusionPretrainerNodeFactory(), TINY_NETWORK, tiles)[0];
        final NodeHost predictor = canvas.node(new SegmentationPredictorNodeFactory(), Map.of(), null);
        final InvalidSettingsException refused = assertThrows(
                InvalidSettingsException.class,
                () -> predictor.configure(new PortObjectSpec[] {diffusion.getSpec(), tiles.getSpec()}));
        assertTrue(refused.getMessage().contains("diffusion U-Net"), refused.getMessage());
        assertTrue(refused.getMessage().contains("Segmentation Learner"), refused.getMessage());
    }

    @Test
    void aModelForAnotherNumberOfChannelsIsRefusedBeforeAnythingRuns() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final PortObject tiles = tiles(canvas)[0];
        final ModelCard other = PretrainDiffusion.planned(
                new DenoiserSpec.Plain(
                        UNetSpec.of(2, 8, List.of(1, 2), 1, List.of(AttentionKind.NONE, AttentionKind.NONE))),
                DiffusionProcess.paper(),
                2,
                Optional.empty(),
                Optional.empty());
        final NodeHost learner = canvas.node(new SegmentationLearnerNodeFactory(), Map.of(), null);
        final InvalidSettingsException refused = assertThrows(
                InvalidSettingsException.class,
                () -> learner.configure(new PortObjectSpec[] {tiles.getSpec(), new ModelPortSpec(other)}));
        assertTrue(
                refused.getMessage().contains("2 channels, tiles of 2 pixels, not pictures of 1 channel (grey) or 3"),
                refused.getMessage());
    }

    @Test
    void sameSeedSameModelOtherSeedOtherModel() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final PortObject tiles = tiles(canvas)[0];
        final byte[] first = weights(canvas, tiles, 1L);
        assertEquals(-1, Arrays.mismatch(first, weights(canvas, tiles, 1L)));
        assertNotEquals(-1, Arrays.mismatch(first, weights(canvas, tiles, 2L)));
    }

    private byte[] weights(final Canvas canvas, final PortObject tiles, final long seed) throws Exception {
        final Map<String, Object> settings = new HashMap<>(TINY_NETWORK);
        settings.put("compute/seed", seed);
        final ModelPortObject model =
                (ModelPortObject) canvas.run(new DiffusionPretrainerNodeFactory(), settings, tiles)[0];
        return Files.readAllBytes(model.file());
    }

    @Test
    void cancelVoidsTheRunAndLeavesNoModel() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final PortObject tiles = tiles(canvas)[0];
        final Map<String, Object> settings = new HashMap<>(TINY_NETWORK);
        settings.put("training/steps", 1_000_000);
        final NodeHost node = canvas.node(new DiffusionPretrainerNodeFactory(), settings, null);
        final long stop = System.nanoTime() + 3_000_000_000L;
        assertThrows(CanceledExecutionException.class, () -> canvas.run(node, () -> System.nanoTime() > stop, tiles));
        try (Stream<Path> files = Files.walk(folder)) {
            assertFalse(files.anyMatch(f -> f.getFileName().toString().startsWith(ModelPortObject.FILE)));
        }
    }

    @Test
    void failuresKeepWhatWhereAndRemedyApart() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final Path empty = Files.createDirectory(folder.resolve("nothing here"));
        final NodeHost tiler =
                canvas.node(new TilerNodeFactory(), Map.of("pictures/image_folder", empty.toString()), null);
        final KNIMEException failure = assertThrows(KNIMEException.class, () -> canvas.run(tiler, () -> false));
        assertTrue(failure.getKNIMEMessage().getSummary().contains(empty.toString()));
        assertEquals(1, failure.getKNIMEMessage().getResolutions().size());
    }

    @Test
    void aFolderOutOfAnyWorkflowIsTakenRelativeToTheWorkflow() throws Exception {
        final Canvas canvas = new Canvas(folder);
        canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 1, "size", 32, "folder", "data/a b"));
        assertTrue(Files.isDirectory(folder.resolve("data/a b/images")));
    }

    @Test
    void aFolderOnAnotherMachineIsRefusedWithARemedy() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final NodeHost tiler = canvas.node(
                new TilerNodeFactory(), Map.of("pictures/image_folder", "https://example.org/pictures"), null);
        final KNIMEException failure = assertThrows(KNIMEException.class, () -> canvas.run(tiler, () -> false));
        assertTrue(failure.getKNIMEMessage().getSummary().contains("Image folder"), failure.getMessage());
    }

    private static Set<String> texts(final PortObject table, final String column) {
        final Set<String> texts = new HashSet<>();
        final BufferedDataTable t = (BufferedDataTable) table;
        final int index = t.getDataTableSpec().findColumnIndex(column);
        for (final DataRow row : t) {
            texts.add(((StringValue) row.getCell(index)).getStringValue());
        }
        return texts;
    }

    @Test
    void radiographsAreLearntAsOneChannel() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final PortObject pictures = canvas.run(
                        new ChestPhantomNodeFactory(),
                        Map.of("pictures", 4, "size", 64, "prevalence", 1.0, "depth", "SIXTEEN"))[0];
        final PortObject tiles = canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32, "pictures/masks_required", true),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        pictures)[0];
        final PortObject pretrained = canvas.run(new DiffusionPretrainerNodeFactory(), TINY_NETWORK, tiles)[0];
        assertEquals(
                1, ((ModelInput.Pixels) ((ModelPortObject) pretrained).card().input()).channels());
        final Map<String, Object> settings = new HashMap<>(learner());
        settings.put("class_names", "background, lung, opacity");
        settings.put("mask_values", "LABELS");
        final ModelPortObject model = (ModelPortObject) canvas.run(
                        canvas.node(new SegmentationLearnerNodeFactory(), settings, null),
                        () -> false,
                        tiles,
                        pretrained)[0];
        assertEquals(1, ((ModelInput.Pixels) model.card().input()).channels());
        final PortObject predictions =
                canvas.run(new SegmentationPredictorNodeFactory(), Map.of("compute/device", "cpu"), model, tiles)[0];
        assertEquals(4, ((BufferedDataTable) predictions).size());
        final Map<String, Object> colour = new HashMap<>(TINY_NETWORK);
        colour.put("colours", "COLOUR");
        final PortObject three = canvas.run(new DiffusionPretrainerNodeFactory(), colour, tiles)[0];
        assertEquals(3, ((ModelInput.Pixels) ((ModelPortObject) three).card().input()).channels());
    }
}
