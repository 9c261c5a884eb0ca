package org.selfdiff.stages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.FolderSwap;
import org.selfdiff.imaging.JpegEncoder;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Writes the pixels of tiles as picture files: a folder for every slide, which appears when all of its tiles are written,
 * with {@code tiles.csv} and, for tiles with a mask, the label maps. A slide whose folder is there already, with the same
 * tiles from the same files by the same settings, is left as it is, so that a run that was stopped goes on.
 */
public final class ExportTiles {
    private static final String TABLE = "tiles.csv";

    private static final String KEY = "tiles.sha256";

    private static final Pattern NAMES = Pattern.compile("tiles\\.(csv|sha256)|x\\d+_y\\d+(_label)?\\.(png|jpg)");

    /** Tiles that one task writes; neighbours share blocks of the file. */
    private static final int PART = 16;

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
     * @param threads how many, 0 for as many as there are processors
     */
    public record Request(
            List<Tile> tiles, Path folder, Format format, int quality, Optional<MaskCoding> labels, int threads) {

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
     * @param files of every tile of the request, in order
     * @param slides number of slides
     * @param reused how many of them were there already
     */
    public record Result(List<TileFiles> files, int slides, int reused) {}

    /** The tiles of one slide, their places in the request, and where they go. */
    private record Slide(Path folder, List<Tile> tiles, List<Integer> places) {}

    /**
     * Writes.
     *
     * @throws RunFailed if there are no tiles, if a slide or mask cannot be read, or a file cannot be written; the folders
     *     of slides that were finished stay
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        if (request.tiles.isEmpty()) {
            throw new RunFailed("There are no tiles", "table of tiles", "Check the node that makes the tiles.");
        }
        final List<Slide> slides = slides(request);
        final TileFiles[] files = new TileFiles[request.tiles.size()];
        final Pace pace = new Pace("tiles", 0, request.tiles.size());
        int reused = 0;
        long done = 0;
        try (PictureCache cache = PictureCache.standard()) {
            for (final Slide slide : slides) {
                reused +=
                        export(request, slide, cache, new Counting(control, pace, done, request.tiles.size())) ? 0 : 1;
                for (int i = 0; i < slide.tiles.size(); i++) {
                    files[slide.places.get(i)] = files(request, slide.folder, slide.tiles.get(i));
                }
                done += slide.tiles.size();
                control.progress((double) done / request.tiles.size(), pace.line(done));
            }
        }
        return new Result(List.of(files), slides.size(), reused);
    }

    /** Shows the tiles of all slides while one is written. */
    private record Counting(RunControl control, Pace pace, long before, long all) {
        void show(final int ofSlide) {
            control.progress((double) (before + ofSlide) / all, pace.line(before + ofSlide));
        }
    }

    /** Folders are named as the slides are; slides of one name from several folders are numbered. */
    private static List<Slide> slides(final Request request) throws RunFailed {
        final Map<Path, List<Integer>> bySlide = new LinkedHashMap<>();
        for (int i = 0; i < request.tiles.size(); i++) {
            bySlide.computeIfAbsent(request.tiles.get(i).image(), k -> new ArrayList<>())
                    .add(i);
        }
        final Map<String, Integer> names = new HashMap<>();
        final List<Slide> slides = new ArrayList<>();
        bySlide.forEach((image, places) -> {
            final String stem = Pictures.stem(image);
            final int number = names.merge(stem, 1, Integer::sum);
            slides.add(new Slide(
                    request.folder.resolve(number == 1 ? stem : stem + "-" + number),
                    places.stream().map(request.tiles::get).toList(),
                    places));
        });
        for (final Slide slide : slides) {
            requireDifferentNames(request, slide);
        }
        return slides;
    }

    private static void requireDifferentNames(final Request request, final Slide slide) throws RunFailed {
        final Set<Path> names = new HashSet<>();
        for (final Tile tile : slide.tiles) {
            if (!names.add(files(request, slide.folder, tile).picture)) {
                throw new RunFailed(
                        "Two tiles begin at the same pixel, and their files would have one name",
                        tile.place(),
                        "Remove repeated rows, and export tiles of different resolutions into different folders.");
            }
        }
    }

    /** Writes a slide's folder; false if it is there already. */
    private static boolean export(
            final Request request, final Slide slide, final PictureCache cache, final Counting counting)
            throws RunFailed, RunCancelled {
        final String key = TileFingerprint.of(slide.tiles, request.labels.isPresent(), counting.control) + "\n"
                + request.format + " " + (request.format == Format.JPEG ? request.quality : "") + " " + request.labels
                + "\n";
        if (holds(slide.folder.resolve(KEY), key)) {
            return false;
        }
        // the workers are closed before the folder, so that nobody writes into it when it is removed
        try (FolderSwap swap = FolderSwap.begin(
                        slide.folder, KEY, name -> NAMES.matcher(name).matches());
                Workers workers = request.threads > 0 ? new Workers(request.threads) : Workers.all()) {
            final Path into = swap.workspace();
            final int parts = (slide.tiles.size() + PART - 1) / PART;
            workers.<Integer>inOrder(
                    parts,
                    (part, control) -> {
                        final int last = Math.min(slide.tiles.size(), (part + 1) * PART);
                        for (final Tile tile : slide.tiles.subList(part * PART, last)) {
                            control.checkCancelled();
                            write(request, tile, files(request, into, tile), cache);
                        }
                        return last;
                    },
                    (part, last) -> counting.show(last),
                    counting.control);
            AtomicFile.write(into.resolve(TABLE), table(request, slide).getBytes(StandardCharsets.UTF_8));
            AtomicFile.write(into.resolve(KEY), key.getBytes(StandardCharsets.UTF_8));
            swap.commit();
        }
        return true;
    }

    private static boolean holds(final Path file, final String key) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) < 4096
                    && Files.readString(file).equals(key);
        } catch (final IOException e) {
            return false; // written anew
        }
    }

    private static void write(final Request request, final Tile tile, final TileFiles files, final PictureCache cache)
            throws RunFailed {
        final Picture pixels = cache.pixels(tile);
        AtomicFile.write(
                files.picture,
                request.format == Format.PNG
                        ? PngEncoder.picture(pixels)
                        : JpegEncoder.picture(pixels, request.quality));
        if (files.labels.isPresent()) {
            final MaskCoding coding = request.labels.orElseThrow();
            AtomicFile.write(files.labels.get(), PngEncoder.labels(cache.labels(tile, coding)));
        }
    }

    private static TileFiles files(final Request request, final Path folder, final Tile tile) {
        final String name = String.format(Locale.ROOT, "x%d_y%d", tile.x(), tile.y());
        final boolean labelled = request.labels.isPresent() && tile.mask().isPresent();
        return new TileFiles(
                folder.resolve(name + (request.format == Format.PNG ? ".png" : ".jpg")),
                labelled ? Optional.of(folder.resolve(name + "_label.png")) : Optional.empty());
    }

    private static String table(final Request request, final Slide slide) {
        final StringBuilder csv = new StringBuilder(
                "file,label_file,slide,level,mpp,downsample,x,y,width,height,tissue,sharpness,label,group\n");
        for (final Tile tile : slide.tiles) {
            final TileFiles files = files(request, slide.folder, tile);
            csv.append(String.join(
                            ",",
                            files.picture.getFileName().toString(),
                            files.labels.map(f -> f.getFileName().toString()).orElse(""),
                            quoted(tile.image().toString()),
                            Integer.toString(tile.findings().level()),
                            number(tile.area().mpp()),
                            number(tile.area().downsample()),
                            Integer.toString(tile.x()),
                            Integer.toString(tile.y()),
                            Integer.toString(tile.width()),
                            Integer.toString(tile.height()),
                            number(tile.findings().tissue()),
                            number(tile.findings().sharpness()),
                            quoted(tile.findings().label().orElse("")),
                            quoted(tile.group())))
                    .append('\n');
        }
        return csv.toString();
    }

    private static String number(final double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    private static String quoted(final String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
