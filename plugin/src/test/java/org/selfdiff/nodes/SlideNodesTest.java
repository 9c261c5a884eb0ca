package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataRow;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nodes.segmentation.learner.SegmentationLearnerNodeFactory;
import org.selfdiff.nodes.segmentation.predictor.SegmentationPredictorNodeFactory;
import org.selfdiff.nodes.segmentation.scorer.SegmentationScorerNodeFactory;
import org.selfdiff.nodes.slides.exporter.TileExporterNodeFactory;
import org.selfdiff.nodes.slides.slidephantom.SlidePhantomNodeFactory;
import org.selfdiff.nodes.slides.stain.StainNormalizerNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/** The nodes for slides at work in the chain that they are made for: from slides to scores, and to a folder of tiles. */
@NeedsTorch.Engine
class SlideNodesTest {
    @TempDir
    Path folder;

    private PortObject[] tiles(final Canvas canvas) throws Exception {
        final PortObject slides = canvas.run(
                        new SlidePhantomNodeFactory(),
                        Map.of("slides", 2, "width", 1600, "height", 1200, "tumor_share", 1.0, "seed", 4L))[0];
        return canvas.run(
                canvas.node(
                        new TilerNodeFactory(),
                        Map.of(
                                "resolution/target",
                                "MPP",
                                "resolution/mpp",
                                1.0,
                                "grid/tile_size",
                                32,
                                "annotations/min_annotated",
                                0.5),
                        Canvas.ports("Pictures", BufferedDataTable.class)),
                () -> false,
                slides);
    }

    @Test
    void fromSlidesToAFolderOfTiles() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final PortObject[] cut = tiles(canvas);
        final BufferedDataTable report = (BufferedDataTable) cut[1];
        assertEquals(2, report.size());
        for (final DataRow row : report) {
            assertEquals("Aperio SVS", text(report, row, "Format"));
            assertEquals(1.0, number(report, row, "Tile mpp"), 1e-9);
            assertTrue(number(report, row, "Tissue mm2") > 0.01);
            final int overview = report.getDataTableSpec().findColumnIndex("Overview");
            assertTrue(((PNGImageValue) row.getCell(overview)).getImageContent().getByteArray().length > 5000);
        }
        final Set<String> groups = new TreeSet<>();
        final Set<String> labels = new TreeSet<>();
        final BufferedDataTable tiles = (BufferedDataTable) cut[0];
        for (final DataRow row : tiles) {
            groups.add(text(tiles, row, "Group"));
            labels.add(text(tiles, row, "Label"));
            assertEquals(2.0, number(tiles, row, "Downsample"), 1e-9);
            assertTrue(number(tiles, row, "Tissue") >= 0.5);
        }
        assertEquals(1, groups.size(), "both slides are of one case, as the table of slides says");
        assertTrue(labels.contains("Tumor") && labels.contains("Stroma"), labels.toString());

        final PortObject[] normal = canvas.run(new StainNormalizerNodeFactory(), Map.of(), cut[0]);
        assertEquals(tiles.size(), ((BufferedDataTable) normal[0]).size());
        assertEquals(2, ((BufferedDataTable) normal[1]).size());
        final BufferedDataTable exported = (BufferedDataTable)
                canvas.run(new TileExporterNodeFactory(), Map.of("with_pictures", true), normal[0])[0];
        assertEquals(tiles.size(), exported.size());
        for (final DataRow row : exported) {
            assertTrue(Files.size(file(text(exported, row, "File"))) > 100);
            assertTrue(Files.exists(file(text(exported, row, "Label file"))));
            assertFalse(text(exported, row, "Stain").isEmpty());
        }
        assertTrue(Files.exists(folder.resolve("data/tiles")));
    }

    /** The file in the workflow that a table names. */
    private Path file(final String name) {
        final String here = "knime://knime.workflow/";
        assertTrue(name.startsWith(here), name);
        return folder.resolve(name.substring(here.length()));
    }

    @Test
    void aModelOfNormalisedTilesSegmentsSlidesTileByTile() throws Exception {
        final Canvas canvas = new Canvas(folder);
        final PortObject tiles = canvas.run(new StainNormalizerNodeFactory(), Map.of(), tiles(canvas)[0])[0];
        final Map<String, Object> learner = Map.of(
                "network/base_width", 8,
                "network/channel_multipliers", "1, 2",
                "network/blocks_per_level", 1,
                "training/steps", 3,
                "training/batch_size", 2,
                "training/warmup_steps", 1,
                "compute/device", "cpu",
                "class_names", "background, Normal, Stroma, Tumor",
                "mask_values", "LABELS");
        final ModelPortObject model = (ModelPortObject) canvas.run(
                        canvas.node(new SegmentationLearnerNodeFactory(), learner, Canvas.ports("Pre-trained model")),
                        () -> false,
                        tiles)[0];
        final JsonObject training = model.card().training();
        assertTrue(training.has("stain"), "the card keeps the look");
        assertEquals(1.0, model.card().pixels("card").mpp(), 1e-9);
        final BufferedDataTable predicted = (BufferedDataTable) canvas.run(
                        new SegmentationPredictorNodeFactory(),
                        Map.of("compute/device", "cpu", "segmented", "TILES"),
                        model,
                        tiles)[0];
        assertEquals(((BufferedDataTable) tiles).size(), predicted.size(), "one row per tile");
        final PortObject[] scores =
                canvas.run(new SegmentationScorerNodeFactory(), Map.of("mask_values", "LABELS"), predicted);
        assertEquals(5, ((BufferedDataTable) scores[0]).size(), "four classes and their mean");
    }

    private static String text(final BufferedDataTable table, final DataRow row, final String column) {
        final int index = table.getDataTableSpec().findColumnIndex(column);
        return row.getCell(index).isMissing() ? "" : ((StringValue) row.getCell(index)).getStringValue();
    }

    private static double number(final BufferedDataTable table, final DataRow row, final String column) {
        return ((DoubleValue) row.getCell(table.getDataTableSpec().findColumnIndex(column))).getDoubleValue();
    }
}
