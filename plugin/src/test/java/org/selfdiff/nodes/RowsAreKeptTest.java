package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.segmentation.learner.SegmentationLearnerNodeFactory;
import org.selfdiff.nodes.segmentation.predictor.SegmentationPredictorNodeFactory;
import org.selfdiff.nodes.segmentation.scorer.SegmentationScorerNodeFactory;
import org.selfdiff.nodes.slides.exporter.TileExporterNodeFactory;
import org.selfdiff.nodes.slides.partitioner.TilePartitionerNodeFactory;
import org.selfdiff.nodes.slides.phantom.HistologyPhantomNodeFactory;
import org.selfdiff.nodes.slides.slidephantom.SlidePhantomNodeFactory;
import org.selfdiff.nodes.slides.stain.StainNormalizerNodeFactory;
import org.selfdiff.nodes.slides.tiler.TilerNodeFactory;
import org.selfdiff.ports.ModelPortObject;

/**
 * Row IDs and all columns of the user's own, of any type and with missing cells, come out of every node that keeps, drops
 * or extends rows, wherever the columns stand.
 */
@NeedsTorch.Engine
class RowsAreKeptTest {
    private static final EncodedBy ENCODER = new EncodedBy("an encoder", "cafe", 2);

    @TempDir
    Path folder;

    private Canvas canvas;

    /** The user's own columns, some with names that nodes would like to use. */
    private static final List<DataColumnSpec> OWN = List.of(
            column("Patient", StringCell.TYPE),
            column("Age", DoubleCell.TYPE),
            EmbeddingColumn.spec("Embedding", ENCODER),
            column("Smoker", BooleanCell.TYPE),
            column("Thumbnail", PNGImageContent.TYPE),
            column("File", IntCell.TYPE),
            column("Picture", StringCell.TYPE),
            column("Prediction", StringCell.TYPE),
            column("Overlay", PNGImageContent.TYPE));

    private static DataColumnSpec column(final String name, final DataType type) {
        return new DataColumnSpecCreator(name, type).createSpec();
    }

    /** Cells of the user's own, each missing in some rows. */
    private static List<DataCell> own(final int row) {
        final DataCell picture = new PNGImageContent().toImageCell();
        final List<DataCell> cells = new ArrayList<>(List.of(
                new StringCell("patient " + row),
                new DoubleCell(row / 3.0),
                EmbeddingColumn.cell(new float[] {row, -row / 7f}),
                row % 2 == 0 ? BooleanCell.TRUE : BooleanCell.FALSE,
                picture,
                new IntCell(row),
                new StringCell("p" + row),
                new StringCell("mine"),
                picture));
        cells.set(row % cells.size(), DataType.getMissingCell());
        return cells;
    }

    /** The rows with the user's own columns in front of and among the others, and with row IDs of his own. */
    private static BufferedDataTable withOwn(final BufferedDataTable table, final List<String> without) {
        final List<DataColumnSpec> columns = new ArrayList<>();
        final List<Integer> from = new ArrayList<>();
        final DataTableSpec spec = table.getDataTableSpec();
        for (int i = spec.getNumColumns() - 1; i >= 0; i--) {
            if (!without.contains(spec.getColumnSpec(i).getName())) {
                columns.add(spec.getColumnSpec(i));
                from.add(i);
            }
        }
        for (int i = 0; i < OWN.size(); i++) {
            columns.add(Math.min(2 * i, columns.size()), OWN.get(i));
            from.add(Math.min(2 * i, from.size()), -1 - i);
        }
        final List<DataRow> rows = new ArrayList<>();
        for (final DataRow row : table) {
            final List<DataCell> own = own(rows.size());
            rows.add(new DefaultRow(
                    "my row " + (1000 - rows.size()),
                    from.stream()
                            .map(i -> i < 0 ? own.get(-1 - i) : row.getCell(i))
                            .toList()));
        }
        return Tables.of(new DataTableSpec(columns.toArray(DataColumnSpec[]::new)), rows);
    }

    /** Every row that came out is one that went in, in its order, with the cells of all columns but the changed ones. */
    private static void kept(final BufferedDataTable in, final PortObject result, final String... changed) {
        final BufferedDataTable out = (BufferedDataTable) result;
        final DataTableSpec before = in.getDataTableSpec();
        final DataTableSpec after = out.getDataTableSpec();
        final Map<String, DataRow> rows = new LinkedHashMap<>();
        in.forEach(row -> rows.put(row.getKey().getString(), row));
        final List<String> order = new ArrayList<>(rows.keySet());
        int last = -1;
        for (final DataRow row : out) {
            final int place = order.indexOf(row.getKey().getString());
            assertTrue(place > last, "row " + row.getKey() + " after row " + last);
            last = place;
            for (int i = 0; i < before.getNumColumns(); i++) {
                final String name = before.getColumnSpec(i).getName();
                if (!Arrays.asList(changed).contains(name)) {
                    assertEquals(
                            rows.get(row.getKey().getString()).getCell(i),
                            row.getCell(after.findColumnIndex(name)),
                            name + " of " + row.getKey());
                }
            }
        }
        for (int i = 0; i < before.getNumColumns(); i++) {
            assertEquals(before.getColumnSpec(i), after.getColumnSpec(i), "columns stay where they stand");
        }
        assertEquals(Optional.of(ENCODER), EmbeddingColumn.encodedBy(after.getColumnSpec("Embedding")));
    }

    private static long rows(final PortObject table) {
        return ((BufferedDataTable) table).size();
    }

    /** The file in the workflow that a cell names. */
    private Path file(final DataCell cell) {
        final String here = "knime://knime.workflow/";
        assertTrue(cell.toString().startsWith(here), cell.toString());
        return folder.resolve(cell.toString().substring(here.length()));
    }

    @BeforeEach
    void canvas() {
        canvas = new Canvas(folder);
    }

    private BufferedDataTable pictures() throws Exception {
        return (BufferedDataTable) canvas.run(new HistologyPhantomNodeFactory(), Map.of("pictures", 4, "size", 64))[0];
    }

    private PortObject[] cut(final BufferedDataTable pictures) throws Exception {
        return canvas.run(
                canvas.node(
                        new TilerNodeFactory(),
                        Map.of("grid/tile_size", 32, "pictures/masks_required", true),
                        Canvas.ports("Pictures", BufferedDataTable.class)),
                () -> false,
                pictures);
    }

    private BufferedDataTable tiles() throws Exception {
        return withOwn((BufferedDataTable) cut(pictures())[0], List.of("Stain"));
    }

    @Test
    void thePartitionerChoosesAmongRows() throws Exception {
        final BufferedDataTable tiles = tiles();
        final PortObject[] parts = canvas.run(new TilePartitionerNodeFactory(), Map.of("labelled_pictures", 1), tiles);
        kept(tiles, parts[0], "Mask", "Mask classes", "Mask holes");
        kept(tiles, parts[1]);
        kept(tiles, parts[2]);
        assertEquals(
                List.of(12L, 4L, 4L),
                Arrays.stream(parts).map(RowsAreKeptTest::rows).toList());
        final int mask = tiles.getDataTableSpec().findColumnIndex("Mask");
        for (final DataRow row : (BufferedDataTable) parts[0]) {
            assertTrue(row.getCell(mask).isMissing());
        }
    }

    @Test
    void theNormalizerAddsTheStain() throws Exception {
        final BufferedDataTable tiles = tiles();
        final PortObject once = canvas.run(new StainNormalizerNodeFactory(), Map.of("method", "REINHARD"), tiles)[0];
        kept(tiles, once);
        assertEquals(tiles.size(), rows(once));
        final DataTableSpec spec = ((BufferedDataTable) once).getDataTableSpec();
        assertEquals(spec.getNumColumns() - 1, spec.findColumnIndex("Stain"));
        final BufferedDataTable again =
                (BufferedDataTable) canvas.run(new StainNormalizerNodeFactory(), Map.of("method", "MACENKO"), once)[0];
        kept((BufferedDataTable) once, again, "Stain");
        assertEquals(spec, again.getDataTableSpec(), "the new change takes the place of the old one");
    }

    @Test
    void theNormalizerLeavesOutUnreadableSlidesOnly() throws Exception {
        final BufferedDataTable tiles = tiles();
        final DataRow first = tiles.iterator().next();
        final int image = tiles.getDataTableSpec().findColumnIndex("Image");
        final Path file = file(first.getCell(image));
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
        final PortObject out = canvas.run(
                        new StainNormalizerNodeFactory(), Map.of("method", "REINHARD", "on_failure", "SKIP"), tiles)[0];
        kept(tiles, out);
        assertEquals(tiles.size() - 4, rows(out));
    }

    @Test
    void theExporterAddsFilesAndPictures() throws Exception {
        final BufferedDataTable tiles = tiles();
        final BufferedDataTable out =
                (BufferedDataTable) canvas.run(new TileExporterNodeFactory(), Map.of("with_pictures", true), tiles)[0];
        kept(tiles, out);
        assertEquals(tiles.size(), out.size());
        final DataTableSpec spec = out.getDataTableSpec();
        final int number = tiles.getDataTableSpec().getNumColumns();
        assertEquals(
                List.of("File (#1)", "Label file", "Picture (#1)"),
                Arrays.asList(spec.getColumnNames()).subList(number, number + 3));
        for (final DataRow row : out) {
            assertTrue(Files.exists(file(row.getCell(number))));
        }
    }

    @Test
    void tilesCarryWhatTheirPictureHas() throws Exception {
        final BufferedDataTable pictures = withOwn(pictures(), List.of());
        final BufferedDataTable tiles = (BufferedDataTable) cut(pictures)[0];
        final DataTableSpec spec = tiles.getDataTableSpec();
        assertFalse(spec.containsName("Thumbnail"), "pictures are not repeated with every tile");
        assertEquals(Optional.of(ENCODER), EmbeddingColumn.encodedBy(spec.getColumnSpec("Embedding")));
        final Map<String, DataRow> ofImage = new LinkedHashMap<>();
        final int image = pictures.getDataTableSpec().findColumnIndex("Image");
        pictures.forEach(row -> ofImage.put(row.getCell(image).toString(), row));
        assertEquals(16, tiles.size());
        for (final DataRow row : tiles) {
            final DataRow picture =
                    ofImage.get(row.getCell(spec.findColumnIndex("Image")).toString());
            for (final String name : List.of("Patient", "Age", "Embedding", "Smoker", "Scene", "Prediction")) {
                assertEquals(
                        picture.getCell(pictures.getDataTableSpec().findColumnIndex(name)),
                        row.getCell(spec.findColumnIndex(name)),
                        name);
            }
        }
    }

    /** A slide's label and size are not those of its tiles. */
    @Test
    void columnsOfPicturesThatAreNamedAsThoseOfTilesAreToldApart() throws Exception {
        final PortObject slides = canvas.run(
                        new SlidePhantomNodeFactory(), Map.of("slides", 1, "width", 1024, "height", 1024, "seed", 4L))[
                0];
        final NodeHost tiler =
                canvas.node(new TilerNodeFactory(), Map.of(), Canvas.ports("Pictures", BufferedDataTable.class));
        final DataTableSpec spec = (DataTableSpec) tiler.configure(new PortObjectSpec[] {slides.getSpec()})[0];
        assertTrue(spec.containsName("Label (picture)") && spec.containsName("Width (picture)"), spec.toString());
        assertFalse(spec.containsName("Group (picture)"));
    }

    @Test
    void emptyTablesComeThrough() throws Exception {
        final BufferedDataTable empty = Tables.of(tiles().getDataTableSpec(), List.of());
        for (final NodeFactory<?> node : List.<NodeFactory<?>>of(
                new TilePartitionerNodeFactory(), new StainNormalizerNodeFactory(), new TileExporterNodeFactory())) {
            final NodeHost host = canvas.node(node, Map.of(), null);
            for (final PortObject out : canvas.run(host, () -> false, empty)) {
                assertEquals(0, rows(out));
            }
            assertTrue(host.warning().contains("no tiles"), host.warning());
        }
    }

    @Test
    void columnsThatMeanSomethingElseAreRefused() throws Exception {
        final DataTableSpec tiles = tiles().getDataTableSpec();
        final DataTableSpec odd = new DataTableSpec(tiles, new DataTableSpec(column("Stain", IntCell.TYPE)));
        final NodeHost host = canvas.node(new TilePartitionerNodeFactory(), Map.of(), null);
        final InvalidSettingsException e =
                assertThrows(InvalidSettingsException.class, () -> host.configure(new PortObjectSpec[] {odd}));
        assertTrue(e.getMessage().contains("\"Stain\"") && e.getMessage().contains("Rename"), e.getMessage());
    }

    /** The label of a tile is for people: a column of that name with something else in it is the user's own. */
    @Test
    void aLabelOfTheUsersOwnIsKept() throws Exception {
        final BufferedDataTable cut = (BufferedDataTable) cut(pictures())[0];
        final BufferedDataTable plain = withOwn(cut, List.of("Label", "Level", "Tissue"));
        final List<DataRow> rows = new ArrayList<>();
        for (final DataRow row : plain) {
            final List<DataCell> cells = new ArrayList<>(row.stream().toList());
            cells.addAll(List.of(new IntCell(1), new StringCell("high"), new StringCell("liver")));
            rows.add(new DefaultRow(row.getKey(), cells));
        }
        final BufferedDataTable tiles = Tables.of(
                new DataTableSpec(
                        plain.getDataTableSpec(),
                        new DataTableSpec(
                                column("Label", IntCell.TYPE),
                                column("Level", StringCell.TYPE),
                                column("Tissue", StringCell.TYPE))),
                rows);
        kept(tiles, canvas.run(new TilePartitionerNodeFactory(), Map.of("labelled_pictures", 1), tiles)[2]);
    }

    private ModelPortObject model(final PortObject tiles) throws Exception {
        final Map<String, Object> settings = Map.of(
                "network/base_width", 8,
                "network/channel_multipliers", "1, 2",
                "network/blocks_per_level", 1,
                "training/steps", 2,
                "training/batch_size", 2,
                "training/warmup_steps", 1,
                "compute/device", "cpu");
        return (ModelPortObject) canvas.run(
                        canvas.node(new SegmentationLearnerNodeFactory(), settings, Canvas.ports("Pre-trained model")),
                        () -> false,
                        tiles)[0];
    }

    @Test
    void thePredictorAddsToTheRowsThatItSegments() throws Exception {
        final BufferedDataTable tiles = tiles();
        final ModelPortObject model = model(tiles);
        final String[] place = {"Downsample", "mpp", "X", "Y", "Width", "Height"};
        final PortObject eachTile = predicted(model, tiles, "TILES");
        assertEquals(tiles.size(), rows(eachTile));
        kept(tiles, eachTile);
        final PortObject eachPicture = predicted(model, tiles, "PICTURES");
        assertEquals(4, rows(eachPicture));
        kept(tiles, eachPicture, place);

        final BufferedDataTable pictures = withOwn(pictures(), List.of());
        final BufferedDataTable whole = (BufferedDataTable) predicted(model, pictures, "PICTURES");
        kept(pictures, whole);
        assertEquals(pictures.size(), whole.size());
        assertTrue(whole.getDataTableSpec().containsName("Prediction (#1)"), "the user's own text stays");
        final PortObject[] scores = canvas.run(new SegmentationScorerNodeFactory(), Map.of(), whole);
        assertEquals(8, rows(scores[1]), "the scorer finds the pictures beside a text of the same name");
        final BufferedDataTable twice = (BufferedDataTable) predicted(model, whole, "PICTURES");
        assertTrue(twice.getDataTableSpec().containsName("Prediction (#2)"));
        canvas.run(new SegmentationScorerNodeFactory(), Map.of(), twice);
        final BufferedDataTable none = Tables.of(tiles.getDataTableSpec(), List.of());
        assertEquals(0, rows(predicted(model, none, "TILES")));
    }

    /** The stain and the size of a picture are not those of what was predicted. */
    @Test
    void whatIsSaidOfAPictureIsNotOverwritten() throws Exception {
        final BufferedDataTable plain = pictures();
        final List<DataRow> rows = new ArrayList<>();
        for (final DataRow row : plain) {
            final List<DataCell> cells = new ArrayList<>(row.stream().toList());
            cells.addAll(0, List.of(new StringCell("H&E"), new StringCell("wide"), new IntCell(7)));
            rows.add(new DefaultRow(row.getKey(), cells));
        }
        final BufferedDataTable pictures = Tables.of(
                new DataTableSpec(
                        new DataTableSpec(
                                column("Stain", StringCell.TYPE),
                                column("Width", StringCell.TYPE),
                                column("X", IntCell.TYPE)),
                        plain.getDataTableSpec()),
                rows);
        final BufferedDataTable out = (BufferedDataTable) predicted(model(cut(pictures)[0]), pictures, "PICTURES");
        final DataTableSpec spec = out.getDataTableSpec();
        assertEquals(
                List.of("Stain (picture)", "Width (picture)", "X (picture)"),
                Arrays.asList(spec.getColumnNames()).subList(0, 3));
        for (final DataRow row : out) {
            assertEquals(
                    List.of("H&E", "wide", "7"),
                    row.stream().limit(3).map(DataCell::toString).toList());
            assertEquals(new IntCell(64), row.getCell(spec.findColumnIndex("Width")));
            assertEquals(new IntCell(0), row.getCell(spec.findColumnIndex("X")));
        }
        assertEquals(8, rows(canvas.run(new SegmentationScorerNodeFactory(), Map.of(), out)[1]));
    }

    private PortObject predicted(final ModelPortObject model, final PortObject pictures, final String each)
            throws Exception {
        return canvas.run(
                        new SegmentationPredictorNodeFactory(),
                        Map.of("compute/device", "cpu", "segmented", each),
                        model,
                        pictures)[0];
    }
}
