package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nodes.segmentation.learner.SegmentationLearnerNodeFactory;
import org.selfdiff.nodes.segmentation.predictor.SegmentationPredictorNodeFactory;
import org.selfdiff.nodes.segmentation.scorer.SegmentationScorerNodeFactory;
import org.selfdiff.nodes.slides.partitioner.TilePartitionerNodeFactory;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.stages.segmentation.FineTuneSegmenter;

/** What nodes know of masks before they run: what their values mean, and whether there are any. */
class MaskNodesTest {
    private static final UNetSpec NETWORK =
            UNetSpec.of(3, 8, List.of(1, 2), 1, List.of(AttentionKind.NONE, AttentionKind.NONE));

    @TempDir
    Path folder;

    private Canvas canvas;

    private BufferedDataTable tiles;

    @BeforeEach
    void cut() throws Exception {
        canvas = new Canvas(folder);
        final PortObject pictures = canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 6, "size", 64))[0];
        tiles = (BufferedDataTable) canvas.run(
                        canvas.node(
                                new TilerNodeFactory(),
                                Map.of("grid/tile_size", 32),
                                Canvas.ports("Pictures", BufferedDataTable.class)),
                        () -> false,
                        pictures)[0];
    }

    private static ModelPortSpec model(final MaskCoding coding, final String... classes) {
        return new ModelPortSpec(FineTuneSegmenter.planned(NETWORK, List.of(classes), coding));
    }

    private PortObjectSpec predictions(
            final Map<String, Object> settings, final ModelPortSpec model, final DataTableSpec of) throws Exception {
        return canvas.node(new SegmentationPredictorNodeFactory(), settings, null)
                .configure(new PortObjectSpec[] {model, of})[0];
    }

    @Test
    void aMeaningThatContradictsTheModelIsRefusedBeforeAnythingRuns() throws Exception {
        final ModelPortSpec three = model(MaskCoding.labels(), "background", "Stroma", "Tumor");
        final InvalidSettingsException refused = assertThrows(
                InvalidSettingsException.class,
                () -> predictions(Map.of("mask_values", "FOREGROUND"), three, tiles.getDataTableSpec()));
        assertTrue(refused.getMessage().startsWith("There are 3 classes"), refused.getMessage());
        predictions(Map.of("mask_values", "LABELS"), three, tiles.getDataTableSpec());
        predictions(Map.of(), three, tiles.getDataTableSpec());
        assertThrows(
                InvalidSettingsException.class,
                () -> canvas.node(
                        new SegmentationLearnerNodeFactory(),
                        Map.of("mask_values", "COLOURS", "class_colours", "#000000, #ff0000, #00ff00"),
                        null));
    }

    @Test
    void theMeaningTravelsWithThePredictions() throws Exception {
        final MaskCoding colours = MaskCoding.colours("#000000, #ff0000, #00ff00");
        final DataTableSpec spec = (DataTableSpec)
                predictions(Map.of(), model(colours, "background", "Stroma", "Tumor"), tiles.getDataTableSpec());
        assertEquals(
                "COLOURS #000000, #ff0000, #00ff00",
                spec.getColumnSpec("Prediction").getProperties().getProperty("selfdiff.masks"));
    }

    /** The masks of two of six pictures are taken away; one group is held out after the other. */
    @Test
    void heldOutPicturesWithoutMasksAreSaidBeforeHoursAreSpent() throws Exception {
        final DataTableSpec spec = tiles.getDataTableSpec();
        final int mask = spec.findColumnIndex("Mask");
        final List<DataRow> rows = new ArrayList<>();
        for (final DataRow row : tiles) {
            final DataCell[] cells = row.stream().toArray(DataCell[]::new);
            if (rows.size() < 8) {
                cells[mask] = DataType.getMissingCell();
            }
            rows.add(new DefaultRow(row.getKey(), cells));
        }
        final NodeHost partitioner = canvas.node(
                new TilePartitionerNodeFactory(), Map.of("labelled_pictures", 1, "held_out_groups", 5), null);
        final PortObject[] parts = canvas.run(partitioner, () -> false, Tables.of(spec, rows));
        assertTrue(partitioner.warning().contains("held-out pictures have no mask"), partitioner.warning());
        final NodeHost scorer = canvas.node(new SegmentationScorerNodeFactory(), Map.of(), null);
        scorer.configure(new PortObjectSpec[] {
            predictions(
                    Map.of(),
                    model(MaskCoding.foreground(), "background", "nucleus"),
                    ((BufferedDataTable) parts[2]).getDataTableSpec())
        });
        assertEquals(partitioner.warning(), scorer.warning());
        final NodeHost silent = canvas.node(new TilePartitionerNodeFactory(), Map.of("labelled_pictures", 1), null);
        canvas.run(silent, () -> false, tiles);
        assertEquals("", silent.warning() == null ? "" : silent.warning());
    }

    @Test
    void noPicturesGiveNoTiles() throws Exception {
        final PortObject pictures = canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 1, "size", 64))[0];
        final NodeHost tiler =
                canvas.node(new TilerNodeFactory(), Map.of(), Canvas.ports("Pictures", BufferedDataTable.class));
        final PortObject[] nothing =
                canvas.run(tiler, () -> false, Tables.of(((BufferedDataTable) pictures).getDataTableSpec(), List.of()));
        assertEquals(0, ((BufferedDataTable) nothing[0]).size());
        assertEquals(0, ((BufferedDataTable) nothing[1]).size());
        assertTrue(tiler.warning().startsWith("There are no pictures"), tiler.warning());
    }

    @Test
    void noPredictionsGiveNoScores() throws Exception {
        final DataTableSpec spec = (DataTableSpec) predictions(
                Map.of(), model(MaskCoding.foreground(), "background", "nucleus"), tiles.getDataTableSpec());
        for (final PortObject scores :
                canvas.run(new SegmentationScorerNodeFactory(), Map.of(), Tables.of(spec, List.of()))) {
            assertEquals(0, ((BufferedDataTable) scores).size());
        }
    }
}
