package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataTableSpecCreator;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.nodes.classification.augmentation.AugmentationComparisonNodeFactory;
import org.selfdiff.nodes.classification.learner.TileClassifierLearnerNodeFactory;
import org.selfdiff.nodes.classification.predictor.TileClassifierPredictorNodeFactory;
import org.selfdiff.nodes.classification.scorer.ClassificationScorerNodeFactory;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.slides.chestphantom.ChestPhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;

/** Classifiers of tiles from tables to scores: a probe on embeddings that tell three classes apart, a network on pixels. */
@NeedsTorch.Engine
class TileClassifierNodesTest {
    private static final EncodedBy DINO = new EncodedBy("DINO", "0123456789abcdef", 3);

    private static final List<String> NAMES = List.of("clear", "nodule", "effusion");

    private static final Map<String, Object> PROBE = Map.of(
            "classifier/method", "PROBE", "labels/column", "Finding", "labels/classes", "clear, nodule, effusion");

    @TempDir
    Path folder;

    private Canvas canvas;

    @BeforeEach
    void start() {
        canvas = new Canvas(folder);
    }

    private static DataCell list(final double... values) {
        return CollectionCellFactory.createListCell(
                Arrays.stream(values).mapToObj(DoubleCell::new).toList());
    }

    /** Tiles whose embedding points along the axis of their class, with a column of the user's own. */
    private BufferedDataTable embedded(final int count, final EncodedBy by) {
        final DataTableSpec spec = new DataTableSpecCreator(TileTable.spec())
                .addColumns(new DataTableSpec(
                                new String[] {"Finding", "Own"}, new DataType[] {StringCell.TYPE, IntCell.TYPE})
                        .stream().toArray(DataColumnSpec[]::new))
                .addColumns(EmbeddingColumn.spec("Embedding", by))
                .createSpec();
        final List<DataRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final double[] values = new double[by.width()];
            for (int j = 0; j < values.length; j++) {
                values[j] = Math.sin(7.0 * i + j) + (j == i % 3 ? 2.5 : 0);
            }
            rows.add(row(i, NAMES.get(i % 3), list(values)));
        }
        return Tables.of(spec, rows);
    }

    private DataRow row(final int i, final String finding, final DataCell embedding) {
        final Tile tile =
                Tile.of(folder.resolve("p" + i + ".png"), Optional.empty(), 0, 0, 8, 8, Double.NaN, "patient " + i);
        final List<DataCell> cells = TileTable.cells(tile);
        cells.add(new StringCell(finding));
        cells.add(new IntCell(i));
        cells.add(embedding);
        return new DefaultRow("tile " + i, cells.toArray(DataCell[]::new));
    }

    private PortObject[] learn(final Map<String, Object> settings, final PortObject... in) throws Exception {
        return canvas.run(new TileClassifierLearnerNodeFactory(), settings, in);
    }

    private BufferedDataTable predict(final Map<String, Object> settings, final PortObject... in) throws Exception {
        return (BufferedDataTable) canvas.run(new TileClassifierPredictorNodeFactory(), settings, in)[0];
    }

    @Test
    void probeToPredictionsToScores() throws Exception {
        final PortObject model = learn(PROBE, embedded(60, DINO))[0];
        final BufferedDataTable found = predict(Map.of(), model, embedded(30, DINO));
        final DataTableSpec spec = found.getDataTableSpec();
        assertEquals(30, found.size());
        assertEquals(
                List.of("Finding", "Own", "Embedding", "Prediction", "P (clear)", "P (nodule)", "P (effusion)"),
                Arrays.asList(spec.getColumnNames()).subList(spec.getNumColumns() - 7, spec.getNumColumns()));
        int right = 0;
        for (final DataRow row : found) {
            double sum = 0;
            for (final String name : NAMES) {
                sum += ((DoubleValue) row.getCell(spec.findColumnIndex("P (" + name + ")"))).getDoubleValue();
            }
            assertEquals(1, sum, 1e-9);
            right +=
                    row.getCell(spec.findColumnIndex("Prediction")).equals(row.getCell(spec.findColumnIndex("Finding")))
                            ? 1
                            : 0;
        }
        assertTrue(right >= 28, right + " of 30");
        final BufferedDataTable scores = (BufferedDataTable) canvas.run(
                        new ClassificationScorerNodeFactory(),
                        Map.of("truth_column", "Finding", "resamples", 10),
                        found)[0];
        assertTrue(scores.size() > 10);
        assertEquals(0, predict(Map.of(), model, embedded(0, DINO)).size(), "an empty table passes through");
    }

    @Test
    void severalLabelsInACellOrInColumns() throws Exception {
        final BufferedDataTable one = embedded(40, DINO);
        final DataTableSpec spec = one.getDataTableSpec();
        final int finding = spec.findColumnIndex("Finding");
        final List<DataRow> joined = new ArrayList<>();
        final List<DataRow> flags = new ArrayList<>();
        int i = 0;
        for (final DataRow row : one) {
            final DataCell[] cells = row.stream().toArray(DataCell[]::new);
            final boolean nodule = i % 3 == 1;
            final boolean old = i % 2 == 0;
            cells[finding] =
                    new StringCell(nodule && old ? "nodule|old" : nodule ? "nodule" : old ? "old" : "No Finding");
            joined.add(new DefaultRow(row.getKey(), cells));
            final DataCell[] more = Arrays.copyOf(cells, cells.length + 2);
            more[cells.length] = new IntCell(nodule ? 1 : 0);
            more[cells.length + 1] = new IntCell(old ? 1 : 0);
            flags.add(new DefaultRow(row.getKey(), more));
            i++;
        }
        final BufferedDataTable inACell = Tables.of(spec, joined);
        final BufferedDataTable inColumns = Tables.of(
                new DataTableSpecCreator(spec)
                        .addColumns(new DataTableSpec(
                                        new String[] {"nodule", "old"}, new DataType[] {IntCell.TYPE, IntCell.TYPE})
                                .stream().toArray(DataColumnSpec[]::new))
                        .createSpec(),
                flags);
        final BufferedDataTable first = predict(
                Map.of(),
                learn(
                        Map.of("classifier/method", "PROBE", "labels/kind", "SEVERAL", "labels/column", "Finding"),
                        inACell)[0],
                inACell);
        final BufferedDataTable second = predict(
                Map.of(),
                learn(
                        Map.of("classifier/method", "PROBE", "labels/kind", "SEVERAL", "labels/classes", "nodule, old"),
                        inColumns)[0],
                inACell);
        assertEquals(cells(first, "P (nodule)"), cells(second, "P (nodule)"));
        assertEquals(cells(first, "P (old)"), cells(second, "P (old)"));
        assertTrue(cells(first, "Prediction").containsAll(List.of("No Finding", "nodule")));
        final PortObject[] scores = canvas.run(
                new ClassificationScorerNodeFactory(),
                Map.of("labels", "SEVERAL", "truth_column", "Finding", "resamples", 10),
                first);
        assertTrue(((BufferedDataTable) scores[0]).size() > 5);
    }

    private static List<String> cells(final BufferedDataTable table, final String column) {
        final List<String> all = new ArrayList<>();
        final int index = table.getDataTableSpec().findColumnIndex(column);
        table.forEach(row -> all.add(row.getCell(index).toString()));
        return all;
    }

    @Test
    void whatDoesNotFitIsNamedWithItsRow() throws Exception {
        final BufferedDataTable good = embedded(30, DINO);
        final PortObject model = learn(PROBE, good)[0];
        final InvalidSettingsException other = assertThrows(
                InvalidSettingsException.class,
                () -> predict(Map.of(), model, embedded(3, new EncodedBy("UNI", "abcdef", 3))));
        assertTrue(other.getMessage().contains("\"UNI\""), other.getMessage());
        failsWith(
                "is none of the classes",
                () -> learn(
                        Map.of(
                                "classifier/method",
                                "PROBE",
                                "labels/column",
                                "Finding",
                                "labels/classes",
                                "clear, nodule"),
                        good));
        failsWith(
                "row \"tile 2\"",
                () -> learn(
                        Map.of(
                                "classifier/method",
                                "PROBE",
                                "labels/column",
                                "Finding",
                                "labels/classes",
                                "clear, nodule"),
                        good));
        failsWith(
                "one picture of the class \"odd\"",
                () -> learn(
                        Map.of("classifier/method", "PROBE", "labels/column", "Finding"),
                        with(good, row(30, "odd", list(1, 2, 3)))));
        failsWith("row \"tile 30\"", () -> learn(PROBE, with(good, row(30, "clear", list(1, Double.NaN, 3)))));
        failsWith(
                "No row says",
                () -> learn(
                        Map.of("classifier/method", "PROBE", "labels/column", "Finding", "split_column", "Group"),
                        good));
        assertThrows(InvalidSettingsException.class, () -> learn(Map.of("labels/column", "Diagnosis"), good));
    }

    private static BufferedDataTable with(final BufferedDataTable table, final DataRow more) {
        final List<DataRow> rows = new ArrayList<>();
        table.forEach(rows::add);
        rows.add(more);
        return Tables.of(table.getDataTableSpec(), rows);
    }

    private static void failsWith(final String text, final Executable run) {
        final Exception failed = assertThrows(Exception.class, run);
        final String all = failed.getMessage() + " "
                + (failed.getCause() == null ? "" : failed.getCause().getMessage());
        assertTrue(all.contains(text), all);
    }

    /** As a Diffusion Sampler gives them: labels stand in the column Label. */
    private BufferedDataTable drawn(final int count) {
        final BufferedDataTable all = embedded(count, DINO);
        final DataTableSpec spec = all.getDataTableSpec();
        final int finding = spec.findColumnIndex("Finding");
        final int label = spec.findColumnIndex("Label");
        final List<DataRow> rows = new ArrayList<>();
        for (final DataRow row : all) {
            final DataCell[] cells = row.stream().toArray(DataCell[]::new);
            cells[label] = cells[finding];
            rows.add(new DefaultRow(row.getKey(), cells));
        }
        final DataColumnSpec[] columns = spec.stream().toArray(DataColumnSpec[]::new);
        final DataColumnSpecCreator other = new DataColumnSpecCreator(columns[finding]);
        other.setName("Something else");
        columns[finding] = other.createSpec();
        return Tables.of(new DataTableSpec(columns), rows);
    }

    @Test
    void comparisonOfProbes() throws Exception {
        final Map<String, Object> settings = new HashMap<>(PROBE);
        settings.putAll(Map.of("ratios", "1, 2", "seeds", 2, "resamples", 20));
        final PortObject[] out = canvas.run(
                new AugmentationComparisonNodeFactory(), settings, embedded(12, DINO), drawn(60), embedded(45, DINO));
        final BufferedDataTable scores = (BufferedDataTable) out[0];
        assertEquals(4 * 4, scores.size());
        assertEquals(
                List.of("real", "real + synthetic 1:1", "real + synthetic 1:2", "synthetic"),
                cells(scores, "Training").stream().distinct().toList());
        assertEquals(1, ((BufferedDataTable) out[1]).size());
    }

    @Test
    void networkOnRadiographs() throws Exception {
        final PortObject pictures = canvas.run(
                        new ChestPhantomNodeFactory(),
                        Map.of("pictures", 24, "size", 32, "findings", "effusion", "strength", 3.0))[0];
        final BufferedDataTable tiles = (BufferedDataTable) canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        pictures)[0];
        final Map<String, Object> settings = new HashMap<>(Map.of(
                "labels/column", "Finding",
                "classifier/width", 8,
                "classifier/levels", 2,
                "classifier/training/steps", 3,
                "classifier/training/batch_size", 4,
                "checkpoints/checkpoint_folder", ""));
        final PortObject[] learnt = learn(settings, tiles, tiles);
        assertEquals(3, ((BufferedDataTable) learnt[1]).size());
        final BufferedDataTable found = predict(Map.of(), learnt[0], tiles);
        assertEquals(24, found.size());
        assertTrue(found.getDataTableSpec().containsName("P (effusion)"));
        settings.remove("checkpoints/checkpoint_folder");
        settings.putAll(Map.of("ratios", "1", "seeds", 1, "resamples", 20));
        final PortObject[] compared =
                canvas.run(new AugmentationComparisonNodeFactory(), settings, tiles, tiles, tiles);
        assertEquals(3 * 3, ((BufferedDataTable) compared[0]).size());
    }
}
