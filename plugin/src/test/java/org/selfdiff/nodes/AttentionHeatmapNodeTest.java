package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.nodes.bags.heatmap.AttentionHeatmapNodeFactory;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.BagTable;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;

/** Heatmaps of tiles that the Tiler cut, as rows of tables. */
class AttentionHeatmapNodeTest {
    @TempDir
    Path folder;

    private Canvas canvas;

    private BufferedDataTable tiles;

    @BeforeEach
    void cut() throws Exception {
        canvas = new Canvas(folder);
        final PortObject pictures =
                canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 2, "size", 128))[0];
        tiles = (BufferedDataTable) canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        pictures)[0];
    }

    /** Attention that grows from row to row, with one cell changed. */
    private BufferedDataTable attended(final int row, final DataCell cell) {
        final AddedColumns columns =
                AddedColumns.to(tiles.getDataTableSpec()).add(BagTable.column("Attention", DoubleCell.TYPE));
        final List<DataRow> rows = new ArrayList<>();
        for (final DataRow r : tiles) {
            final DataRow mine =
                    new DefaultRow("mine " + rows.size(), r.stream().toArray(DataCell[]::new));
            rows.add(columns.row(mine, List.of(rows.size() == row ? cell : new DoubleCell(rows.size() / 1000.0))));
        }
        return Tables.of(columns.spec(), rows);
    }

    private static String text(final BufferedDataTable table, final DataRow row, final String column) {
        final DataTableSpec spec = table.getDataTableSpec();
        return ((StringValue) row.getCell(spec.findColumnIndex(column))).getStringValue();
    }

    @Test
    void aRowForEachSlideAndOneForEachTileShown() throws Exception {
        final BufferedDataTable input = attended(-1, null);
        final PortObject[] out = canvas.run(
                new AttentionHeatmapNodeFactory(), Map.of("tiles_shown", 3, "outlined_classes", "Tumor"), input);
        final BufferedDataTable slides = (BufferedDataTable) out[0];
        assertEquals(2, slides.size());
        for (final DataRow row : slides) {
            for (final String file : List.of("Heatmap file", "Most attended file", "Least attended file", "GeoJSON")) {
                final String name = text(slides, row, file);
                assertTrue(name.startsWith("knime://knime.workflow/data/heatmaps/"), name);
                assertTrue(Files.size(folder.resolve(name.substring("knime://knime.workflow/".length()))) > 500);
            }
            final int heatmap = slides.getDataTableSpec().findColumnIndex("Heatmap");
            assertTrue(((PNGImageValue) row.getCell(heatmap)).getImageContent().getByteArray().length > 2000);
        }
        final BufferedDataTable shown = (BufferedDataTable) out[1];
        assertEquals(12, shown.size());
        final List<String> keys = new ArrayList<>();
        for (final DataRow row : shown) {
            keys.add(row.getKey().getString());
        }
        final long last = input.size() - 1;
        assertEquals(
                List.of("mine " + last, "mine " + (last - 1), "mine " + (last - 2)),
                keys.subList(6, 9),
                "the most attended of the second slide");
        assertEquals(
                List.of("mine 0", "mine 1", "mine 2"), keys.subList(3, 6), "the least attended of the first slide");
        assertEquals(
                List.of("Attention", "End", "Place", "Scaled attention", "Picture"),
                List.of(shown.getDataTableSpec().getColumnNames())
                        .subList(
                                input.getDataTableSpec().getNumColumns() - 1,
                                shown.getDataTableSpec().getNumColumns()));
    }

    @Test
    void aTileWithoutAttentionIsNamed() {
        for (final DataCell bad : List.of(DataType.getMissingCell(), new DoubleCell(Double.NaN))) {
            final KNIMEException failure = assertThrows(
                    KNIMEException.class,
                    () -> canvas.run(new AttentionHeatmapNodeFactory(), Map.of(), attended(1, bad)));
            assertTrue(failure.getMessage().contains("\"mine 1\""), failure.getMessage());
        }
    }

    @Test
    void tablesWithoutAttentionOrPlacesAreRefused() {
        assertThrows(
                InvalidSettingsException.class, () -> canvas.run(new AttentionHeatmapNodeFactory(), Map.of(), tiles));
        final DataTableSpec only = new DataTableSpec(BagTable.column("Attention", DoubleCell.TYPE));
        final InvalidSettingsException failure = assertThrows(
                InvalidSettingsException.class,
                () -> canvas.run(new AttentionHeatmapNodeFactory(), Map.of(), Tables.of(only, List.of())));
        assertTrue(failure.getMessage().contains("\"X\" is missing"), failure.getMessage());
        assertThrows(
                InvalidSettingsException.class,
                () -> canvas.run(
                        new AttentionHeatmapNodeFactory(), Map.of("attention_column", "Image"), attended(-1, null)));
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        for (final Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("strength", 1.5),
                Map.of("tiles_shown", 101),
                Map.of("longest_side", 4),
                Map.of("lower_percentile", 99.5))) {
            assertThrows(
                    InvalidSettingsException.class, () -> canvas.node(new AttentionHeatmapNodeFactory(), bad, null));
        }
    }
}
