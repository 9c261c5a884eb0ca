package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.data.Tile;

/**
 * Tiles and their true classes.
 *
 * @param tiles the tiles
 * @param labels one row for each
 */
public record LabelledTiles(List<Tile> tiles, Labels labels) {

    /** Copies the list. */
    public LabelledTiles {
        tiles = List.copyOf(tiles);
        if (tiles.size() != labels.count()) {
            throw new IllegalArgumentException(tiles.size() + " tiles and " + labels.count() + " rows of labels");
        }
    }

    /** Some of them. */
    LabelledTiles at(final List<Integer> chosen) {
        return new LabelledTiles(chosen.stream().map(tiles::get).toList(), labels.at(chosen));
    }

    /** These, then others. */
    LabelledTiles and(final LabelledTiles others) {
        final List<Tile> all = new ArrayList<>(tiles);
        all.addAll(others.tiles);
        return new LabelledTiles(all, labels.and(others.labels));
    }

    /** What belongs together, such as patients. */
    public List<String> groups() {
        return tiles.stream().map(Tile::group).toList();
    }
}
