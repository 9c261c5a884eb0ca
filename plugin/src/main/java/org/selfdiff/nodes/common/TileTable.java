package org.selfdiff.nodes.common;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunFailed;

/**
 * The table of tiles: one row per tile with the picture it is cut from, its rectangle in pixels, its mask and its group.
 * Coordinates only; pixels are read when they are needed, so that a table of a million tiles stays small.
 */
public final class TileTable {
    /** Path of the picture. */
    public static final String IMAGE = "Image";

    /** Path of the mask, missing where there is none. */
    public static final String MASK = "Mask";

    private static final String X = "X";

    private static final String Y = "Y";

    private static final String WIDTH = "Width";

    private static final String HEIGHT = "Height";

    private static final String MPP = "mpp";

    private static final String GROUP = "Group";

    private TileTable() {}

    /** The columns of the table. */
    public static DataTableSpec spec() {
        return new DataTableSpec(
                Columns.column(IMAGE, StringCell.TYPE),
                Columns.column(MASK, StringCell.TYPE),
                Columns.column(X, IntCell.TYPE),
                Columns.column(Y, IntCell.TYPE),
                Columns.column(WIDTH, IntCell.TYPE),
                Columns.column(HEIGHT, IntCell.TYPE),
                Columns.column(MPP, DoubleCell.TYPE),
                Columns.column(GROUP, StringCell.TYPE));
    }

    /** Refuses a table that is no table of tiles. */
    public static void check(final DataTableSpec table, final String port) throws InvalidSettingsException {
        Columns.require(
                table,
                port,
                "Tiler",
                List.of(
                        new Columns.Need(IMAGE, StringValue.class),
                        new Columns.Need(MASK, StringValue.class),
                        new Columns.Need(X, IntValue.class),
                        new Columns.Need(Y, IntValue.class),
                        new Columns.Need(WIDTH, IntValue.class),
                        new Columns.Need(HEIGHT, IntValue.class),
                        new Columns.Need(GROUP, StringValue.class)));
    }

    /** Writes tiles as a table; row keys count from {@code Tile0}. */
    public static BufferedDataTable write(final ExecutionContext exec, final List<Tile> tiles) {
        final BufferedDataContainer container = exec.createDataContainer(spec());
        long row = 0;
        for (final Tile tile : tiles) {
            container.addRowToTable(new DefaultRow(
                    "Tile" + row++,
                    new StringCell(tile.image().toString()),
                    tile.mask()
                            .<org.knime.core.data.DataCell>map(m -> new StringCell(m.toString()))
                            .orElseGet(DataType::getMissingCell),
                    new IntCell(tile.x()),
                    new IntCell(tile.y()),
                    new IntCell(tile.width()),
                    new IntCell(tile.height()),
                    Double.isNaN(tile.mpp()) ? DataType.getMissingCell() : new DoubleCell(tile.mpp()),
                    new StringCell(tile.group())));
        }
        container.close();
        return container.getTable();
    }

    /** Reads the tiles of a table, in its order. */
    public static List<Tile> read(final BufferedDataTable table) throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        final List<Tile> tiles = new ArrayList<>();
        for (final DataRow row : table) {
            tiles.add(new Tile(
                    path(row, spec, IMAGE),
                    Columns.has(row, spec, MASK) ? Optional.of(path(row, spec, MASK)) : Optional.empty(),
                    number(row, spec, X),
                    number(row, spec, Y),
                    number(row, spec, WIDTH),
                    number(row, spec, HEIGHT),
                    Columns.has(row, spec, MPP)
                            ? Columns.value(row, spec, MPP, DoubleValue.class).getDoubleValue()
                            : Double.NaN,
                    Columns.value(row, spec, GROUP, StringValue.class).getStringValue()));
        }
        return tiles;
    }

    static Path path(final DataRow row, final DataTableSpec spec, final String column) throws RunFailed {
        final String text = Columns.value(row, spec, column, StringValue.class).getStringValue();
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new RunFailed(
                    "\"" + text + "\" in column \"" + column + "\" is no path",
                    "row \"" + row.getKey().getString() + "\"",
                    "Give the path of a local file.",
                    e);
        }
    }

    private static int number(final DataRow row, final DataTableSpec spec, final String column) throws RunFailed {
        return Columns.value(row, spec, column, IntValue.class).getIntValue();
    }
}
