package org.selfdiff.nodes.common;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.IntValue;
import org.knime.core.data.StringValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Tables with a picture, and perhaps its mask, in each row: of whole pictures, or of tiles of them. */
public final class PictureTable {
    private PictureTable() {}

    /** Refuses a table without paths of pictures. The columns of masks and groups may be absent. */
    public static void check(final DataTableSpec table, final String port) throws InvalidSettingsException {
        Columns.require(
                table,
                port,
                "Tiler or a Histology Phantom",
                List.of(new Columns.Need(TileTable.IMAGE, StringValue.class)));
        if (table.containsName(TileTable.MASK)) {
            Columns.require(table, port, "Tiler", List.of(new Columns.Need(TileTable.MASK, StringValue.class)));
        }
        if (table.containsName(TileTable.GROUP)) {
            Columns.require(table, port, "Tiler", List.of(new Columns.Need(TileTable.GROUP, StringValue.class)));
        }
    }

    /** Whether the rows are tiles, not whole pictures. */
    public static boolean hasTiles(final DataTableSpec table) {
        return List.of(TileTable.X, TileTable.Y, TileTable.WIDTH, TileTable.HEIGHT).stream()
                .allMatch(name -> table.containsName(name)
                        && table.getColumnSpec(name).getType().isCompatible(IntValue.class));
    }

    /**
     * What the rows show: tiles, or whole pictures at their finest, whose size is not known before they are opened and
     * stands as 1 x 1.
     */
    public static List<Tile> tiles(final BufferedDataTable table) throws RunFailed {
        if (hasTiles(table.getDataTableSpec())) {
            return TileTable.read(table);
        }
        return new PictureFiles.Listed(read(table))
                .list(RunControl.silent()).stream()
                        .map(entry -> Tile.of(entry.image(), entry.mask(), 0, 0, 1, 1, Double.NaN, entry.name()))
                        .toList();
    }

    /** The pictures of a table, each once, in the order in which they first occur. */
    public static List<PictureFiles.Listed.Picture> read(final BufferedDataTable table) throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        final Map<Path, PictureFiles.Listed.Picture> entries = new LinkedHashMap<>();
        for (final DataRow row : table) {
            final Path image = TileTable.path(row, spec, TileTable.IMAGE);
            final Optional<Path> mask = Columns.has(row, spec, TileTable.MASK)
                    ? Optional.of(TileTable.path(row, spec, TileTable.MASK))
                    : Optional.empty();
            final Optional<String> group = Columns.has(row, spec, TileTable.GROUP)
                    ? Optional.of(Columns.value(row, spec, TileTable.GROUP, StringValue.class)
                            .getStringValue())
                    : Optional.empty();
            entries.putIfAbsent(
                    image,
                    new PictureFiles.Listed.Picture(
                            image, mask, group, "Fill in column \"" + TileTable.MASK + "\", or do not require masks."));
        }
        return List.copyOf(entries.values());
    }
}
