package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.selfdiff.Fixtures;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Tile;
import org.selfdiff.data.features.FeatureFile;
import org.selfdiff.data.features.TridentFile;
import org.selfdiff.nodes.bags.reader.FeatureReaderNodeFactory;
import org.selfdiff.nodes.bags.writer.FeatureWriterNodeFactory;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.run.RunControl;

/** From folders of other programs to tables, and back to files. */
class FeatureNodesTest {
    @TempDir
    Path folder;

    private Path workflow() throws Exception {
        return Files.createDirectories(folder.resolve("workflow"));
    }

    private Path fixtures(final String... names) throws Exception {
        final Path files = Files.createDirectories(folder.resolve("files"));
        for (final String name : names) {
            Files.copy(Fixtures.path("mil/h5/" + name + ".h5"), files.resolve(name + ".h5"));
        }
        return files;
    }

    /** Two slides at 40 x, tiles of 256 pixels at 20 x, 3 and 4 of them. */
    private Path written() throws Exception {
        final Path files = folder.resolve("written");
        for (int s = 0; s < 2; s++) {
            final int n = 3 + s;
            final float[][] features = new float[n][5];
            final long[] x = new long[n];
            for (int i = 0; i < n; i++) {
                x[i] = 512L * i;
                for (int j = 0; j < 5; j++) {
                    features[i][j] = s * 100 + i * 10 + j / 8f;
                }
            }
            TridentFile.write(
                    files.resolve("case-" + s + ".h5"),
                    new TridentFile.Tiles(
                            "case-" + s, x, new long[n], 256, 512, 0.25, Optional.of("UNI"), Optional.empty()),
                    features);
        }
        return files;
    }

    private BufferedDataTable read(final Map<String, Object> settings) throws Exception {
        return (BufferedDataTable) new Canvas(workflow()).run(new FeatureReaderNodeFactory(), settings)[0];
    }

    private static DataColumnSpec features(final BufferedDataTable table) {
        return table.getDataTableSpec().getColumnSpec("Features");
    }

    private static String text(final DataRow row, final BufferedDataTable table, final String column) {
        return ((StringValue) row.getCell(table.getDataTableSpec().findColumnIndex(column))).getStringValue();
    }

    @Test
    void aFolderBecomesATableOfTiles() throws Exception {
        final Path slides = Files.createDirectories(folder.resolve("slides/sub"));
        Files.createFile(slides.resolve("case-1.svs"));
        final BufferedDataTable table = read(Map.of(
                "folder", written().toString(), "slides", slides.getParent().toString()));
        final List<Tile> tiles = TileTable.read(table);
        assertEquals(7, tiles.size());
        final Tile last = tiles.get(6);
        assertEquals(slides.resolve("case-1.svs"), last.image());
        assertEquals("case-1", last.group());
        assertEquals(new Tile.Area(1536, 0, 256, 256, 2, 0.5), last.area());
        assertEquals(Optional.of(new EncodedBy("UNI", "name:uni", 5)), EmbeddingColumn.encodedBy(features(table)));
        final Embeddings embeddings = EmbeddingColumn.read(table, features(table), RunControl.silent());
        assertArrayEquals(
                new float[] {130, 130.125f, 130.25f, 130.375f, 130.5f},
                embeddings.rows().get(6));
        assertEquals("Tile6", lastKey(table));
    }

    private static String lastKey(final BufferedDataTable table) {
        String key = "";
        for (final DataRow row : table) {
            key = row.getKey().getString();
        }
        return key;
    }

    @Test
    void referencesLeadToTheSameNumbers() throws Exception {
        final String files = written().toString();
        final BufferedDataTable lists = read(Map.of("folder", files, "storage", "TABLE"));
        final BufferedDataTable references = read(Map.of("folder", files, "storage", "FILES"));
        assertEquals(StringCell.TYPE, features(references).getType());
        assertEquals(EmbeddingColumn.encodedBy(features(lists)), EmbeddingColumn.encodedBy(features(references)));
        final List<float[]> one = EmbeddingColumn.read(lists, features(lists), RunControl.silent())
                .rows();
        final List<float[]> other = EmbeddingColumn.read(references, features(references), RunControl.silent())
                .rows();
        assertEquals(7, other.size());
        for (int i = 0; i < 7; i++) {
            assertArrayEquals(one.get(i), other.get(i));
        }
        assertTrue(text(references.iterator().next(), references, "Features").endsWith("case-0.h5#0"));
    }

    @Test
    void filesOfTheToolsAreRead() throws Exception {
        final BufferedDataTable clam =
                read(Map.of("folder", fixtures("clam_features").toString(), "encoder", "resnet50"));
        assertEquals(77, clam.size());
        final Tile tile = TileTable.read(clam).get(1);
        assertEquals(new Tile.Area(1536, 2048, 512, 512, 1, Double.NaN), tile.area());
        assertEquals(folder.resolve("files/clam_features.h5"), tile.image());

        Files.delete(folder.resolve("files/clam_features.h5"));
        final BufferedDataTable trident = read(Map.of(
                "folder", fixtures("trident_features", "trident_features_empty").toString()));
        assertEquals(19, trident.size(), "the slide without tissue has no tiles");
        assertEquals(
                new Tile.Area(3072, 512, 256, 256, 2, 0.5),
                TileTable.read(trident).get(0).area());

        Files.delete(folder.resolve("files/trident_features.h5"));
        Files.delete(folder.resolve("files/trident_features_empty.h5"));
        final BufferedDataTable stamp =
                read(Map.of("folder", fixtures("stamp_features").toString(), "mpp", 0.5));
        assertEquals(21, stamp.size());
        final Tile.Area second = TileTable.read(stamp).get(1).area();
        assertEquals(512, second.x());
        assertEquals(224, second.width());
        assertEquals(512 / 224.0, second.downsample());
        assertEquals(256 / 224.0, second.mpp());
    }

    /** A workflow that was moved with its files finds them. */
    @Test
    void filesOfTheWorkflowAreNamedRelativeToIt() throws Exception {
        final Path files = written();
        Files.createDirectories(workflow().resolve("data"));
        Files.move(files, workflow().resolve("data/features"));
        final BufferedDataTable table = read(Map.of("folder", "data/features", "storage", "FILES"));
        final DataRow row = table.iterator().next();
        assertEquals("knime://knime.workflow/data/features/case-0.h5#0", text(row, table, "Features"));
        assertEquals("knime://knime.workflow/data/features/case-0.h5", text(row, table, "Image"));
        Files.move(workflow(), folder.resolve("moved"));
        final BufferedDataTable report = (BufferedDataTable) new Canvas(folder.resolve("moved"))
                .run(new FeatureWriterNodeFactory(), Map.of("folder", "data/again"), table)[0];
        assertEquals(2, report.size());
        assertEquals(
                "knime://knime.workflow/data/again/case-0.h5",
                text(report.iterator().next(), report, "File"));
        try (FeatureFile again = FeatureFile.open(folder.resolve("moved/data/again/case-1.h5"))) {
            assertEquals(130.5f, again.features(3, 1)[4]);
        }
    }

    private static String failure(final org.junit.jupiter.api.function.Executable run) {
        final Exception e = assertThrows(Exception.class, run);
        assertTrue(e instanceof KNIMEException || e instanceof InvalidSettingsException, e.toString());
        return e.getMessage();
    }

    @Test
    void whatCannotBeReadIsNamed() throws Exception {
        final Path files = fixtures("clam_features");
        final Map<String, Object> settings = Map.of("folder", files.toString());
        assertTrue(failure(() -> read(settings)).contains("does not say which encoder"));
        Files.copy(Fixtures.path("mil/h5/trident_features.h5"), files.resolve("z.h5"));
        final String mixed = failure(() -> read(Map.of("folder", files.toString(), "encoder", "resnet50")));
        assertTrue(mixed.contains("\"uni_v1\" (48 numbers") && mixed.contains("z.h5"), mixed);
        Files.copy(Fixtures.path("mil/h5/trident_features.h5"), files.resolve("zz.h5"));
        Files.delete(files.resolve("clam_features.h5"));
        final String twice = failure(() -> read(settings));
        assertTrue(twice.contains("\"slide_002\" has a second file, beside") && twice.contains("zz.h5"), twice);
        Files.delete(files.resolve("z.h5"));
        Files.delete(files.resolve("zz.h5"));
        assertTrue(failure(() -> read(settings)).contains("no HDF5 file"));
        assertTrue(failure(() -> read(Map.of("folder", files.resolve("gone").toString())))
                .contains("cannot be read"));
        assertTrue(failure(() -> read(Map.of())).contains("No folder is chosen"));
        Files.copy(Fixtures.path("mil/h5/stamp_features.h5"), files.resolve("s.h5"));
        assertTrue(failure(() -> read(settings)).contains("\"Micrometres per pixel\""));
        Files.delete(files.resolve("s.h5"));
        Files.copy(Fixtures.path("mil/h5/variant_unallocated_chunks.h5"), files.resolve("u.h5"));
        final String unwritten = failure(() -> read(Map.of("folder", files.toString(), "encoder", "e")));
        assertTrue(unwritten.contains("never written") && unwritten.contains("u.h5"), unwritten);
    }

    @Test
    void writtenAndReadTheTableIsTheSame() throws Exception {
        final Path files = written();
        final BufferedDataTable first = read(Map.of("folder", files.toString(), "storage", "FILES"));
        final Path out = folder.resolve("out");
        final BufferedDataTable report = (BufferedDataTable)
                new Canvas(workflow()).run(new FeatureWriterNodeFactory(), Map.of("folder", out.toString()), first)[0];
        final List<String> told = new ArrayList<>();
        for (final DataRow row : report) {
            told.add(text(row, report, "Slide") + " " + row.getCell(2));
        }
        assertEquals(List.of("case-0 3", "case-1 4"), told);
        final BufferedDataTable again = read(Map.of("folder", out.toString()));
        final List<Tile> before = TileTable.read(first);
        final List<Tile> after = TileTable.read(again);
        assertEquals(7, after.size());
        for (int i = 0; i < 7; i++) {
            assertEquals(before.get(i).area(), after.get(i).area());
            assertEquals(before.get(i).group(), after.get(i).group());
        }
        assertEquals(EmbeddingColumn.encodedBy(features(first)), EmbeddingColumn.encodedBy(features(again)));
        try (FeatureFile one = FeatureFile.open(files.resolve("case-1.h5"));
                FeatureFile other = FeatureFile.open(out.resolve("case-1.h5"))) {
            assertArrayEquals(one.features(0, 4), other.features(0, 4));
            assertEquals(Optional.of("UNI"), other.encoder());
        }
        assertTrue(
                failure(() -> new Canvas(workflow()).run(new FeatureWriterNodeFactory(), Map.of("folder", " "), first))
                        .contains("No folder"));
    }
}
