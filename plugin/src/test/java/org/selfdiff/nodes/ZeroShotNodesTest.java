package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.RowKey;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.nodes.diffusion.pretrainer.DiffusionPretrainerNodeFactory;
import org.selfdiff.nodes.segmentation.scorer.SegmentationScorerNodeFactory;
import org.selfdiff.nodes.segmentation.zeroshot.ZeroShotSegmenterNodeFactory;
import org.selfdiff.nodes.slides.chestphantom.ChestPhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;

/** From tiles and a diffusion model to segments, classes and scores. */
@NeedsTorch.Engine
class ZeroShotNodesTest {
    private static final Map<String, Object> CLASSES =
            Map.of("class_names", "background, lung", "timestep", 100, "segments", 6);

    @TempDir
    Path folder;

    private Canvas canvas;

    private BufferedDataTable tiles;

    @BeforeEach
    void cut() throws Exception {
        canvas = new Canvas(folder);
        final PortObject pictures = canvas.run(new ChestPhantomNodeFactory(), Map.of("pictures", 3, "size", 32))[0];
        tiles = (BufferedDataTable) canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        pictures)[0];
    }

    private PortObject model(final String attention) throws Exception {
        return canvas.run(
                        new DiffusionPretrainerNodeFactory(),
                        Map.of(
                                "network/base_width",
                                8,
                                "network/channel_multipliers",
                                "1, 2",
                                "network/attention",
                                attention,
                                "training/steps",
                                2,
                                "training/batch_size",
                                2,
                                "samples",
                                0,
                                "checkpoints/checkpoint_folder",
                                ""),
                        tiles)[0];
    }

    private static List<String> keys(final BufferedDataTable table) {
        final List<String> keys = new ArrayList<>();
        table.forEach(row -> keys.add(row.getKey().getString()));
        return keys;
    }

    private BufferedDataTable run(final Map<String, Object> settings, final PortObject... in) throws Exception {
        return (BufferedDataTable) canvas.run(new ZeroShotSegmenterNodeFactory(), settings, in)[0];
    }

    @Test
    void segmentsAreNamedByTilesByPointsOrNotAtAllAndScored() throws Exception {
        final PortObject model = model("COARSEST");
        final BufferedDataTable numbered = run(CLASSES, model, tiles, null);
        assertEquals(keys(tiles), keys(numbered));
        assertTrue(numbered.getDataTableSpec().containsName("Segments"));
        assertFalse(numbered.getDataTableSpec().containsName("Prediction"));
        final DataTableSpec spec = tiles.getDataTableSpec();
        final DataRow first = tiles.iterator().next();
        final BufferedDataTable byTiles = run(CLASSES, model, tiles, Tables.of(spec, List.of(first)));
        assertEquals(keys(tiles), keys(byTiles));
        final BufferedDataTable scores =
                (BufferedDataTable) canvas.run(new SegmentationScorerNodeFactory(), Map.of(), byTiles)[0];
        assertEquals(List.of("Class 0", "Class 1", "Mean"), keys(scores));
        final DataTableSpec points = new DataTableSpec(
                new DataColumnSpecCreator("Image", StringCell.TYPE).createSpec(),
                new DataColumnSpecCreator("X", DoubleCell.TYPE).createSpec(),
                new DataColumnSpecCreator("Y", DoubleCell.TYPE).createSpec(),
                new DataColumnSpecCreator("Class", StringCell.TYPE).createSpec());
        final DataCell image = first.getCell(spec.findColumnIndex("Image"));
        final BufferedDataTable byPoints = run(
                CLASSES,
                model,
                tiles,
                Tables.of(points, List.of(point(image, 8, "lung"), point(image, 1, "background"))));
        assertEquals(byTiles.getDataTableSpec(), byPoints.getDataTableSpec());
        final Exception unknown = assertThrows(
                Exception.class,
                () -> run(CLASSES, model, tiles, Tables.of(points, List.of(point(image, 8, "heart")))));
        assertTrue(unknown.getMessage().contains("\"heart\""), unknown.getMessage());
        final Exception outside = assertThrows(
                Exception.class,
                () -> run(CLASSES, model, tiles, Tables.of(points, List.of(point(image, 99, "lung")))));
        assertTrue(outside.getMessage().contains("none of the tiles"), outside.getMessage());
    }

    private static DataRow point(final DataCell image, final double at, final String name) {
        return new DefaultRow(
                new RowKey(name + at), image, new DoubleCell(at), new DoubleCell(at), new StringCell(name));
    }

    /** By its own mask a tile without one has no prediction, and says so by a missing cell. */
    @Test
    void ownMasksNameSegmentsWhereThereAreAny() throws Exception {
        final DataTableSpec spec = tiles.getDataTableSpec();
        final List<DataRow> rows = new ArrayList<>();
        for (final DataRow row : tiles) {
            final DataCell[] cells = row.stream().toArray(DataCell[]::new);
            if (rows.isEmpty()) {
                cells[spec.findColumnIndex("Mask")] = DataType.getMissingCell();
            }
            rows.add(new DefaultRow(row.getKey(), cells));
        }
        final BufferedDataTable named = run(
                Map.of("class_names", "background, lung", "unlabelled", "OWN_MASK"),
                model("COARSEST"),
                Tables.of(spec, rows),
                null);
        final int prediction = named.getDataTableSpec().findColumnIndex("Prediction");
        final List<Boolean> missing = new ArrayList<>();
        named.forEach(row -> missing.add(row.getCell(prediction).isMissing()));
        assertEquals(List.of(true, false, false), missing);
    }

    @Test
    void aNetworkWithoutAttentionIsRefusedBeforeAnythingRuns() throws Exception {
        final PortObject blind = model("NONE");
        final InvalidSettingsException refused = assertThrows(
                InvalidSettingsException.class, () -> canvas.node(new ZeroShotSegmenterNodeFactory(), Map.of(), null)
                        .configure(new PortObjectSpec[] {blind.getSpec(), tiles.getDataTableSpec(), null}));
        assertTrue(refused.getMessage().contains("Coarsest level"), refused.getMessage());
    }
}
