package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.features.TridentFile;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.nodes.bags.comparison.MilComparisonNodeFactory;
import org.selfdiff.nodes.bags.learner.MilLearnerNodeFactory;
import org.selfdiff.nodes.bags.predictor.MilPredictorNodeFactory;
import org.selfdiff.nodes.bags.reader.FeatureReaderNodeFactory;
import org.selfdiff.nodes.classification.scorer.ClassificationScorerNodeFactory;
import org.selfdiff.nodes.common.EmbeddingColumn;

/** Tables of tiles and labels go in, predictions that the scorer takes come out, and what is wrong is named. */
@NeedsTorch.Engine
@Tag("slow")
class MilNodesTest {
    private static final EncodedBy ENCODER = new EncodedBy("E", "0123", 3);

    private static final int SLIDES = 12;

    private static final int TILES = 4;

    @TempDir
    Path folder;

    private Canvas canvas;

    @BeforeEach
    void start() {
        canvas = new Canvas(folder);
    }

    /** What a test changes about a cell. */
    private interface Change {
        DataCell of(int slide, int tile, String column, DataCell cell);
    }

    private static DataTableSpec spec() {
        final List<DataColumnSpec> columns = new ArrayList<>();
        for (final String name : List.of("Image", "Mask", "Group", "Label", "Part")) {
            columns.add(new DataColumnSpecCreator(name, StringCell.TYPE).createSpec());
        }
        for (final String name : List.of("X", "Y", "Width", "Height")) {
            columns.add(new DataColumnSpecCreator(name, IntCell.TYPE).createSpec());
        }
        columns.add(new DataColumnSpecCreator("mpp", DoubleCell.TYPE).createSpec());
        columns.add(EmbeddingColumn.spec("Embedding", ENCODER));
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    /** Slides of two tiles by two; odd ones are tumours, and their tiles have a first number of about 4. */
    private static BufferedDataTable tiles(final Change change) {
        final DataTableSpec spec = spec();
        final List<DataRow> rows = new ArrayList<>();
        for (int s = 0; s < SLIDES; s++) {
            for (int t = 0; t < TILES; t++) {
                final SeededRandom random = new SeededRandom(s, t);
                final Map<String, DataCell> cells = new HashMap<>();
                cells.put("Image", new StringCell("/slides/case-" + s + ".v1.svs"));
                cells.put("Mask", DataType.getMissingCell());
                cells.put("Group", new StringCell("patient-" + s / 2));
                cells.put("Label", new StringCell(s % 2 == 1 ? "tumour" : "normal"));
                cells.put("Part", new StringCell("part-" + s / 2 % 3));
                cells.put("X", new IntCell(100 + 64 * (t % 2)));
                cells.put("Y", new IntCell(64 * (t / 2)));
                cells.put("Width", new IntCell(64));
                cells.put("Height", new IntCell(64));
                cells.put("mpp", new DoubleCell(0.5));
                cells.put("Embedding", EmbeddingColumn.cell(new float[] {
                    (float) (4 * (s % 2) + 0.3 * random.gaussian()), (float) random.gaussian(), s / 2
                }));
                final DataCell[] row = new DataCell[spec.getNumColumns()];
                for (int c = 0; c < row.length; c++) {
                    final String name = spec.getColumnSpec(c).getName();
                    row[c] = change.of(s, t, name, cells.get(name));
                }
                rows.add(new DefaultRow("Row" + s + "_" + t, row));
            }
        }
        return Tables.of(spec, rows);
    }

    private static BufferedDataTable tiles() {
        return tiles((slide, tile, column, cell) -> cell);
    }

    /** Labels with names of files without folder and extension, a patient without slides, and times of events. */
    private static BufferedDataTable labels(final int slides, final String first) {
        final DataTableSpec spec = new DataTableSpec(
                new DataColumnSpecCreator("slide_id", StringCell.TYPE).createSpec(),
                new DataColumnSpecCreator("Grade", StringCell.TYPE).createSpec(),
                new DataColumnSpecCreator("Number", DoubleCell.TYPE).createSpec(),
                new DataColumnSpecCreator("Time", DoubleCell.TYPE).createSpec(),
                new DataColumnSpecCreator("Event", IntCell.TYPE).createSpec());
        final List<DataRow> rows = new ArrayList<>();
        for (int s = 0; s < slides; s++) {
            rows.add(new DefaultRow(
                    "L" + s,
                    new StringCell(s == 0 ? first : "case-" + s + ".v1" + (s == 3 ? ".svs" : "")),
                    new StringCell(s % 2 == 1 ? "high|late" : s % 4 == 0 ? "No Finding" : "late"),
                    new DoubleCell(100 + 50 * (s % 2)),
                    new DoubleCell(s % 2 == 1 ? 1 + s : 20 + s),
                    new IntCell(s % 3 == 2 ? 0 : 1)));
        }
        return Tables.of(spec, rows);
    }

    private static final Map<String, Object> QUICK =
            Map.of("method", "MEAN", "hidden", 8, "folds", 3, "steps", 120, "learning_rate", 0.02);

    private PortObject[] learn(final Map<String, Object> settings, final PortObject... in) throws Exception {
        final Map<String, Object> all = new HashMap<>(QUICK);
        all.putAll(settings);
        return canvas.run(new MilLearnerNodeFactory(), all, in);
    }

    private String failure(final Map<String, Object> settings, final PortObject... in) {
        final Executable run = () -> learn(settings, in);
        return assertThrows(Exception.class, run).getMessage();
    }

    private static List<String> columns(final PortObject table) {
        return List.of(((BufferedDataTable) table).getDataTableSpec().getColumnNames());
    }

    private static double value(final DataRow row, final PortObject table, final String column) {
        final int index = ((BufferedDataTable) table).getDataTableSpec().findColumnIndex(column);
        return ((DoubleValue) row.getCell(index)).getDoubleValue();
    }

    @Test
    void labelsOfTilesAndFoldsOfAColumn() throws Exception {
        final BufferedDataTable tiles = tiles();
        final PortObject[] out = learn(Map.of("classes", "tumour, normal", "fold_column", "Part", "seeds", 2), tiles);
        assertEquals(
                List.of("Slide", "Patient", "Fold", "Truth", "Prediction", "P (tumour)", "P (normal)"),
                columns(out[1]));
        int right = 0;
        for (final DataRow row : (BufferedDataTable) out[1]) {
            final int slide = Integer.parseInt(row.getKey().getString().substring(5));
            assertEquals(slide / 2 % 3 + 1, value(row, out[1], "Fold"));
            right += row.getCell(3).equals(row.getCell(4)) ? 1 : 0;
        }
        assertTrue(right >= 10, right + " of 12 slides");
        assertEquals(6, ((BufferedDataTable) out[2]).size(), "a curve for each network");
        final PortObject[] predicted = canvas.run(new MilPredictorNodeFactory(), Map.of(), out[0], tiles);
        assertEquals(
                List.of("Slide", "Patient", "Tiles", "Prediction", "P (tumour)", "P (normal)"), columns(predicted[0]));
        assertEquals(SLIDES * TILES, ((BufferedDataTable) predicted[1]).size());
        double sum = 0;
        for (final DataRow row : (BufferedDataTable) predicted[1]) {
            sum += value(row, predicted[1], "Attention");
            assertEquals(value(row, predicted[1], "Attention"), value(row, predicted[1], "Region attention"));
        }
        assertEquals(SLIDES, sum, 1e-6);
    }

    @Test
    void labelsOfATable() throws Exception {
        final PortObject[] out = learn(
                Map.of("predicts", "LABELS", "label_column", "Grade"), tiles(), labels(SLIDES, "/far/case-0.v1.svs"));
        assertEquals(
                List.of("Slide", "Patient", "Fold", "Truth", "Prediction", "P (high)", "P (late)"), columns(out[1]));
        final PortObject[] scores =
                canvas.run(new ClassificationScorerNodeFactory(), Map.of("labels", "SEVERAL", "resamples", 0), out[1]);
        assertTrue(((BufferedDataTable) scores[0]).size() > 4);
    }

    @Test
    void aNumberOfATable() throws Exception {
        final PortObject[] out =
                learn(Map.of("predicts", "NUMBER", "label_column", "Number"), tiles(), labels(SLIDES, "case-0.v1"));
        assertEquals(List.of("Slide", "Patient", "Fold", "Truth", "Prediction"), columns(out[1]));
        for (final DataRow row : (BufferedDataTable) out[1]) {
            assertEquals(value(row, out[1], "Truth"), value(row, out[1], "Prediction"), 35);
        }
        final BufferedDataTable scores = (BufferedDataTable) canvas.run(
                        new ClassificationScorerNodeFactory(),
                        Map.of("labels", "NUMBERS", "part_column", "Fold"),
                        out[1])[0];
        final DataRow first = scores.iterator().next();
        assertEquals("R2", first.getCell(3).toString());
        assertTrue(value(first, scores, "Value") > 0.5, first.toString());
        assertEquals(5 * 5, scores.size(), "all, three folds and their mean");
    }

    @Test
    void survivalOfATableAndItsScore() throws Exception {
        final PortObject[] out = learn(
                Map.of("predicts", "SURVIVAL", "time_column", "Time", "event_column", "Event"),
                tiles(),
                labels(SLIDES, "case-0.v1"));
        assertEquals(List.of("Slide", "Patient", "Fold", "Time", "Event", "Risk"), columns(out[1]));
        final BufferedDataTable scores = (BufferedDataTable) canvas.run(
                        new ClassificationScorerNodeFactory(),
                        Map.of(
                                "labels", "SURVIVAL",
                                "time_column", "Time",
                                "event_column", "Event",
                                "score_column", "Risk",
                                "resamples", 0),
                        out[1])[0];
        final DataRow score = scores.iterator().next();
        assertTrue(value(score, scores, "Value") > 0.7, score.toString());
        final PortObject[] predicted = canvas.run(new MilPredictorNodeFactory(), Map.of(), out[0], tiles());
        assertEquals(List.of("Slide", "Patient", "Tiles", "Risk"), columns(predicted[0]));
    }

    /** The last number of an embedding tells the patient: of three of them it is high. */
    @Test
    void patientsAreBags() throws Exception {
        final BufferedDataTable tiles = tiles((slide, tile, column, cell) ->
                column.equals("Label") ? new StringCell(slide < SLIDES / 2 ? "low" : "high") : cell);
        final PortObject[] out = learn(Map.of("unit", "PATIENT"), tiles);
        assertEquals(List.of("Patient", "Fold", "Truth", "Prediction", "P (high)", "P (low)"), columns(out[1]));
        assertEquals(SLIDES / 2, ((BufferedDataTable) out[1]).size());
        final PortObject[] predicted = canvas.run(new MilPredictorNodeFactory(), Map.of(), out[0], tiles);
        assertEquals(List.of("Patient", "Tiles", "Prediction", "P (high)", "P (low)"), columns(predicted[0]));
        for (final DataRow row : (BufferedDataTable) predicted[0]) {
            assertEquals(2 * TILES, value(row, predicted[0], "Tiles"));
        }
        final String two = failure(Map.of("unit", "PATIENT"), tiles());
        assertTrue(two.contains("A patient has two labels, \"normal\" and \"tumour\""), two);
        assertTrue(two.contains("rows \"Row0_0\" and \"Row1_0\""), two);
    }

    @Test
    void featuresThatStayInTheirFilesGiveTheSameModel() throws Exception {
        final Path files = Files.createDirectories(folder.resolve("files"));
        for (int s = 0; s < SLIDES; s++) {
            final float[][] features = new float[5][3];
            final long[] x = new long[5];
            for (int t = 0; t < 5; t++) {
                x[t] = 64L * t;
                for (int k = 0; k < 3; k++) {
                    features[t][k] = (float) new SeededRandom(s, t, k).gaussian() + (k == 0 ? 2 * (s % 2) : 0);
                }
            }
            TridentFile.write(
                    files.resolve("case-" + s + ".v1.h5"),
                    new TridentFile.Tiles(
                            "case-" + s + ".v1", x, new long[5], 64, 64, 0.5, Optional.of("E"), Optional.empty()),
                    features);
        }
        final List<List<DataCell>> predictions = new ArrayList<>();
        for (final String storage : List.of("TABLE", "FILES")) {
            final PortObject tiles = canvas.run(
                            new FeatureReaderNodeFactory(), Map.of("folder", files.toString(), "storage", storage))[0];
            final Map<String, Object> settings =
                    Map.of("label_column", "Number", "bag_tiles", 3, "checkpoints/checkpoint_folder", "");
            final PortObject[] out = learn(settings, tiles, labels(SLIDES, "case-0.v1"));
            final List<DataCell> cells = new ArrayList<>();
            ((BufferedDataTable) out[1]).forEach(row -> cells.add(row.getCell(6)));
            final PortObject predicted = canvas.run(new MilPredictorNodeFactory(), Map.of(), out[0], tiles)[0];
            ((BufferedDataTable) predicted).forEach(row -> cells.add(row.getCell(5)));
            predictions.add(cells);
        }
        assertEquals(predictions.get(0), predictions.get(1));
        final PortObject tiles =
                canvas.run(new FeatureReaderNodeFactory(), Map.of("folder", files.toString(), "storage", "FILES"))[0];
        TridentFile.write(
                files.resolve("case-2.v1.h5"),
                new TridentFile.Tiles(
                        "case-2.v1", new long[3], new long[3], 64, 64, 0.5, Optional.of("E"), Optional.empty()),
                new float[3][3]);
        final String fewer = failure(Map.of("label_column", "Number"), tiles, labels(SLIDES, "case-0.v1"));
        assertTrue(fewer.contains("has 3 rows, not row 3") && fewer.contains("case-2.v1.h5"), fewer);
        TridentFile.write(
                files.resolve("case-2.v1.h5"),
                new TridentFile.Tiles(
                        "case-2.v1", new long[5], new long[5], 64, 64, 0.5, Optional.of("F"), Optional.empty()),
                new float[5][3]);
        final String other = failure(Map.of("label_column", "Number"), tiles, labels(SLIDES, "case-0.v1"));
        assertTrue(other.contains("made by \"F\"") && other.contains("by \"E\""), other);
    }

    private static StringCell text(final String value) {
        return new StringCell(value);
    }

    @Test
    void whatIsWrongIsNamedWithItsRow() {
        final String twice = failure(
                Map.of(),
                tiles((s, t, column, cell) -> s == 3 && t == 2 && column.equals("Y") ? new IntCell(0) : cell));
        assertTrue(twice.contains("Two tiles lie at one place, x 100, y 0"), twice);
        assertTrue(twice.contains("case-3.v1.svs, rows 13 and 15"), twice);
        final String nowhere = failure(
                Map.of(),
                tiles((s, t, column, cell) ->
                        s == 3 && t == 2 && column.equals("X") ? DataType.getMissingCell() : cell));
        assertTrue(nowhere.contains("column \"X\" is missing") && nowhere.contains("Row3_2"), nowhere);
        final String nan = failure(
                Map.of(),
                tiles((s, t, column, cell) -> s == 3 && t == 2 && column.equals("Embedding")
                        ? EmbeddingColumn.cell(new float[] {1, Float.NaN, 2})
                        : cell));
        assertTrue(nan.contains("Row3_2") && nan.contains("is not a number"), nan);
        final String width = failure(
                Map.of(),
                tiles((s, t, column, cell) ->
                        s == 3 && column.equals("Embedding") ? EmbeddingColumn.cell(new float[4]) : cell));
        assertTrue(width.contains("4 numbers") && width.contains("Row3_0"), width);
        final String sizes = failure(
                Map.of(), tiles((s, t, column, cell) -> s == 3 && column.equals("Width") ? new IntCell(32) : cell));
        assertTrue(sizes.contains("32 pixels at 0.5") && sizes.contains("Row3_0"), sizes);
        final String inside = failure(
                Map.of(),
                tiles((s, t, column, cell) -> s == 3 && t == 1 && column.equals("Width") ? new IntCell(32) : cell));
        assertTrue(inside.contains("tiles of a slide are of two sizes") && inside.contains("Row3_1"), inside);
        final String resolutions = failure(
                Map.of(), tiles((s, t, column, cell) -> s == 3 && column.equals("mpp") ? new DoubleCell(0.25) : cell));
        assertTrue(resolutions.contains("at 0.25") && resolutions.contains("Row3_0"), resolutions);
        final String patients = failure(
                Map.of(), tiles((s, t, column, cell) -> s == 3 && t == 1 && column.equals("Group") ? text("x") : cell));
        assertTrue(patients.contains("of two patients, \"patient-1\" and \"x\""), patients);
        final String labels = failure(
                Map.of(), tiles((s, t, column, cell) -> s == 3 && t == 1 && column.equals("Label") ? text("x") : cell));
        assertTrue(labels.contains("A slide has two labels, \"tumour\" and \"x\""), labels);
        final String missing = failure(
                Map.of(),
                tiles((s, t, column, cell) -> s == 3 && column.equals("Label") ? DataType.getMissingCell() : cell));
        assertTrue(missing.contains("The label is missing") && missing.contains("Row3_0"), missing);
        final String one =
                failure(Map.of(), tiles((s, t, column, cell) -> column.equals("Label") ? text("normal") : cell));
        assertTrue(one.contains("All 12 slides are of one class, [normal]"), one);
        final String folds = failure(
                Map.of("fold_column", "Part"),
                tiles((s, t, column, cell) -> s == 3 && column.equals("Part") ? text("part-0") : cell));
        assertTrue(folds.contains("The patient \"patient-1\" is in two folds, \"part-1\" and \"part-0\""), folds);
        final String positives = failure(Map.of("fold_column", "Part"), tiles((s, t, column, cell) -> switch (column) {
            case "Part" -> text(s / 2 == 0 ? "a" : "b");
            case "Label" -> s == 1 ? text("normal") : cell;
            default -> cell;
        }));
        assertTrue(positives.contains("The fold \"a\" has no slide of the class tumour"), positives);
        final String order = failure(Map.of("classes", "tumour, benign"), tiles());
        assertTrue(order.contains("[normal, tumour]") && order.contains("setting \"Classes\""), order);
    }

    @Test
    void labelsAndSlidesThatDoNotMeetAreNamed() throws Exception {
        final String without = failure(Map.of("label_column", "Grade"), tiles(), labels(10, "case-x"));
        assertTrue(without.contains("3 slides have no label: /slides/case-0.v1.svs"), without);
        final String twice = failure(Map.of("label_column", "Grade"), tiles(), labels(SLIDES, "case-1.v1"));
        assertTrue(twice.contains("A slide has two labels") || twice.contains("have no label"), twice);
        final String column = failure(Map.of("label_column", "Stage"), tiles(), labels(SLIDES, "case-0.v1"));
        assertTrue(column.contains("port \"Labels\" has no column \"Stage\""), column);
        final String event = failure(
                Map.of("predicts", "SURVIVAL", "time_column", "Time", "event_column", "Grade"),
                tiles(),
                labels(SLIDES, "case-0.v1"));
        assertTrue(event.contains("neither yes nor no") && event.contains("row \"L0\""), event);
        final String number =
                failure(Map.of("predicts", "NUMBER", "label_column", "Grade"), tiles(), labels(SLIDES, "case-0.v1"));
        assertTrue(number.contains("holds no numbers"), number);
    }

    private static final Map<String, Object> COMPARED =
            Map.of("folds", 3, "repetitions", 2, "hidden", 8, "steps", 60, "learning_rate", 0.02);

    @Test
    void methodsAreComparedOnTheSameFolds() throws Exception {
        final Map<String, Object> settings = new HashMap<>(COMPARED);
        settings.putAll(Map.of("methods/regional", false, "methods/clam_sb", false, "methods/max", false));
        final PortObject[] out = canvas.run(new MilComparisonNodeFactory(), settings, tiles());
        final BufferedDataTable said = (BufferedDataTable) out[0];
        assertEquals(2 * 2 * SLIDES, said.size(), "two methods, twice");
        assertEquals(
                List.of(
                        "Method",
                        "Repetition",
                        "Slide",
                        "Patient",
                        "Fold",
                        "Truth",
                        "Prediction",
                        "P (normal)",
                        "P (tumour)"),
                columns(said));
        final BufferedDataTable methods = (BufferedDataTable) out[1];
        final List<String> names = new ArrayList<>();
        for (final DataRow row : methods) {
            names.add(row.getKey().getString());
            assertTrue(value(row, methods, "AUROC") > 0.9, row.toString());
        }
        assertEquals(List.of("Gated ABMIL", "Mean"), names);
        assertEquals(1, ((BufferedDataTable) out[2]).size());
        final PortObject[] scores = canvas.run(
                new ClassificationScorerNodeFactory(), Map.of("part_column", "Method", "resamples", 0), said);
        assertTrue(((BufferedDataTable) scores[0]).size() > 4);
    }

    @Test
    void aSlideOfTwoClassesIsNamedWhereMethodsAreCompared() {
        final BufferedDataTable mixed = tiles((slide, tile, column, cell) ->
                slide == 2 && tile == 1 && column.equals("Label") ? new StringCell("tumour") : cell);
        final String message = assertThrows(
                        Exception.class, () -> canvas.run(new MilComparisonNodeFactory(), COMPARED, mixed))
                .getMessage();
        assertTrue(message.contains("Row2_1") && message.contains("case-2"), message);
    }
}
