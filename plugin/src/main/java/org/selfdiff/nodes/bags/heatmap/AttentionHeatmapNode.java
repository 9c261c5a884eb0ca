package org.selfdiff.nodes.bags.heatmap;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.data.Tile;
import org.selfdiff.nodes.common.AddedColumns;
import org.selfdiff.nodes.common.BagTable;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.DrawAttention;

/** From the Attention Heatmap's settings and table to {@link DrawAttention} and back. */
final class AttentionHeatmapNode {
    private static final String PORT = "Attention";

    private static final DataTableSpec SLIDES = new DataTableSpec(
            BagTable.column("Slide", StringCell.TYPE),
            BagTable.column("Patient", StringCell.TYPE),
            BagTable.column("Tiles", IntCell.TYPE),
            BagTable.column("Least attention", DoubleCell.TYPE),
            BagTable.column("Most attention", DoubleCell.TYPE),
            BagTable.column("Heatmap", PNGImageContent.TYPE),
            BagTable.column("Most attended", PNGImageContent.TYPE),
            BagTable.column("Least attended", PNGImageContent.TYPE),
            BagTable.column("Heatmap file", StringCell.TYPE),
            BagTable.column("Most attended file", StringCell.TYPE),
            BagTable.column("Least attended file", StringCell.TYPE),
            BagTable.column("GeoJSON", StringCell.TYPE),
            BagTable.column("Note", StringCell.TYPE));

    private AttentionHeatmapNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final AttentionHeatmapParameters p = in.getParameters();
        column(p, in.getInTableSpec(0));
        out.setOutSpecs(SLIDES, shown(in.getInTableSpec(0)).spec());
    }

    private static int column(final AttentionHeatmapParameters p, final DataTableSpec table)
            throws InvalidSettingsException {
        TileTable.check(table, PORT);
        if (!p.attentionColumn.isBlank()) {
            final int index = table.findColumnIndex(p.attentionColumn);
            if (index < 0 || !isNumber(table.getColumnSpec(index))) {
                throw new InvalidSettingsException("The table on port \"" + PORT + "\" has no column \""
                        + p.attentionColumn + "\" with numbers. Choose another \"Attention column\".");
            }
            return index;
        }
        for (int i = table.getNumColumns() - 1; i >= 0; i--) {
            if (isNumber(table.getColumnSpec(i))
                    && table.getColumnSpec(i).getName().startsWith("Attention")) {
                return i;
            }
        }
        throw new InvalidSettingsException("The table on port \"" + PORT + "\" has no column of attention. Connect the"
                + " second port of a MIL Predictor, or choose an \"Attention column\".");
    }

    private static boolean isNumber(final DataColumnSpec column) {
        return column.getType().isCompatible(DoubleValue.class);
    }

    private static AddedColumns shown(final DataTableSpec tiles) {
        return AddedColumns.to(tiles)
                .add(BagTable.column("End", StringCell.TYPE))
                .add(BagTable.column("Place", IntCell.TYPE))
                .add(BagTable.column("Scaled attention", DoubleCell.TYPE))
                .add(BagTable.column("Picture", PNGImageContent.TYPE));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final AttentionHeatmapParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final BufferedDataTable table = in.getInTable(0);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final AddedColumns columns = shown(table.getDataTableSpec());
            if (table.size() == 0) {
                control.warn(TileTable.EMPTY);
                out.setOutData(exec.createVoidTable(SLIDES), exec.createVoidTable(columns.spec()));
                return;
            }
            out.setOutData(draw(exec, p, table, columns, control));
        });
    }

    private static BufferedDataTable[] draw(
            final ExecutionContext exec,
            final AttentionHeatmapParameters p,
            final BufferedDataTable table,
            final AddedColumns columns,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final DrawAttention.Request request = request(p, table);
        final Map<Integer, DataRow> rows = rows(table, new HashSet<>(DrawAttention.shownRows(request)));
        final BufferedDataContainer slides = exec.createDataContainer(SLIDES);
        final BufferedDataContainer tiles = exec.createDataContainer(columns.spec());
        final WorkflowFolder workflow = WorkflowFolder.current();
        final int[] number = new int[1];
        DrawAttention.run(
                request,
                drawn -> {
                    slides.addRowToTable(new DefaultRow("Slide" + number[0]++, cells(drawn, workflow)));
                    drawn.drawing().ifPresent(drawing -> drawing.shown()
                            .forEach(tile -> tiles.addRowToTable(columns.row(rows.get(tile.row()), cells(tile)))));
                },
                control);
        slides.close();
        tiles.close();
        return new BufferedDataTable[] {slides.getTable(), tiles.getTable()};
    }

    private static DrawAttention.Request request(final AttentionHeatmapParameters p, final BufferedDataTable table)
            throws RunFailed {
        final int column;
        try {
            column = column(p, table.getDataTableSpec());
        } catch (InvalidSettingsException e) {
            throw new RunFailed(e.getMessage(), "port \"" + PORT + "\"", "Correct the connection or the setting.", e);
        }
        final List<Tile> tiles = TileTable.read(table);
        final double[] attention = new double[tiles.size()];
        int i = 0;
        for (final DataRow row : table) {
            if (!(row.getCell(column) instanceof DoubleValue value) || !Double.isFinite(value.getDoubleValue())) {
                throw new RunFailed(
                        "The tile has no attention: the cell is "
                                + (row.getCell(column).isMissing() ? "missing" : row.getCell(column)),
                        "column \""
                                + table.getDataTableSpec().getColumnSpec(column).getName() + "\", row \""
                                + row.getKey().getString() + "\"",
                        "Filter the row out, or check the embeddings that the attention was made from.");
            }
            attention[i++] = value.getDoubleValue();
        }
        return new DrawAttention.Request(
                tiles, attention, UserPath.ifGiven(p.folder, "Folder"), p.look(), p.geoJson, p.onFailure.policy());
    }

    /** The rows of the tiles that will be shown, which come slide by slide, not in the order of the table. */
    private static Map<Integer, DataRow> rows(final BufferedDataTable table, final Set<Integer> wanted) {
        final Map<Integer, DataRow> rows = new HashMap<>();
        int i = 0;
        for (final DataRow row : table) {
            if (wanted.contains(i)) {
                rows.put(i, row);
            }
            i++;
        }
        return rows;
    }

    private static DataCell[] cells(final DrawAttention.Drawn drawn, final WorkflowFolder workflow) {
        final Optional<DrawAttention.Drawing> drawing = drawn.drawing();
        final List<DataCell> cells = new ArrayList<>(List.of(
                new StringCell(workflow.name(drawn.image())),
                new StringCell(drawn.group()),
                new IntCell(drawn.tiles()),
                new DoubleCell(drawn.least()),
                new DoubleCell(drawn.most()),
                png(drawing.map(DrawAttention.Drawing::heatmap)),
                png(drawing.flatMap(DrawAttention.Drawing::top)),
                png(drawing.flatMap(DrawAttention.Drawing::bottom))));
        final List<Optional<Path>> files = List.of(
                drawing.flatMap(DrawAttention.Drawing::heatmapFile),
                drawing.flatMap(DrawAttention.Drawing::topFile),
                drawing.flatMap(DrawAttention.Drawing::bottomFile),
                drawing.flatMap(DrawAttention.Drawing::geoJsonFile));
        files.forEach(file -> cells.add(TileTable.text(file.map(workflow::name))));
        cells.add(TileTable.text(Optional.of(drawn.note()).filter(note -> !note.isEmpty())));
        return cells.toArray(DataCell[]::new);
    }

    private static List<DataCell> cells(final DrawAttention.Shown tile) {
        return List.of(
                new StringCell(tile.top() ? "most" : "least"),
                new IntCell(tile.place()),
                new DoubleCell(tile.scaled()),
                TrainingOutput.png(tile.png()));
    }

    private static DataCell png(final Optional<byte[]> bytes) {
        return bytes.isPresent() ? TrainingOutput.png(bytes.get()) : DataType.getMissingCell();
    }
}
