package org.selfdiff.stages;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.TileGrid;
import org.selfdiff.imaging.tissue.TissueFinder;
import org.selfdiff.imaging.tissue.TissueMask;
import org.selfdiff.imaging.tissue.TissueSettings;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Lays a grid of tiles over pictures. Every picture and mask is decoded once, so that what cannot be read is known here
 * and not in the middle of a training; the result holds coordinates, no pixels. Its order is that of the pictures, then
 * of rows, then of columns.
 */
public final class CutTiles {

    private CutTiles() {}

    /** What happens when one picture cannot be used. */
    public enum OnFailure {
        /** The run ends with its error. */
        FAIL,
        /** The picture is left out, and the report says why. */
        SKIP_AND_REPORT
    }

    /**
     * What to cut.
     *
     * @param pictures the pictures with their masks
     * @param grid size, stride and border of the tiles
     * @param minTissue smallest share of tissue in a tile, 0 to 1; 0 keeps all and looks for none
     * @param grouping what may not be on both sides of a split
     * @param masksRequired whether a picture without a mask is an error
     * @param onFailure what happens when one picture cannot be used
     * @param limits for decoding
     */
    public record Request(
            PictureFiles pictures,
            TileGrid grid,
            double minTissue,
            Grouping grouping,
            boolean masksRequired,
            OnFailure onFailure,
            DecodeLimits limits) {}

    /**
     * What became of one picture.
     *
     * @param image the picture
     * @param mask its mask
     * @param group its group, empty if the picture failed
     * @param width in pixels, 0 if the picture could not be read
     * @param height in pixels, 0 if the picture could not be read
     * @param kept tiles in the result
     * @param dropped tiles of the grid with too little tissue
     * @param note why tiles were dropped, or what went wrong; empty if all is well
     * @param failed whether the picture could not be used
     */
    public record PictureReport(
            Path image,
            Optional<Path> mask,
            String group,
            int width,
            int height,
            int kept,
            int dropped,
            String note,
            boolean failed) {}

    /**
     * What was cut.
     *
     * @param tiles the tiles
     * @param report one entry for each picture, in order
     */
    public record Result(List<Tile> tiles, List<PictureReport> report) {}

    /**
     * Cuts.
     *
     * @throws RunFailed if there are no pictures, if one cannot be used (see {@link OnFailure}), or if none can
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        final List<PictureFiles.Entry> entries = request.pictures.list();
        final List<Tile> tiles = new ArrayList<>();
        final List<PictureReport> report = new ArrayList<>();
        final Pace pace = new Pace("pictures", 0, entries.size());
        RunFailed firstFailure = null;
        for (final PictureFiles.Entry entry : entries) {
            control.checkCancelled();
            try {
                report.add(cut(request, entry, tiles, control));
            } catch (final RunFailed e) {
                if (request.onFailure == OnFailure.FAIL) {
                    throw e;
                }
                firstFailure = firstFailure == null ? e : firstFailure;
                control.warn(e.getMessage());
                report.add(new PictureReport(entry.image(), entry.mask(), "", 0, 0, 0, 0, e.getMessage(), true));
            }
            control.progress((double) report.size() / entries.size(), pace.line(report.size()));
        }
        if (firstFailure != null && report.stream().allMatch(PictureReport::failed)) {
            throw new RunFailed(
                    "None of the " + report.size() + " pictures could be used; the first: " + firstFailure.what(),
                    firstFailure.where(),
                    firstFailure.remedy(),
                    firstFailure);
        }
        return new Result(List.copyOf(tiles), List.copyOf(report));
    }

    private static PictureReport cut(
            final Request request, final PictureFiles.Entry entry, final List<Tile> tiles, final RunControl control)
            throws RunFailed, RunCancelled {
        final Path image = entry.image();
        if (entry.mask().isEmpty() && request.masksRequired) {
            throw new RunFailed("The picture has no mask", image.toString(), entry.maskRemedy());
        }
        final String group = request.grouping.of(image);
        final Picture picture = Pictures.read(image, request.limits);
        if (entry.mask().isPresent()) {
            final Path mask = entry.mask().get();
            // read as foreground: whether its values are classes is for the step that knows the classes
            PictureCache.requireSameSize(
                    mask,
                    MaskCoding.foreground().read(mask, request.limits),
                    image.toString(),
                    picture.width(),
                    picture.height());
        }
        final int[] columns = request.grid.starts(picture.width());
        final int[] rows = request.grid.starts(picture.height());
        if (columns.length == 0 || rows.length == 0) {
            throw new RunFailed(
                    "The picture of " + picture.width() + " x " + picture.height()
                            + " pixels is smaller than a tile of " + request.grid.tile(),
                    image.toString(),
                    "Choose a smaller tile, or the border policy that pads by reflection.");
        }
        final List<Tile> kept = keep(request, entry, picture, group, control);
        tiles.addAll(kept);
        final int dropped = columns.length * rows.length - kept.size();
        final String note = dropped == 0 ? "" : dropped + " tiles with less tissue than " + request.minTissue;
        return new PictureReport(
                image, entry.mask(), group, picture.width(), picture.height(), kept.size(), dropped, note, false);
    }

    private static List<Tile> keep(
            final Request request,
            final PictureFiles.Entry entry,
            final Picture picture,
            final String group,
            final RunControl control)
            throws RunCancelled {
        final int side = request.grid.tile();
        final TissueMask tissue = request.minTissue > 0
                ? TissueFinder.find(picture, Double.NaN, TissueSettings.saturationOnly(), control)
                : null;
        final List<Tile> kept = new ArrayList<>();
        for (final int y : request.grid.starts(picture.height())) {
            for (final int x : request.grid.starts(picture.width())) {
                if (tissue == null || tissue.fraction(x, y, side, side) >= request.minTissue) {
                    kept.add(new Tile(entry.image(), entry.mask(), x, y, side, side, Double.NaN, group));
                }
            }
        }
        return kept;
    }
}
