package org.selfdiff.stages.slides;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunControl;

/** All that {@link CutTiles} hands over. */
record Cut(List<Tile> tiles, List<SlideReport> report, CutTiles.Result result) {

    static Cut of(final CutTiles.Request request) throws Exception {
        return of(request, RunControl.silent());
    }

    static Cut of(final CutTiles.Request request, final RunControl control) throws Exception {
        final List<Tile> tiles = new ArrayList<>();
        final List<SlideReport> report = new ArrayList<>();
        final CutTiles.Result result = CutTiles.run(
                request,
                (slide, cut) -> {
                    report.add(slide);
                    tiles.addAll(cut);
                },
                control);
        return new Cut(tiles, report, result);
    }
}
