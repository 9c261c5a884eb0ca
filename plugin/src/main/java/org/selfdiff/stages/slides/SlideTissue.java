package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.draw.TileOutlines;
import org.selfdiff.imaging.grid.AreaAverage;
import org.selfdiff.imaging.grid.ScaledReader;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.imaging.tissue.TissueFinder;
import org.selfdiff.imaging.tissue.TissueMask;
import org.selfdiff.imaging.tissue.TissueOverview;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * The tissue of one slide, found once on an overview of it.
 *
 * @param view the overview
 * @param downsample pixels of level 0 along the side of a pixel of the overview
 * @param mask what was found
 * @param minShare smallest share of tissue in a tile that is kept
 */
record SlideTissue(Picture view, double downsample, TissueMask mask, double minShare) {
    /** Longest side of the overview that tissue is looked for on. */
    private static final int LOOKED_AT = 2048;

    /** A finer overview shows cells, not tissue; micrometres a pixel. */
    private static final double FINEST_UM = 4;

    /** Longest side of the picture in the report. */
    private static final int SHOWN = 1024;

    private static final double TINT = 0.35;

    /** Looks for tissue, or reads the mask that is given; empty where the rule does not ask for it. */
    static Optional<SlideTissue> of(
            final CutTiles.Request request, final PictureSource source, final double mpp, final RunControl control)
            throws RunFailed, RunCancelled {
        final CutTiles.TissueRule rule = request.tissue();
        final boolean slide = source.levels() > 1 || source.level(0).mpp() > 0;
        if (rule.where() == CutTiles.TissueRule.Where.NOWHERE
                || rule.where() == CutTiles.TissueRule.Where.SLIDES && !slide) {
            return Optional.empty();
        }
        final double downsample = downsample(source, mpp);
        final Picture view = new ScaledReader(source, downsample).whole(control);
        final double viewMpp = mpp * downsample;
        if (rule.masks().isEmpty()) {
            final TissueMask mask = TissueFinder.find(view, viewMpp, rule.settings(), control);
            return Optional.of(new SlideTissue(view, downsample, mask, rule.minShare()));
        }
        final Path file = given(rule.masks().get(), source);
        final TissueMask mask = TissueMask.of(
                Masks.read(file, MaskCoding.foreground(), request.limits()),
                file.toString(),
                view.width(),
                view.height(),
                viewMpp);
        return Optional.of(new SlideTissue(view, downsample, mask, rule.minShare()));
    }

    private static double downsample(final PictureSource source, final double mpp) {
        final double longest = Math.max(source.level(0).width(), source.level(0).height());
        final double byCells = mpp > 0 ? FINEST_UM / mpp : 1;
        return Math.max(1, Math.max(longest / LOOKED_AT, byCells));
    }

    private static Path given(final Path folder, final PictureSource source) throws RunFailed {
        final String stem = Pictures.stem(Path.of(source.name()));
        final Optional<Path> found = Pictures.named(folder, stem);
        if (found.isEmpty()) {
            throw new RunFailed(
                    "The slide has no tissue mask",
                    source.name(),
                    "Add " + folder.resolve(stem) + ".png, or let the node find the tissue.");
        }
        return found.get();
    }

    /** Share of tissue in a tile, 0 to 1. */
    double share(final Tile.Area area) {
        return mask.fraction(
                area.x() / downsample,
                area.y() / downsample,
                area.width() * area.downsample() / downsample,
                area.height() * area.downsample() / downsample);
    }

    /** For the report. */
    SlideReport.Tissue found() {
        return new SlideReport.Tissue(mask.share(), mask.areaMm2());
    }

    /** An overview with tissue, if it was looked for, and the tiles that are kept, as a PNG file. */
    static byte[] overview(
            final Optional<SlideTissue> tissue,
            final PictureSource source,
            final List<Tile> tiles,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final double longest = Math.max(source.level(0).width(), source.level(0).height());
        final double least = Math.max(1, longest / SHOWN);
        final Picture picture;
        final double downsample;
        if (tissue.isPresent()) {
            final SlideTissue t = tissue.get();
            final double further = Math.max(1, least / t.downsample);
            final int thickness = (int) Math.max(1, Math.round(further));
            picture = AreaAverage.shrink(TissueOverview.draw(t.view, t.mask, thickness, TINT), further);
            downsample = t.downsample * further;
        } else {
            picture = new ScaledReader(source, least).whole(control);
            downsample = least;
        }
        final List<TileOutlines.Box> boxes = tiles.stream()
                .map(tile -> new TileOutlines.Box(
                        tile.x() / downsample,
                        tile.y() / downsample,
                        tile.width() * tile.area().downsample() / downsample,
                        tile.height() * tile.area().downsample() / downsample))
                .toList();
        return PngEncoder.picture(TileOutlines.draw(picture, boxes));
    }
}
