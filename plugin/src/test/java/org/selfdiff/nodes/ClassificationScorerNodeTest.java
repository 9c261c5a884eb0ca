package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.MissingCell;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.nodes.classification.scorer.ClassificationScorerNodeFactory;

/** The Classification Scorer with tables as predictors write them, and with ones that it refuses. */
class ClassificationScorerNodeTest {
    private static final DataType D = DoubleCell.TYPE;

    @TempDir
    Path folder;

    private static DataCell cell(final Object value) {
        if (value instanceof String text) {
            return new StringCell(text);
        }
        if (value instanceof Integer number) {
            return new IntCell(number);
        }
        if (value instanceof Boolean flag) {
            return flag ? BooleanCell.TRUE : BooleanCell.FALSE;
        }
        return value == null ? new MissingCell(null) : new DoubleCell((Double) value);
    }

    private static BufferedDataTable table(final String[] names, final DataType[] types, final Object[]... rows) {
        final List<DataRow> all = new ArrayList<>();
        for (final Object[] row : rows) {
            final DataCell[] cells = new DataCell[row.length];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cell(row[i]);
            }
            all.add(new DefaultRow("case " + all.size(), cells));
        }
        return Tables.of(new DataTableSpec(names, types), all);
    }

    private static Object[] row(final Object... cells) {
        return cells;
    }

    private List<List<String>> scores(final Map<String, Object> settings, final BufferedDataTable table)
            throws Exception {
        final PortObject[] out = new Canvas(folder).run(new ClassificationScorerNodeFactory(), settings, table);
        for (final DataRow chart : (BufferedDataTable) out[2]) {
            assertTrue(chart.getCell(2) instanceof PNGImageValue);
        }
        final List<List<String>> lines = new ArrayList<>();
        for (final DataRow row : (BufferedDataTable) out[0]) {
            final List<String> line = new ArrayList<>();
            for (final DataCell cell : row) {
                line.add(cell.isMissing() ? "" : cell.toString());
            }
            lines.add(line);
        }
        return lines;
    }

    private static double value(
            final List<List<String>> scores, final String model, final String label, final String name) {
        return scores.stream()
                .filter(s -> s.get(0).equals(model)
                        && s.get(2).equals(label)
                        && s.get(3).equals(name))
                .mapToDouble(s -> Double.parseDouble(s.get(4)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(model + " " + label + " " + name + " in " + scores));
    }

    private static final String[] THREE = {"Note", "Class", "P (a)", "P (b)", "P (c)"};

    private static final DataType[] THREE_TYPES = {StringCell.TYPE, StringCell.TYPE, D, D, D};

    private static BufferedDataTable three() {
        return table(
                THREE,
                THREE_TYPES,
                row("n", "a", 0.7, 0.2, 0.1),
                row("n", "b", 0.5, 0.4, 0.1),
                row("n", "c", 0.1, 0.2, 0.7),
                row("n", "a", 0.6, 0.3, 0.1),
                row("n", "b", 0.2, 0.6, 0.2),
                row("n", "c", 0.2, 0.1, 0.7));
    }

    @Test
    void columnsAreFoundByTheirNames() throws Exception {
        final List<List<String>> scores = scores(Map.of(), three());
        assertEquals(5.0 / 6, value(scores, "Model", "all classes", "Accuracy"), 1e-12);
        assertEquals(1, value(scores, "Model", "c", "AUROC"));
        assertEquals(7.0 / 8, value(scores, "Model", "b", "AUROC"), 0.13);
    }

    @Test
    void namesOfKnimesPredictorsAndASecondModel() throws Exception {
        final BufferedDataTable table = table(
                new String[] {"Truth", "P (Truth=0)", "P (Truth=1)", "P (Truth=0) (#1)", "P (Truth=1) (#1)", "Fold"},
                new DataType[] {IntCell.TYPE, D, D, D, D, IntCell.TYPE},
                row(0, 0.9, 0.1, 0.4, 0.6, 1),
                row(1, 0.2, 0.8, 0.5, 0.5, 1),
                row(0, 0.7, 0.3, 0.8, 0.2, 2),
                row(1, 0.6, 0.4, 0.1, 0.9, 2));
        final List<List<String>> scores = scores(
                Map.of("second_suffix", " (#1)", "name", "One", "second_name", "Two", "part_column", "Fold"), table);
        assertEquals(1, value(scores, "One", "1", "AUROC"));
        assertEquals(0.75, value(scores, "Two", "1", "AUROC"));
        assertEquals(0.25, value(scores, "One - Two", "1", "AUROC"));
        assertTrue(scores.stream().anyMatch(s -> s.get(1).equals("2")));
        assertTrue(scores.stream().anyMatch(s -> s.get(1).equals("mean of parts")));
    }

    @Test
    void oneColumnOfScores() throws Exception {
        final BufferedDataTable table = table(
                new String[] {"Label", "Risk"},
                new DataType[] {StringCell.TYPE, D},
                row("ill", 12.0),
                row("well", -3.0),
                row("ill", 5.0),
                row("well", 5.0));
        final List<List<String>> scores =
                scores(Map.of("score_column", "Risk", "classes", "well, ill", "threshold", 5.0), table);
        assertEquals(0.875, value(scores, "Model", "ill", "AUROC"));
        assertEquals(1, value(scores, "Model", "ill", "Recall (sensitivity)"));
        assertEquals(0.5, value(scores, "Model", "ill", "Specificity"));
        assertTrue(scores.stream().noneMatch(s -> s.get(3).equals("Brier score")), "no probabilities");
    }

    @Test
    void severalLabelsAsTextAndAsColumns() throws Exception {
        final BufferedDataTable text = table(
                new String[] {"Labels", "P (x)", "P (y)"},
                new DataType[] {StringCell.TYPE, D, D},
                row("x|y", 0.9, 0.8),
                row("No Finding", 0.2, 0.1),
                row("y", 0.3, 0.7),
                row("x", 0.6, 0.2));
        final BufferedDataTable columns = table(
                new String[] {"x", "y", "P (x)", "P (y)"},
                new DataType[] {IntCell.TYPE, BooleanCell.TYPE, D, D},
                row(1, true, 0.9, 0.8),
                row(0, false, 0.2, 0.1),
                row(0, true, 0.3, 0.7),
                row(1, false, 0.6, 0.2));
        final List<List<String>> one = scores(Map.of("labels", "SEVERAL"), text);
        assertEquals(one, scores(Map.of("labels", "SEVERAL"), columns));
        assertEquals(1, value(one, "Model", "all classes", "All labels right"));
    }

    private void refused(final String expected, final Map<String, Object> settings, final BufferedDataTable table) {
        final KNIMEException e = assertThrows(KNIMEException.class, () -> scores(settings, table));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void rowsThatCannotBeScoredAreNamed() {
        refused(
                "row \"case 1\"",
                Map.of(),
                table(THREE, THREE_TYPES, row("n", "a", 0.7, 0.2, 0.1), row("n", null, 0.7, 0.2, 0.1)));
        refused(
                "row \"case 1\", column \"P (b)\"",
                Map.of(),
                table(THREE, THREE_TYPES, row("n", "a", 0.7, 0.2, 0.1), row("n", "a", 0.7, Double.NaN, 0.1)));
        refused(
                "\"d\" is none of [a, b, c]",
                Map.of(),
                table(THREE, THREE_TYPES, row("n", "a", 0.7, 0.2, 0.1), row("n", "d", 0.7, 0.2, 0.1)));
        refused("no cases", Map.of(), table(THREE, THREE_TYPES));
        refused(
                "row \"case 1\", column \"x\"",
                Map.of("labels", "SEVERAL"),
                table(
                        new String[] {"x", "P (x)"},
                        new DataType[] {StringCell.TYPE, D},
                        row("1", 0.5),
                        row("maybe", 0.2)));
    }

    private void notConfigured(
            final String expected, final Map<String, Object> settings, final BufferedDataTable table) {
        final InvalidSettingsException e = assertThrows(InvalidSettingsException.class, () -> scores(settings, table));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void settingsThatDoNotFitAreRefusedBeforeAnythingRuns() {
        notConfigured("no column called \"P (class)\"", Map.of(), table(new String[] {"Class"}, new DataType[] {
            StringCell.TYPE
        }));
        notConfigured(
                "Choose the column with the true class",
                Map.of(),
                table(new String[] {"P (a)", "P (b)"}, new DataType[] {D, D}));
        notConfigured("no column \"Gone\"", Map.of("truth_column", "Gone"), three());
        notConfigured("[a, b, c]", Map.of("classes", "a, b"), three());
        notConfigured("second model", Map.of("second_suffix", " (#1)"), three());
        notConfigured("Confidence", Map.of("confidence", 2.0), three());
        notConfigured("Separator", Map.of("label_separator", ""), three());
    }

    @Test
    void theNumbersOfTheTableAreNumbers() throws Exception {
        final PortObject[] out = new Canvas(folder).run(new ClassificationScorerNodeFactory(), Map.of(), three());
        long cases = 0;
        for (final DataRow row : (BufferedDataTable) out[1]) {
            cases += (long) ((DoubleValue) row.getCell(5)).getDoubleValue();
        }
        assertEquals(6, cases);
    }

    @Test
    void timesUntilAnEvent() throws Exception {
        final BufferedDataTable table = table(
                new String[] {"Months", "Died", "Risk", "Other"},
                new DataType[] {D, IntCell.TYPE, D, D},
                row(5.0, 1, 1.0, 0.0),
                row(5.0, 0, 0.5, 0.0),
                row(5.0, 1, 2.0, 0.0),
                row(8.0, 0, 0.1, 0.0),
                row(2.0, 1, 3.0, 0.0));
        final Map<String, Object> settings = Map.of(
                "labels",
                "SURVIVAL",
                "time_column",
                "Months",
                "event_column",
                "Died",
                "score_column",
                "Risk",
                "second_score_column",
                "Other");
        final List<List<String>> scores = scores(settings, table);
        assertEquals(1, value(scores, "Model", "event", "C-index"));
        assertEquals(0.5, value(scores, "Second model", "event", "C-index"));
        assertEquals(0.5, value(scores, "Model - Second model", "event", "C-index"));
        notConfigured(
                "\"Event\"", Map.of("labels", "SURVIVAL", "time_column", "Months", "score_column", "Risk"), table);
        final KNIMEException e = assertThrows(
                KNIMEException.class,
                () -> scores(
                        settings,
                        table(
                                new String[] {"Months", "Died", "Risk", "Other"},
                                new DataType[] {D, IntCell.TYPE, D, D},
                                row(5.0, 0, 1.0, 0.0),
                                row(6.0, 0, 1.0, 0.0))));
        assertTrue(e.getMessage().contains("can be compared"), e.getMessage());
    }
}
