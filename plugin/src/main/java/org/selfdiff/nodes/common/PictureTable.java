package org.selfdiff.nodes.common;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
     * What a row shows.
     *
     * @param row its number from 0
     * @param tile a tile, or a whole picture at its finest, whose size is not known before it is opened and stands as
     *     1 x 1
     */
    public record Shown(int row, Tile tile) {}

    /**
     * What the rows show.
     *
     * @param each whether every tile counts; otherwise, and in a table of whole pictures, only the first row of each
     *     picture does
     */
    public static List<Shown> shown(final BufferedDataTable table, final boolean each) throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        if (!hasTiles(spec)) {
            return wholePictures(table);
        }
        final TileTable.Known known = new TileTable.Known();
        final Set<Path> seen = new HashSet<>();
        final List<Shown> shown = new ArrayList<>();
        int number = 0;
        for (final DataRow row : table) {
            final Tile tile = TileTable.tile(row, spec, known);
            if (seen.add(tile.image()) || each) {
                shown.add(new Shown(number, tile));
            }
            number++;
        }
        return shown;
    }

    private static List<Shown> wholePictures(final BufferedDataTable table) throws RunFailed {
        final Map<Path, Integer> first = new HashMap<>();
        int number = 0;
        for (final DataRow row : table) {
            first.putIfAbsent(image(row, table.getDataTableSpec()), number++);
        }
        return new PictureFiles.Listed(read(table))
                .list(RunControl.silent()).stream()
                        .map(entry -> new Shown(first.get(entry.image()), whole(entry)))
                        .toList();
    }

    private static Tile whole(final PictureFiles.Entry entry) {
        return Tile.of(
                entry.image(),
                entry.mask(),
                0,
                0,
                1,
                1,
                Double.NaN,
                entry.group().orElse(entry.name()));
    }

    /** What a column of a table of pictures is called beside one of tiles that has its name. */
    public static String ofPicture(final String name) {
        return name + " (picture)";
    }

    /** The picture of a row. */
    public static Path image(final DataRow row, final DataTableSpec spec) throws RunFailed {
        return TileTable.path(row, spec, TileTable.IMAGE);
    }

    /** The pictures of a table, each once, in the order in which they first occur. */
    public static List<PictureFiles.Listed.Picture> read(final BufferedDataTable table) throws RunFailed {
        final DataTableSpec spec = table.getDataTableSpec();
        final Map<Path, PictureFiles.Listed.Picture> entries = new LinkedHashMap<>();
        for (final DataRow row : table) {
            final Path image = image(row, spec);
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
