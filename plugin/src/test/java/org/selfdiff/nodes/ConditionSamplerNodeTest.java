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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.MissingCell;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.ListDataValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.diffusion.conditions.ConditionSamplerNodeFactory;

/** The Condition Sampler on a table with labels, in every strategy, and what it refuses. */
class ConditionSamplerNodeTest {
    private static final EncodedBy DINO = new EncodedBy("DINO", "0123456789abcdef", 3);

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

    private static BufferedDataTable table(final List<DataCell> vectors) {
        final List<DataRow> rows = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            rows.add(new DefaultRow("tile " + i, new StringCell(i % 2 == 0 ? "lung" : "heart"), vectors.get(i)));
        }
        return Tables.of(
                new DataTableSpec(
                        new DataColumnSpecCreator("Class", StringCell.TYPE).createSpec(),
                        EmbeddingColumn.spec("Embedding", DINO)),
                rows);
    }

    /** Lungs around (0, 0, 1), hearts around (4, 0, 1). */
    private static BufferedDataTable twelve() {
        final List<DataCell> vectors = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            vectors.add(list(i % 2 * 4 + 0.1 * Math.sin(i), 0.1 * Math.cos(3 * i), 1 + 0.1 * Math.sin(7 * i)));
        }
        return table(vectors);
    }

    private static Map<String, Object> settings(final Object... pairs) {
        final Map<String, Object> settings = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put((String) pairs[i], pairs[i + 1]);
        }
        return settings;
    }

    private List<DataRow> run(final BufferedDataTable in, final Map<String, Object> settings) throws Exception {
        final PortObject[] out = canvas.run(new ConditionSamplerNodeFactory(), settings, in);
        final List<DataRow> rows = new ArrayList<>();
        ((BufferedDataTable) out[0]).forEach(rows::add);
        return rows;
    }

    private static double number(final DataRow row, final int column, final int index) {
        return ((DoubleCell) ((ListDataValue) row.getCell(column)).get(index)).getDoubleValue();
    }

    @ParameterizedTest
    @CsvSource({
        "RECONSTRUCTION, 24, 1",
        "INTERPOLATION, 24, 2",
        "JITTER, 24, 1",
        "CENTROID, 4, 0",
        "DENSITY, 24, 0",
    })
    void everyStrategyMakesMarkedVectors(final String strategy, final int count, final int sources) throws Exception {
        final Map<String, Object> settings =
                settings("strategy", strategy, "labelled", true, "labels", "Class", "number", 2);
        final PortObject[] out = canvas.run(new ConditionSamplerNodeFactory(), settings, twelve());
        final DataTableSpec spec = ((BufferedDataTable) out[0]).getDataTableSpec();
        assertEquals(
                List.of("Embedding", "Sources", "Weights", "Label", "Strategy"), Arrays.asList(spec.getColumnNames()));
        assertEquals(DINO, EmbeddingColumn.encodedBy(spec.getColumnSpec(0)).orElseThrow());
        int i = 0;
        for (final DataRow row : (BufferedDataTable) out[0]) {
            assertEquals("Condition" + i, row.getKey().getString());
            assertEquals(3, ((ListDataValue) row.getCell(0)).size());
            assertEquals(sources == 0, row.getCell(1).isMissing());
            assertEquals(sources == 0, row.getCell(2).isMissing());
            if (sources > 0) {
                final ListDataValue names = (ListDataValue) row.getCell(1);
                assertEquals(sources, names.size());
                assertEquals(new StringCell("tile " + i / 2), names.get(0));
            }
            if (!strategy.equals("INTERPOLATION")) {
                final boolean lung = number(row, 0, 0) < 2;
                assertEquals(new StringCell(lung ? "lung" : "heart"), row.getCell(3));
            }
            i++;
        }
        assertEquals(count, i);
    }

    /** A condition is the same, however many others there are. */
    @Test
    void aConditionDoesNotDependOnTheNumberOfOthers() throws Exception {
        final List<DataRow> few = run(twelve(), settings("strategy", "JITTER", "number", 1));
        final List<DataRow> many = run(twelve(), settings("strategy", "JITTER", "number", 5));
        for (int i = 0; i < 12; i++) {
            assertEquals(few.get(i).getCell(0), many.get(5 * i).getCell(0));
        }
    }

    @Test
    void aNumberInAllIsTakenFromAllSources() throws Exception {
        assertEquals(7, run(twelve(), settings("count", "TOTAL", "number", 7)).size());
        assertEquals(30, run(twelve(), settings("count", "TOTAL", "number", 30)).size());
    }

    @Test
    void whereSourcesDisagreeTheLabelIsMissing() throws Exception {
        final Map<String, Object> settings = settings(
                "strategy", "INTERPOLATION", "labelled", true, "labels", "Class", "interpolation/partner", "RANDOM");
        int missing = 0;
        for (final DataRow row : run(twelve(), settings)) {
            final boolean same = number(row, 0, 0) < 0.5 || number(row, 0, 0) > 3.5;
            assertEquals(!same, row.getCell(3).isMissing());
            missing += same ? 0 : 1;
        }
        assertTrue(missing > 1, missing + " labels are missing");
    }

    @Test
    void rowsThatDoNotDoAreNamed() {
        final Map<String, List<DataCell>> wrong = Map.of(
                "not a number", List.of(list(1, 2, 3), list(1, Double.NaN, 3)),
                "empty", List.of(list(1, 2, 3), list()),
                "has 2 numbers", List.of(list(1, 2, 3), list(1, 2)),
                "no vector", List.of(list(1, 2, 3), new MissingCell(null)));
        wrong.forEach((what, vectors) -> {
            final Exception failed = assertThrows(Exception.class, () -> run(table(vectors), settings()));
            assertTrue(failed.getMessage().contains(what), failed.getMessage());
            assertTrue(failed.getMessage().contains("tile 1"), failed.getMessage());
        });
    }

    @Test
    void settingsThatDoNotFitAreRefused() {
        final Map<Map<String, Object>, String> wrong = Map.of(
                settings("embeddings", "Nothing"), "Nothing",
                settings("labelled", true, "labels", "Embedding"), "Embedding",
                settings("strategy", "INTERPOLATION", "interpolation/partner", "SAME_LABEL"), "labels",
                settings("interpolation/most_weight", 0.1), "Most weight",
                settings("number", 0), "\"number\"");
        wrong.forEach((settings, word) -> {
            final InvalidSettingsException refused =
                    assertThrows(InvalidSettingsException.class, () -> run(twelve(), settings));
            assertTrue(refused.getMessage().contains(word), refused.getMessage());
        });
    }
}
