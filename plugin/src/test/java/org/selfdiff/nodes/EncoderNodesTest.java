package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.collection.ListDataValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.encoders.embedder.TileEmbedderNodeFactory;
import org.selfdiff.nodes.encoders.reader.ModelReaderNodeFactory;
import org.selfdiff.nodes.encoders.writer.ModelWriterNodeFactory;
import org.selfdiff.nodes.segmentation.predictor.SegmentationPredictorNodeFactory;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** From a file of weights to a table of embeddings, and to a file of ours that gives the same ones. */
@NeedsTorch.Engine
class EncoderNodesTest {
    private static final String WEIGHTS = Path.of("src/test/resources/fixtures/dinov2/tiny_reg4.weights.safetensors")
            .toAbsolutePath()
            .toString();

    @TempDir
    Path folder;

    /** Outside the workflow. */
    @TempDir
    Path elsewhere;

    private Canvas canvas;

    @BeforeEach
    void start() {
        canvas = new Canvas(folder);
    }

    private BufferedDataTable tiles() throws Exception {
        final PortObject pictures = canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 2, "size", 64))[0];
        return (BufferedDataTable) canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32, "pictures/masks_required", true),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        pictures)[0];
    }

    private PortObject[] read(final String file) throws Exception {
        return canvas.run(new ModelReaderNodeFactory(), Map.of("file", file, "heads", 2));
    }

    private BufferedDataTable embedded(final PortObject model, final BufferedDataTable tiles, final String tokens)
            throws Exception {
        return (BufferedDataTable) canvas.run(new TileEmbedderNodeFactory(), Map.of("tokens", tokens), model, tiles)[0];
    }

    @Test
    void weightsBecomeEmbeddings() throws Exception {
        final BufferedDataTable tiles = tiles();
        final PortObject[] model = read(WEIGHTS);
        final Map<String, String> findings = new HashMap<>();
        ((BufferedDataTable) model[1])
                .forEach(row ->
                        findings.put(row.getKey().getString(), row.getCell(0).toString()));
        assertTrue(findings.get("Found").startsWith("DINOv2 ViT-16x2/14, 4 registers"), findings.toString());
        final BufferedDataTable once = embedded(model[0], tiles, "BOTH");
        final DataColumnSpec column = once.getDataTableSpec().getColumnSpec("Embedding");
        final EncodedBy by = EmbeddingColumn.encodedBy(column).orElseThrow();
        assertEquals("DINOv2 ViT-16x2/14, 4 registers", by.encoder());
        assertEquals(32, by.width());
        assertEquals(tiles.size(), once.size());

        canvas.run(new ModelWriterNodeFactory(), Map.of("folder", "out", "name", "written.safetensors"), model[0]);
        final PortObject again = read("out/written.safetensors")[0];
        final BufferedDataTable twice = embedded(again, tiles, "BOTH");
        assertEquals(
                by,
                EmbeddingColumn.encodedBy(twice.getDataTableSpec().getColumnSpec("Embedding"))
                        .orElseThrow());
        final var rows = twice.iterator();
        final int before = tiles.getDataTableSpec().getNumColumns();
        final var originals = tiles.iterator();
        for (final DataRow row : once) {
            final DataRow original = originals.next();
            assertEquals(original.getKey(), row.getKey());
            for (int i = 0; i < before; i++) {
                assertEquals(original.getCell(i), row.getCell(i));
            }
            assertEquals(32, ((ListDataValue) row.getCell(before)).size());
            assertEquals(row.getCell(before), rows.next().getCell(before));
        }
        final Exception there = assertThrows(
                Exception.class,
                () -> canvas.run(
                        new ModelWriterNodeFactory(),
                        Map.of("folder", "out", "name", "written.safetensors"),
                        model[0]));
        assertTrue(there.getMessage().contains("already"), there.getMessage());
    }

    @Test
    void filesHoldTheSameNumbers() throws Exception {
        final BufferedDataTable tiles = tiles();
        final PortObject model = read(WEIGHTS)[0];
        final BufferedDataTable table = embedded(model, tiles, "GLOBAL");
        final BufferedDataTable files = (BufferedDataTable) canvas.run(
                        new TileEmbedderNodeFactory(),
                        Map.of("tokens", "GLOBAL", "place", "FILES", "folder", elsewhere.toString()),
                        model,
                        tiles)[0];
        final DataColumnSpec column = files.getDataTableSpec().getColumnSpec("Embedding");
        assertTrue(EmbeddingColumn.refers(column));
        final Embeddings expected =
                EmbeddingColumn.read(table, table.getDataTableSpec().getColumnSpec("Embedding"), RunControl.silent());
        final Embeddings actual = EmbeddingColumn.read(files, column, RunControl.silent());
        assertEquals(expected.encodedBy(), actual.encodedBy());
        assertEquals(tiles.size(), actual.count());
        for (int i = 0; i < actual.count(); i++) {
            assertArrayEquals(expected.rows().get(i), actual.rows().get(i));
        }
        canvas.run(
                new TileEmbedderNodeFactory(),
                Map.of("tokens", "BOTH", "place", "FILES", "folder", elsewhere.toString()),
                model,
                tiles);
        final RunFailed other =
                assertThrows(RunFailed.class, () -> EmbeddingColumn.read(files, column, RunControl.silent()));
        assertTrue(other.what().contains("features of another encoder"), other.getMessage());
        assertTrue(other.where().startsWith("column \"Embedding\", row \""), other.where());
    }

    @Test
    void wrongModelsAndFilesAreRefusedBeforehand() throws Exception {
        final PortObject model = read(WEIGHTS)[0];
        final InvalidSettingsException kind = assertThrows(
                InvalidSettingsException.class,
                () -> canvas.run(new SegmentationPredictorNodeFactory(), Map.of(), model, tiles()));
        assertTrue(kind.getMessage().contains("tile encoder"), kind.getMessage());
        final InvalidSettingsException absent =
                assertThrows(InvalidSettingsException.class, () -> read("nowhere.safetensors"));
        assertTrue(absent.getMessage().contains("nowhere.safetensors"), absent.getMessage());
        assertThrows(InvalidSettingsException.class, () -> read(""));
        for (final String name : List.of("", "a/b", "..", "a\\b", "c:d")) {
            assertThrows(
                    InvalidSettingsException.class,
                    () -> canvas.run(new ModelWriterNodeFactory(), Map.of("name", name), model),
                    name);
        }
        final InvalidSettingsException custom = assertThrows(
                InvalidSettingsException.class,
                () -> canvas.run(
                        new ModelReaderNodeFactory(),
                        Map.of("file", WEIGHTS, "heads", 2, "normalisation", "CUSTOM", "deviations", "0.2, 0")));
        assertTrue(custom.getMessage().contains("Deviations"), custom.getMessage());
    }
}
