package org.selfdiff.nodes.diffusion.sampler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.selfdiff.data.Tile;
import org.selfdiff.nodes.common.PictureTable;
import org.selfdiff.nodes.common.SourceColumn;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.SamplePictures;

/** Finds the tile that each picture starts from. */
final class StartRows {
    static final String PORT = "Tiles";

    private StartRows() {}

    /** Refuses what cannot be started from; {@code null} for tables that are not connected. */
    static void check(final double strength, final DataTableSpec conditions, final DataTableSpec tiles)
            throws InvalidSettingsException {
        if (tiles != null) {
            TileTable.check(tiles, PORT);
        } else if (strength < 1 && (conditions == null || !holdsTiles(conditions))) {
            throw new InvalidSettingsException("A strength of " + strength
                    + " needs tiles to start from. Connect a table of tiles to port \"" + PORT
                    + "\", or choose a strength of 1.");
        }
    }

    private static boolean holdsTiles(final DataTableSpec table) {
        return table.containsName(TileTable.IMAGE) && PictureTable.hasTiles(table);
    }

    /**
     * What pictures start from; empty for noise.
     *
     * @param conditions what is drawn; {@code null} for one picture of each tile
     * @param tiles what it starts from; {@code null} for the conditions' own tiles, if the strength is below 1
     */
    static Optional<SamplePictures.Start> of(
            final double strength, final BufferedDataTable conditions, final BufferedDataTable tiles) throws RunFailed {
        if (tiles == null) {
            return strength < 1
                    ? Optional.of(new SamplePictures.Start(TileTable.read(conditions), strength))
                    : Optional.empty();
        }
        final List<Tile> all = TileTable.read(tiles);
        return Optional.of(
                new SamplePictures.Start(conditions == null ? all : ofSources(conditions, tiles, all), strength));
    }

    private static List<Tile> ofSources(
            final BufferedDataTable conditions, final BufferedDataTable tiles, final List<Tile> all) throws RunFailed {
        final Map<String, Tile> named = new HashMap<>();
        final Iterator<Tile> each = all.iterator();
        for (final DataRow row : tiles) {
            named.put(row.getKey().getString(), each.next());
        }
        final Optional<List<List<String>>> sources = SourceColumn.read(conditions, "");
        final List<Tile> found = new ArrayList<>();
        for (final DataRow row : conditions) {
            final String own = row.getKey().getString();
            final String source = sources.map(s -> s.get(found.size()))
                    .map(names -> names.isEmpty() ? "" : names.get(0))
                    .orElse(own);
            if (!named.containsKey(source)) {
                throw new RunFailed(
                        source.isEmpty()
                                ? "The condition was made from no single tile"
                                : "The tile \"" + source + "\" that the condition was made from is not there",
                        "row \"" + own + "\" of port \"Conditions\"",
                        "Connect the table that the conditions were made from to port \"" + PORT
                                + "\", or leave that port open.");
            }
            found.add(named.get(source));
        }
        return found;
    }
}
