package org.selfdiff.stages.slides;

import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Fingerprint;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunFailed;

/**
 * One slide with its tiles.
 *
 * @param report what became of it
 * @param tiles its tiles, row by row
 * @param failure why it could not be used
 * @param noted whether it was cut by an earlier run, and taken from its note
 */
record CutSlide(SlideReport report, List<Tile> tiles, Optional<RunFailed> failure, boolean noted) {

    /** Copies the list. */
    CutSlide {
        tiles = List.copyOf(tiles);
    }

    /** The same, with how the files were noted in every tile. */
    CutSlide of(final Fingerprint files) {
        return new CutSlide(report, tiles.stream().map(tile -> tile.with(files)).toList(), failure, noted);
    }
}
