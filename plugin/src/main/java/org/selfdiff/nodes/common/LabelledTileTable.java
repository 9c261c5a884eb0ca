package org.selfdiff.nodes.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.segmentation.LabelledTile;

/** Tables that say what is in tiles: tiles with masks, or points with the class of what is there. */
public final class LabelledTileTable {
    private static final String CLASS = "Class";

    private LabelledTileTable() {}

    /** Refuses a table that is neither. */
    public static void check(final DataTableSpec table, final String port) throws InvalidSettingsException {
        if (!hasPoints(table)) {
            TileTable.check(table, port);
        }
    }

    private static boolean hasPoints(final DataTableSpec table) {
        return is(table, TileTable.IMAGE, StringValue.class)
                && is(table, TileTable.X, DoubleValue.class)
                && is(table, TileTable.Y, DoubleValue.class)
                && is(table, CLASS, StringValue.class)
                && !table.containsName(TileTable.WIDTH);
    }

    private static boolean is(
            final DataTableSpec table, final String name, final Class<? extends org.knime.core.data.DataValue> type) {
        return table.containsName(name) && table.getColumnSpec(name).getType().isCompatible(type);
    }

    /**
     * The labelled tiles.
     *
     * @param tiles what the points lie in
     * @param classes names, background first
     * @param port of the table, for messages
     */
    public static List<LabelledTile> read(
            final BufferedDataTable table, final List<Tile> tiles, final List<String> classes, final String port)
            throws RunFailed {
        return hasPoints(table.getDataTableSpec())
                ? points(table, tiles, classes, port)
                : TileTable.read(table).stream()
                        .map(tile -> new LabelledTile(tile, List.of()))
                        .toList();
    }

    private static List<LabelledTile> points(
            final BufferedDataTable table, final List<Tile> tiles, final List<String> classes, final String port)
            throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        final Map<Tile, List<LabelledTile.Point>> found = new LinkedHashMap<>();
        for (final DataRow row : table) {
            final String where = "row \"" + row.getKey().getString() + "\" of port \"" + port + "\"";
            final String name =
                    Columns.value(row, spec, CLASS, StringValue.class).getStringValue();
            if (!classes.contains(name)) {
                throw new RunFailed(
                        "The class \"" + name + "\" is none of " + String.join(", ", classes),
                        where,
                        "Correct the row, or the setting \"Class names\".");
            }
            final double x =
                    Columns.value(row, spec, TileTable.X, DoubleValue.class).getDoubleValue();
            final double y =
                    Columns.value(row, spec, TileTable.Y, DoubleValue.class).getDoubleValue();
            final Path image = TileTable.path(row, spec, TileTable.IMAGE);
            final Tile tile = tiles.stream()
                    .filter(t -> t.image().equals(image) && holds(t, x, y))
                    .findFirst()
                    .orElseThrow(() -> new RunFailed(
                            "The point (" + x + ", " + y + ") of " + image + " lies in none of the tiles",
                            where,
                            "Give points of pictures on port \"Tiles\", in pixels of the picture at its finest."));
            found.computeIfAbsent(tile, t -> new ArrayList<>())
                    .add(new LabelledTile.Point(x, y, classes.indexOf(name)));
        }
        final List<LabelledTile> labelled = new ArrayList<>();
        found.forEach((tile, points) -> labelled.add(new LabelledTile(tile, points)));
        return labelled;
    }

    private static boolean holds(final Tile tile, final double x, final double y) {
        final double downsample = tile.area().downsample();
        return x >= tile.x()
                && y >= tile.y()
                && x < tile.x() + tile.width() * downsample
                && y < tile.y() + tile.height() * downsample;
    }
}
