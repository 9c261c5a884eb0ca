package org.selfdiff.stages.bags;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.draw.ColourMap;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.Setting;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.stages.slides.FolderNames;

/**
 * Draws what a network attended to: for each slide the attention of its tiles over an overview, the tiles with the most and
 * the least of it, and all of them as GeoJSON for QuPath. Slides come one after the other, in the order of their first
 * tiles.
 */
public final class DrawAttention {
    private static final int LEAST_SIDE = 128;

    private static final int LARGEST_SIDE = 16_384;

    private static final int MOST_SHOWN = 100;

    private DrawAttention() {}

    /**
     * What to draw.
     *
     * @param tiles of all slides
     * @param attention of each tile
     * @param folder where the files go; empty to write none
     * @param look how it is drawn
     * @param geoJson whether tiles are written for QuPath
     * @param onFailure what happens when a slide cannot be read
     */
    public record Request(
            List<Tile> tiles,
            double[] attention,
            Optional<Path> folder,
            Look look,
            boolean geoJson,
            CutTiles.OnFailure onFailure) {

        /** Copies the list. */
        public Request {
            tiles = List.copyOf(tiles);
        }
    }

    /**
     * How it is drawn.
     *
     * @param scale from attention to 0 to 1, slide by slide
     * @param colours of 0 to 1
     * @param strength of the colours over the slide, 0 to 1
     * @param side longest side of the overview in pixels, 128 to 16,384
     * @param shown how many tiles with the most, and how many with the least attention are shown, 0 to 100
     * @param outlined classes of the annotations whose outlines are drawn; none for no outlines
     */
    public record Look(
            AttentionScale scale, ColourMap colours, double strength, int side, int shown, List<String> outlined) {}

    /**
     * A tile that is shown.
     *
     * @param row its number in the request
     * @param top whether it is one of those with the most attention, else with the least
     * @param place 1 for the very most or least
     * @param scaled its attention, 0 to 1
     * @param png its pixels
     */
    public record Shown(int row, boolean top, int place, double scaled, byte[] png) {}

    /**
     * The drawings of a slide.
     *
     * @param heatmap PNG of the overview with attention and legend
     * @param top PNG of the tiles with the most attention, the first one first; empty if none are shown
     * @param bottom PNG of those with the least
     * @param shown all of these tiles
     * @param heatmapFile where the heatmap was written
     * @param topFile where the top tiles were written
     * @param bottomFile where the bottom tiles were written
     * @param geoJsonFile where the tiles were written for QuPath
     */
    public record Drawing(
            byte[] heatmap,
            Optional<byte[]> top,
            Optional<byte[]> bottom,
            List<Shown> shown,
            Optional<Path> heatmapFile,
            Optional<Path> topFile,
            Optional<Path> bottomFile,
            Optional<Path> geoJsonFile) {}

    /**
     * What became of a slide.
     *
     * @param image the slide
     * @param group its patient
     * @param tiles how many
     * @param least attention of a tile
     * @param most attention of a tile
     * @param drawing empty if the slide cannot be read
     * @param note why; empty if all is well
     */
    public record Drawn(
            Path image, String group, int tiles, double least, double most, Optional<Drawing> drawing, String note) {}

    /** Takes slides, in order. */
    @FunctionalInterface
    public interface Receiver {
        /** Takes one. */
        void take(Drawn drawn) throws RunFailed, RunCancelled;
    }

    /**
     * Draws.
     *
     * @return number of slides
     * @throws RunFailed if there are no tiles, a number is not finite or a setting is out of range; if a file cannot be
     *     written, no slide can be read, or one cannot and that is to end the run
     */
    public static int run(final Request request, final Receiver receiver, final RunControl control)
            throws RunFailed, RunCancelled {
        final Look look = request.look;
        Setting.check("strength of the colours", look.strength, 0, 1);
        Setting.check("longest side", look.side, LEAST_SIDE, LARGEST_SIDE);
        Setting.check("number of tiles shown", look.shown, 0, MOST_SHOWN);
        if (request.tiles.isEmpty()) {
            throw new RunFailed("There are no tiles", "table of tiles", "Check the node that makes the tiles.");
        }
        final List<AttentionOfSlide> slides = slides(request);
        final Map<Path, String> names =
                FolderNames.of(slides.stream().map(AttentionOfSlide::image).toList());
        final Pace pace = new Pace("slides", 0, slides.size());
        final int[] failed = new int[1];
        try (PictureCache cache = PictureCache.standard();
                Workers workers = Workers.all()) {
            workers.<Outcome>inOrder(
                    slides.size(),
                    (i, c) -> {
                        final AttentionOfSlide slide = slides.get(i);
                        final double share = (double) i / slides.size();
                        try {
                            return new Outcome(
                                    slide.drawn(
                                            Optional.of(slide.draw(
                                                    request, names.get(slide.image()), cache, c.part(share, share))),
                                            ""),
                                    Optional.empty());
                        } catch (final RunFailed e) {
                            return new Outcome(slide.drawn(Optional.empty(), e.getMessage()), Optional.of(e));
                        }
                    },
                    (i, outcome) -> {
                        if (outcome.failure.isPresent()) {
                            failed[0]++;
                            if (request.onFailure == CutTiles.OnFailure.FAIL || failed[0] == slides.size()) {
                                throw outcome.failure.get();
                            }
                            control.warn(outcome.failure.get().getMessage());
                        }
                        receiver.take(outcome.drawn);
                        control.progress((i + 1.0) / slides.size(), pace.line(i + 1));
                    },
                    control);
        }
        return slides.size();
    }

    /**
     * What became of a slide, and why.
     *
     * @param drawn for the receiver
     * @param failure why it has no drawing
     */
    private record Outcome(Drawn drawn, Optional<RunFailed> failure) {}

    /**
     * Numbers of the tiles that will be shown, by slide.
     *
     * @throws RunFailed if a number is not finite
     */
    public static List<Integer> shownRows(final Request request) throws RunFailed {
        final List<Integer> rows = new ArrayList<>();
        for (final AttentionOfSlide slide : slides(request)) {
            slide.chosen(request.look.shown).forEach(chosen -> rows.add(slide.rows()[chosen.tile()]));
        }
        return rows;
    }

    private static List<AttentionOfSlide> slides(final Request request) throws RunFailed {
        final Map<Path, List<Integer>> rows = new LinkedHashMap<>();
        final Map<Path, Integer> notFinite = new HashMap<>();
        for (int i = 0; i < request.tiles.size(); i++) {
            final Path image = request.tiles.get(i).image();
            rows.computeIfAbsent(image, k -> new ArrayList<>()).add(i);
            if (!Double.isFinite(request.attention[i])) {
                notFinite.putIfAbsent(image, i);
            }
        }
        if (!notFinite.isEmpty()) {
            final int row = notFinite.values().stream()
                    .mapToInt(Integer::intValue)
                    .min()
                    .getAsInt();
            throw new RunFailed(
                    "The attention of a tile is "
                            + String.format(Locale.ROOT, "%s", request.attention[row])
                            + (notFinite.size() > 1
                                    ? ", and so it is in " + (notFinite.size() - 1) + " more slides"
                                    : ""),
                    request.tiles.get(row).place() + ", row " + (row + 1),
                    "Check the embeddings of the slide and the model, or filter such rows out.");
        }
        final List<AttentionOfSlide> slides = new ArrayList<>();
        rows.values().forEach(of -> slides.add(AttentionOfSlide.of(request, of)));
        return slides;
    }
}
