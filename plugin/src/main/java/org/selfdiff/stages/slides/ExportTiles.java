package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Writes the pixels of tiles as picture files: a folder for every slide, which appears when all of its tiles are written,
 * with {@code tiles.csv} and, for tiles with a mask, the label maps. A slide whose folder is there already, with the same
 * tiles from the same files by the same settings, is left as it is, so that a run that was stopped goes on. A slide that
 * cannot be read ends the run, or is left out.
 */
public final class ExportTiles {
    private ExportTiles() {}

    /** The format of the pictures; label maps are PNG always. */
    public enum Format {
        /** Without loss. */
        PNG,
        /** Smaller, with loss. */
        JPEG
    }

    /**
     * What to write.
     *
     * @param tiles the tiles
     * @param folder where the slides' folders go
     * @param format of the pictures
     * @param quality of JPEG, 1 to 100
     * @param labels how masks are read; empty if no label maps are wanted
     * @param onFailure what happens when a slide or its mask cannot be read
     * @param threads how many, 0 for as many as there are processors
     */
    public record Request(
            List<Tile> tiles,
            Path folder,
            Format format,
            int quality,
            Optional<MaskCoding> labels,
            CutTiles.OnFailure onFailure,
            int threads) {

        /** Copies the list. */
        public Request {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * The files of one tile.
     *
     * @param picture its pixels
     * @param labels its label map
     */
    public record TileFiles(Path picture, Optional<Path> labels) {}

    /**
     * What was written.
     *
     * @param files of every tile of the request, in order; empty for tiles of slides that cannot be read
     * @param slides number of slides
     * @param reused how many of them were there already
     * @param unreadable how many of them were left out
     */
    public record Result(List<Optional<TileFiles>> files, int slides, int reused, int unreadable) {}

    /**
     * Writes.
     *
     * @throws RunFailed if there are no tiles, if a file cannot be written, if no slide can be read, or one cannot and that
     *     is to end the run; the folders of slides that were finished stay
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        if (request.tiles.isEmpty()) {
            throw new RunFailed("There are no tiles", "table of tiles", "Check the node that makes the tiles.");
        }
        final List<SlideExport> slides = slides(request);
        final List<Optional<TileFiles>> files =
                new ArrayList<>(Collections.nCopies(request.tiles.size(), Optional.empty()));
        final Pace pace = new Pace("tiles", 0, request.tiles.size());
        int reused = 0;
        int unreadable = 0;
        long done = 0;
        try (PictureCache cache = PictureCache.standard()) {
            for (final SlideExport slide : slides) {
                final double share = (double) done / request.tiles.size();
                final SlideExport.Outcome outcome = slide.write(
                        cache, shown(pace, done, request.tiles.size(), control), control.part(share, share));
                reused += outcome.reused() ? 1 : 0;
                if (outcome.unreadable().isEmpty()) {
                    slide.places().forEach(i -> files.set(i, Optional.of(slide.files(request.tiles.get(i)))));
                } else if (++unreadable == slides.size()) {
                    throw outcome.unreadable().get();
                } else {
                    control.warn(outcome.unreadable().get().getMessage());
                }
                done += slide.tiles().size();
                control.progress((double) done / request.tiles.size(), pace.line(done));
            }
        }
        return new Result(List.copyOf(files), slides.size(), reused, unreadable);
    }

    /** Shows the tiles of all slides while one is written. */
    private static IntConsumer shown(final Pace pace, final long before, final long all, final RunControl control) {
        return ofSlide -> control.progress((double) (before + ofSlide) / all, pace.line(before + ofSlide));
    }

    private static List<SlideExport> slides(final Request request) throws RunFailed {
        final Map<Path, List<Integer>> bySlide = new LinkedHashMap<>();
        for (int i = 0; i < request.tiles.size(); i++) {
            bySlide.computeIfAbsent(request.tiles.get(i).image(), k -> new ArrayList<>())
                    .add(i);
        }
        final Map<Path, String> names = FolderNames.of(bySlide.keySet());
        final List<SlideExport> slides = new ArrayList<>();
        bySlide.forEach((image, places) -> slides.add(new SlideExport(
                request,
                request.folder.resolve(names.get(image)),
                places.stream().map(request.tiles::get).toList(),
                places)));
        for (final SlideExport slide : slides) {
            slide.requireDifferentNames();
        }
        return slides;
    }
}
