package org.selfdiff.nodes.common;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.bags.Bag;

/**
 * A table of tiles with embeddings as bags: the tiles of a picture are a bag, its group is the patient.
 *
 * @param bags in the order of their first tiles
 * @param tiles number of rows
 */
public record BagTable(List<Bag> bags, int tiles) {

    /** A column of a table about bags. */
    public static DataColumnSpec column(final String name, final DataType type) {
        return Columns.column(name, type);
    }

    /** Reads a table. */
    public static BagTable read(final BufferedDataTable table, final DataColumnSpec column, final RunControl control)
            throws RunFailed, RunCancelled {
        final Embeddings embeddings = EmbeddingColumn.read(table, column, control);
        final List<Tile> tiles = TileTable.read(table);
        if (tiles.isEmpty()) {
            throw new RunFailed(TileTable.EMPTY, "table of tiles", "Connect a table with tiles and embeddings.");
        }
        final Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < tiles.size(); i++) {
            rows.computeIfAbsent(tiles.get(i).image().toString(), k -> new ArrayList<>())
                    .add(i);
        }
        final List<Bag> bags = new ArrayList<>();
        for (final Map.Entry<String, List<Integer>> entry : rows.entrySet()) {
            bags.add(bag(entry.getKey(), entry.getValue(), tiles, embeddings));
        }
        return new BagTable(bags, tiles.size());
    }

    private static Bag bag(
            final String name, final List<Integer> rows, final List<Tile> tiles, final Embeddings embeddings)
            throws RunFailed {
        final Tile first = tiles.get(rows.get(0));
        final double pitch = first.width() * first.area().downsample();
        final List<float[]> features = new ArrayList<>();
        final int[] columns = new int[rows.size()];
        final int[] lines = new int[rows.size()];
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        for (final int row : rows) {
            left = Math.min(left, tiles.get(row).x());
            top = Math.min(top, tiles.get(row).y());
        }
        for (int i = 0; i < columns.length; i++) {
            final Tile tile = tiles.get(rows.get(i));
            if (!tile.group().equals(first.group())) {
                throw new RunFailed(
                        "The tiles of a slide are of two patients, \"" + first.group() + "\" and \"" + tile.group()
                                + "\"",
                        "slide " + name + ", row " + (rows.get(i) + 1),
                        "Give all tiles of a slide the same group.");
            }
            if (Double.compare(tile.width() * tile.area().downsample(), pitch) != 0) {
                throw new RunFailed(
                        "The tiles of a slide are of two sizes or resolutions",
                        "slide " + name + ", row " + (rows.get(i) + 1),
                        "Cut all tiles with one size and resolution.");
            }
            columns[i] = (int) Math.floor((tile.x() - left) / pitch + 0.5);
            lines[i] = (int) Math.floor((tile.y() - top) / pitch + 0.5);
            features.add(embeddings.rows().get(rows.get(i)));
        }
        return new Bag(
                name, first.group(), rows.stream().mapToInt(Integer::intValue).toArray(), features, columns, lines);
    }

    /**
     * The label of each bag.
     *
     * @throws RunFailed when a tile has none, or those of a bag differ
     */
    public List<String> labels(final BufferedDataTable table, final String column) throws RunFailed {
        final int index = table.getDataTableSpec().findColumnIndex(column);
        final Map<Integer, String> byRow = new HashMap<>();
        int row = 0;
        for (final DataRow r : table) {
            if (!(r.getCell(index) instanceof StringValue text)) {
                throw new RunFailed(
                        "The tile has no label",
                        "column \"" + column + "\", row \"" + r.getKey().getString() + "\"",
                        "Give every slide a label, or filter the rows without one out.");
            }
            byRow.put(row++, text.getStringValue());
        }
        final List<String> labels = new ArrayList<>();
        for (final Bag bag : bags) {
            final String label = byRow.get(bag.rows()[0]);
            for (final int i : bag.rows()) {
                if (!byRow.get(i).equals(label)) {
                    throw new RunFailed(
                            "A slide has two labels, \"" + label + "\" and \"" + byRow.get(i) + "\"",
                            "slide " + bag.name() + ", row " + (i + 1),
                            "Choose a column that says the same for all tiles of a slide.");
                }
            }
            labels.add(label);
        }
        return labels;
    }

    /** The column of labels that a node starts with: a picture's own, else the tiles'. */
    public static String guessLabel(final DataTableSpec table) {
        for (final String name : List.of("Slide label", "Label (picture)", "Label")) {
            if (table.containsName(name)) {
                return name;
            }
        }
        return "";
    }
}
