package org.selfdiff.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.annotation.Annotations;
import org.selfdiff.imaging.annotation.PixelGrid;
import org.selfdiff.imaging.annotation.RegionFilter;

/** Decides about the tiles of one slide by tissue and annotations, and counts. */
final class TileSorting {
    private final Optional<SlideTissue> tissue;

    private final Optional<Annotations> annotations;

    private final CutTiles.AnnotationRule rule;

    private final RegionFilter filter;

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

    TileSorting(
            final Optional<SlideTissue> tissue,
            final Optional<Annotations> annotations,
            final CutTiles.AnnotationRule rule) {
        this.tissue = tissue;
        this.annotations = annotations;
        this.rule = rule;
        filter = new RegionFilter(rule.classes(), rule.excluded(), rule.minShare());
    }

    /** Looks at a tile; empty if it is dropped. */
    Optional<Seen> look(final Tile.Area area) {
        final double share = tissue.isPresent() ? tissue.get().share(area) : Double.NaN;
        if (tissue.isPresent() && share < tissue.get().minShare()) {
            withoutTissue++;
            return Optional.empty();
        }
        if (annotations.isEmpty()) {
            if (rule.keep() == CutTiles.AnnotationRule.Keep.INSIDE) {
                wrongSide++; // nothing is annotated, so that nothing lies inside
                return Optional.empty();
            }
            return Optional.of(new Seen(share, Optional.empty()));
        }
        final PixelGrid grid = new PixelGrid(area.x(), area.y(), area.downsample(), area.width(), area.height());
        if (!rightSide(grid)) {
            wrongSide++;
            return Optional.empty();
        }
        return Optional.of(new Seen(share, label(grid)));
    }

    private boolean rightSide(final PixelGrid grid) {
        return switch (rule.keep()) {
            case ALL -> true;
            case INSIDE -> !rule.classes().isEmpty() && filter.keeps(annotations.orElseThrow(), grid);
            case OUTSIDE -> rule.classes().isEmpty() || filter.inside(annotations.orElseThrow(), grid) == 0;
        };
    }

    /** The class that covers most of a tile, and enough of it; of equals the first. */
    private Optional<String> label(final PixelGrid grid) {
        final double[] shares = annotations.orElseThrow().share(grid, rule.classes());
        int best = -1;
        for (int c = 0; c < shares.length; c++) {
            if (shares[c] > 0 && shares[c] >= rule.minShare() && (best < 0 || shares[c] > shares[best])) {
                best = c;
            }
        }
        return best < 0 ? Optional.empty() : Optional.of(rule.classes().get(best));
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
