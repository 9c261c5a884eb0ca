package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.nodes.diffusion.pretrainer.DiffusionPretrainerNodeFactory;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** What the dialogs of training nodes offer besides. */
@NeedsTorch.Engine
class TrainOnNodesTest {
    @TempDir
    Path folder;

    private Canvas canvas;

    private PortObject tiles;

    @BeforeEach
    void cut() throws Exception {
        canvas = new Canvas(folder);
        final PortObject pictures = canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 2, "size", 64))[0];
        tiles = canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        pictures)[0];
    }

    private static Map<String, Object> settings(final int steps) {
        return new HashMap<>(Map.of(
                "network/base_width", 8,
                "network/channel_multipliers", "1, 2",
                "network/blocks_per_level", 1,
                "training/steps", steps,
                "training/batch_size", 2,
                "training/warmup_steps", 1,
                "compute/device", "cpu",
                "samples", 1,
                "sample_steps", 2));
    }

    private byte[] trained(final Map<String, Object> settings, final String warning) throws Exception {
        final NodeHost node = canvas.node(new DiffusionPretrainerNodeFactory(), settings, null);
        final ModelPortObject model = (ModelPortObject) canvas.run(node, () -> false, tiles)[0];
        assertTrue(
                warning.isEmpty()
                        ? node.warning() == null
                        : String.valueOf(node.warning()).contains(warning),
                node.warning());
        return Files.readAllBytes(model.file());
    }

    private List<Path> states() throws Exception {
        final Path states = folder.resolve("data/checkpoints");
        if (!Files.exists(states)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(states)) {
            return files.toList();
        }
    }

    @Test
    void aRateThatStaysLetsMoreStepsGoOn() throws Exception {
        final Map<String, Object> all = settings(4);
        all.put("training/rate_course", "STAYS");
        all.put("checkpoints/checkpoint_folder", "");
        final byte[] atOnce = trained(all, "");
        final Map<String, Object> some = settings(2);
        some.put("training/rate_course", "STAYS");
        trained(some, "");
        assertEquals(1, states().size(), "the state is kept");
        some.put("training/steps", 4);
        assertArrayEquals(atOnce, trained(some, ""));
        some.put("training/batch_size", 4);
        trained(some, "batchSize is 2 there and 4 here");
    }

    @Test
    void aRateThatFallsLeavesNoState() throws Exception {
        trained(settings(2), "");
        assertEquals(List.of(), states());
    }

    /** The same parameters, and the card says how they are connected. */
    @Test
    void theFinestSkipIsOffered() throws Exception {
        final Map<String, Object> skip = settings(1);
        skip.put("network/finest_skip", true);
        assertTrue(card(trained(skip, "")).contains("\"finestSkip\":true"));
        assertTrue(card(trained(settings(1), "")).contains("\"finestSkip\":false"));
    }

    private static String card(final byte[] model) {
        return new String(model, StandardCharsets.ISO_8859_1).replace("\\", "");
    }
}
