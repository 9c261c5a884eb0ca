package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.MissingCell;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Tile;
import org.selfdiff.headless.host.HostContext;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.diffusion.scorer.DistributionScorerNodeFactory;

/** The Distribution Scorer with two and three tables of embeddings, and with ones that it refuses. */
class DistributionScorerNodeTest {
    private static final EncodedBy DINO = new EncodedBy("DINO", "0123456789", 4);

    @TempDir
    Path folder;

    private static DataCell vector(final Random random, final double mean, final int width) {
        final float[] values = new float[width];
        for (int k = 0; k < width; k++) {
            values[k] = (float) (mean + random.nextGaussian());
        }
        return EmbeddingColumn.cell(values);
    }

    private static BufferedDataTable table(final EncodedBy by, final List<DataCell> vectors, final String... classes) {
        final DataColumnSpec label = new DataColumnSpecCreator("Class", StringCell.TYPE).createSpec();
        final List<DataRow> rows = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            rows.add(new DefaultRow(
                    "tile " + i,
                    new StringCell(classes.length == 0 ? "a" : classes[i % classes.length]),
                    vectors.get(i)));
        }
        return Tables.of(new DataTableSpec(label, EmbeddingColumn.spec("Embedding", by)), rows);
    }

    private static BufferedDataTable normal(
            final long seed, final int count, final double mean, final String... classes) {
        final Random random = new Random(seed);
        final List<DataCell> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            vectors.add(vector(random, mean, 4));
        }
        return table(DINO, vectors, classes);
    }

    private PortObject[] run(final Map<String, Object> settings, final PortObject... in) throws Exception {
        final NodeHost node = new Canvas(folder).node(new DistributionScorerNodeFactory(), settings, null);
        final PortObjectSpec[] specs = new PortObjectSpec[3];
        final PortObject[] all = new PortObject[3];
        for (int i = 0; i < in.length; i++) {
            specs[i] = in[i].getSpec();
            all[i] = in[i];
        }
        final PortObjectSpec[] out = node.configure(specs);
        assertNotNull(out[0]);
        final PortObject[] tables = node.execute(
                all, new HostContext(folder, folder.resolve("stores"), (fraction, message) -> {}, () -> false));
        assertEquals(out[1], ((BufferedDataTable) tables[1]).getDataTableSpec());
        return tables;
    }

    private static List<String> column(final PortObject table, final int index) {
        final List<String> texts = new ArrayList<>();
        for (final DataRow row : (BufferedDataTable) table) {
            texts.add(row.getCell(index).isMissing() ? "" : row.getCell(index).toString());
        }
        return texts;
    }

    @Test
    void twoTablesAreEnough() throws Exception {
        final PortObject[] out = run(Map.of(), normal(1, 40, 0), normal(2, 30, 1));
        final List<String> names = column(out[0], 1);
        assertEquals("FD (DINO)", names.get(0));
        assertEquals("40", column(out[0], 6).get(0));
        assertEquals("30", column(out[0], 7).get(0));
        assertEquals(4, Double.parseDouble(column(out[0], 2).get(0)), 2.5, "a shift by 1 in four directions");
        assertEquals(30, ((BufferedDataTable) out[1]).size(), "not more pairs than pictures");
        assertEquals("a", column(out[1], 4).get(0), "columns of the synthetic pictures");
        assertEquals(
                "Class (real)",
                ((BufferedDataTable) out[1]).getDataTableSpec().getColumnSpec(5).getName());
        assertEquals("", column(out[1], 3).get(0), "nothing is held out");
    }

    @Test
    void heldOutPicturesAndClasses() throws Exception {
        final BufferedDataTable real = normal(1, 40, 0, "a", "b");
        final PortObject[] out = run(Map.of("class_column", "Class", "pairs", 2), real, real, normal(3, 20, 0));
        assertEquals("0.0", column(out[1], 2).get(0), "the same pictures");
        assertEquals("0.0", column(out[1], 3).get(0));
        final List<String> pictures = column(out[0], 0);
        assertTrue(pictures.contains("a") && pictures.contains("b") && pictures.contains("all pictures"));
        assertTrue(column(out[0], 1).stream().anyMatch(name -> name.contains("held-out")));
    }

    /** A table of tiles with embeddings; each says that it was made from the held-out tile of its number. */
    private BufferedDataTable tiles(final String name, final int count, final int shade) throws Exception {
        final List<DataColumnSpec> columns = new ArrayList<>();
        TileTable.spec().forEach(columns::add);
        columns.add(EmbeddingColumn.spec("Embedding", DINO));
        columns.add(new DataColumnSpecCreator("Sources", ListCell.getCollectionType(StringCell.TYPE)).createSpec());
        final List<DataRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final byte[] rgb = new byte[3 * 16 * 16];
            Arrays.fill(rgb, (byte) (shade + i));
            final Path file = folder.resolve(name + i + ".png");
            Files.write(file, PngEncoder.picture(new Picture(16, 16, rgb)));
            final List<DataCell> cells = new ArrayList<>(
                    TileTable.cells(Tile.of(file, Optional.empty(), 0, 0, 16, 16, Double.NaN, name + i)));
            cells.add(EmbeddingColumn.cell(new float[] {i, i * i, 1, 0}));
            cells.add(CollectionCellFactory.createListCell(List.of(new StringCell("held" + i))));
            rows.add(new DefaultRow(name + i, cells.toArray(DataCell[]::new)));
        }
        return Tables.of(new DataTableSpec(columns.toArray(DataColumnSpec[]::new)), rows);
    }

    private static BufferedImage picture(final PortObject table, final int row) throws Exception {
        int number = 0;
        for (final DataRow each : (BufferedDataTable) table) {
            if (number++ == row) {
                return ImageIO.read(new ByteArrayInputStream(
                        ((PNGImageValue) each.getCell(1)).getImageContent().getByteArray()));
            }
        }
        throw new AssertionError("no row " + row);
    }

    @Test
    void sourcesAndVariantsSideBySide() throws Exception {
        final PortObject[] out =
                run(Map.of("pairs", 3), tiles("real", 6, 10), tiles("synthetic", 3, 100), tiles("held", 4, 200));
        final int own = column(out[0], 1).indexOf("Own source nearest");
        assertEquals("1.0", column(out[0], 2).get(own));
        assertEquals("3", column(out[0], 6).get(own), "sources");
        assertEquals(List.of("Sources and variants", "Nearest pairs"), column(out[2], 0));
        final BufferedImage gallery = picture(out[2], 0);
        assertEquals(6 + 3 * (128 + 6), gallery.getWidth(), "source, variant, nearest real");
        final int[] shades = {201, 101, 11};
        for (int k = 0; k < 3; k++) {
            final int x = 6 + k * (128 + 6) + 64;
            final int y = gallery.getHeight() / 2; // in the second of three rows
            assertEquals(shades[k], gallery.getRGB(x, y) & 0xff, "part " + k);
        }
        assertEquals(6 + 2 * (128 + 6), picture(out[2], 1).getWidth());
        final BufferedDataTable real = normal(1, 40, 0);
        notConfigured("Sources", Map.of("source_column", "Gone"), real, real);
        assertEquals(List.of(), column(run(Map.of(), real, real)[2], 0), "no tiles, no pictures");
    }

    private void refused(final String expected, final BufferedDataTable real, final BufferedDataTable synthetic) {
        final KNIMEException e = assertThrows(KNIMEException.class, () -> run(Map.of(), real, synthetic));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void rowsThatAreNoEmbeddingsAreNamed() {
        final Random random = new Random(1);
        final BufferedDataTable real = normal(1, 40, 0);
        final DataCell good = vector(random, 0, 4);
        refused("row \"tile 1\"", real, table(DINO, List.of(good, new MissingCell(null))));
        refused("row \"tile 1\"", real, table(DINO, List.of(good, CollectionCellFactory.createListCell(List.of()))));
        refused("row \"tile 0\"", real, table(DINO, List.of(vector(random, Double.NaN, 4), good)));
        refused("row \"tile 1\"", real, table(DINO, List.of(good, vector(random, 0, 5))));
        refused("row \"tile 0\"", real, table(DINO, List.of(good)));
        refused("no synthetic pictures", real, table(DINO, List.of()));
    }

    @Test
    void aClassOfOnePictureIsNamed() {
        final KNIMEException e = assertThrows(
                KNIMEException.class,
                () -> run(
                        Map.of("class_column", "Class"),
                        normal(1, 6, 0, "a", "b", "b"),
                        normal(2, 4, 0, "a", "a", "a", "b")));
        assertTrue(e.getMessage().contains("row \"tile 3\""), e.getMessage());
    }

    private void notConfigured(final String expected, final Map<String, Object> settings, final PortObject... in) {
        final InvalidSettingsException e = assertThrows(InvalidSettingsException.class, () -> run(settings, in));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void twoEncodersAndMissingColumnsAreRefusedBeforeAnythingRuns() {
        final BufferedDataTable real = normal(1, 40, 0);
        final BufferedDataTable other = table(new EncodedBy("UNI", "ff", 4), List.of(vector(new Random(1), 0, 4)));
        notConfigured("\"UNI\"", Map.of(), real, other);
        notConfigured("held-out pictures by \"UNI\"", Map.of(), real, real, other);
        notConfigured("column of texts", Map.of("class_column", "Gone"), real, real);
        notConfigured("no column \"Gone\"", Map.of("synthetic_column", "Gone"), real, real);
        notConfigured(
                "no column of vectors",
                Map.of(),
                real,
                Tables.of(new DataTableSpec(new DataColumnSpecCreator("N", DoubleCell.TYPE).createSpec()), List.of()));
        notConfigured("neighbours", Map.of("neighbours", 0), real, real);
    }
}
