package org.selfdiff.stages.slides;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunFailed;

/** Decides about the tiles of one slide by tissue and annotations, and counts. */
final class TileSorting {
    private final Optional<SlideTissue> tissue;

    private final TileCover cover;

    private final CutTiles.AnnotationRule rule;

    private final List<Tile> kept = new ArrayList<>();

    private int withoutTissue;

    private int wrongSide;

    /**
     * A tile that may be kept.
     *
     * @param tissue share of tissue, {@code NaN} if not looked for
     * @param label class that covers most of it
     */
    record Seen(double tissue, Optional<String> label) {}

    TileSorting(final Optional<SlideTissue> tissue, final TileCover cover, final CutTiles.AnnotationRule rule) {
        this.tissue = tissue;
        this.cover = cover;
        this.rule = rule;
    }

    /** Looks at a tile; empty if it is dropped. */
    Optional<Seen> look(final Tile.Area area) throws RunFailed {
        final double share = tissue.isPresent() ? tissue.get().share(area) : Double.NaN;
        if (tissue.isPresent() && share < tissue.get().minShare()) {
            withoutTissue++;
            return Optional.empty();
        }
        if (!rightSide(area)) {
            wrongSide++;
            return Optional.empty();
        }
        return Optional.of(new Seen(share, cover.label(area)));
    }

    private boolean rightSide(final Tile.Area area) throws RunFailed {
        if (rule.keep() == CutTiles.AnnotationRule.Keep.ALL) {
            return true;
        }
        final double share = cover.share(area);
        return rule.keep() == CutTiles.AnnotationRule.Keep.OUTSIDE ? share == 0 : share > 0 && share >= rule.minShare();
    }

    void keep(final Tile tile) {
        kept.add(tile);
    }

    List<Tile> kept() {
        return kept;
    }

    SlideReport.Dropped dropped() {
        return new SlideReport.Dropped(withoutTissue, wrongSide, 0);
    }
}
