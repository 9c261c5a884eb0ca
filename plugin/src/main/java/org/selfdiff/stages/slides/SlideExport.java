package org.selfdiff.stages.slides;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.FolderSwap;
import org.selfdiff.imaging.JpegEncoder;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.TileFingerprint;

/**
 * The folder of one slide that {@link ExportTiles} writes: it appears when all of its tiles are written.
 *
 * @param request what is asked for of all slides
 * @param folder where the tiles go
 * @param tiles of the slide
 * @param places of the tiles in the request
 */
record SlideExport(ExportTiles.Request request, Path folder, List<Tile> tiles, List<Integer> places) {
    /** Largest grey value of 16 bits. */
    private static final int MOST_LABEL = 0xffff;

    private static final String TABLE = "tiles.csv";

    private static final String KEY = "tiles.sha256";

    private static final Pattern NAMES =
            Pattern.compile("tiles\\.(csv|sha256|written)|x\\d+_y\\d+(_label)?\\.(png|jpg)");

    /** Tiles that one task writes; neighbours share blocks of the file. */
    private static final int PART = 16;

    /**
     * What became of the slide.
     *
     * @param reused whether its folder was there already
     * @param unreadable why it is left out
     */
    record Outcome(boolean reused, Optional<RunFailed> unreadable) {}

    /**
     * What became of a part of the tiles.
     *
     * @param last how many tiles of the slide end with it
     * @param unreadable why a tile could not be read
     */
    private record Part(int last, Optional<RunFailed> unreadable) {}

    /** Refuses tiles whose files would have one name. */
    void requireDifferentNames() throws RunFailed {
        final Set<Path> names = new HashSet<>();
        for (final Tile tile : tiles) {
            if (!names.add(files(tile).picture())) {
                throw new RunFailed(
                        "Two tiles begin at the same pixel, and their files would have one name",
                        tile.place(),
                        "Remove repeated rows, and export tiles of different resolutions into different folders.");
            }
        }
    }

    /**
     * Writes the folder, unless it is there already or the slide cannot be read and is left out.
     *
     * @param written told how many tiles are written
     */
    Outcome write(final PictureCache cache, final IntConsumer written, final RunControl control)
            throws RunFailed, RunCancelled {
        final String key;
        try {
            key = key(control);
        } catch (final RunFailed e) {
            return leftOut(e);
        }
        final Optional<WrittenFiles> there = WrittenFiles.of(folder);
        if (holds(folder.resolve(KEY), key) && (there.isEmpty() || there.get().complete(folder))) {
            return new Outcome(true, Optional.empty());
        }
        if (there.isPresent()) {
            requireAsWritten(there.get());
        }
        final WrittenFiles files = new WrittenFiles();
        // the workers are closed before the folder, so that nobody writes into it when it is removed
        try (FolderSwap swap = FolderSwap.begin(
                        folder, KEY, name -> NAMES.matcher(name).matches());
                Workers workers = request.threads() > 0 ? new Workers(request.threads()) : Workers.all()) {
            final Path into = swap.workspace();
            final Optional<RunFailed> unreadable = write(into, files, cache, workers, written, control);
            if (unreadable.isPresent()) {
                return leftOut(unreadable.get());
            }
            AtomicFile.write(into.resolve(TABLE), TileCsv.of(this).getBytes(StandardCharsets.UTF_8));
            AtomicFile.write(into.resolve(WrittenFiles.NAME), files.bytes());
            AtomicFile.write(into.resolve(KEY), key.getBytes(StandardCharsets.UTF_8));
            swap.commit();
        }
        return new Outcome(false, Optional.empty());
    }

    /** A label map that somebody has corrected is not to be had again. */
    private void requireAsWritten(final WrittenFiles files) throws RunFailed {
        final Optional<Path> changed;
        try {
            changed = files.changed(folder);
        } catch (final IOException e) {
            throw new RunFailed(
                    "The tiles that are there already cannot be read: " + e,
                    folder.toString(),
                    "Check that you may read them, or export into another folder.",
                    e);
        }
        if (changed.isPresent()) {
            throw new RunFailed(
                    "The file was changed since it was exported, and would be overwritten",
                    changed.get().toString(),
                    "Export into another folder, or move the changed files away.");
        }
    }

    private Outcome leftOut(final RunFailed e) throws RunFailed {
        if (request.onFailure() == CutTiles.OnFailure.FAIL) {
            throw e;
        }
        return new Outcome(false, Optional.of(e));
    }

    private String key(final RunControl control) throws RunFailed, RunCancelled {
        final boolean labels = request.labels().isPresent();
        final boolean jpeg = request.format() == ExportTiles.Format.JPEG;
        return TileFingerprint.of(tiles, labels, control) + "\n" + request.format() + " "
                + (jpeg ? request.quality() : "") + " " + request.labels() + "\n";
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

    /** Writes all tiles; gives back why the first of those that cannot be read cannot, whatever the threads do. */
    private Optional<RunFailed> write(
            final Path into,
            final WrittenFiles files,
            final PictureCache cache,
            final Workers workers,
            final IntConsumer written,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final AtomicInteger firstFailed = new AtomicInteger(Integer.MAX_VALUE); // what comes after it is not read
        final List<RunFailed> unreadable = new ArrayList<>();
        workers.<Part>inOrder(
                (tiles.size() + PART - 1) / PART,
                (part, c) -> {
                    final int last = Math.min(tiles.size(), (part + 1) * PART);
                    for (int i = part * PART; i < last && part < firstFailed.get(); i++) {
                        c.checkCancelled();
                        final Optional<RunFailed> failure = write(into, files, tiles.get(i), cache, c);
                        if (failure.isPresent()) {
                            firstFailed.accumulateAndGet(part, Math::min);
                            return new Part(last, failure);
                        }
                    }
                    return new Part(last, Optional.empty());
                },
                (index, part) -> {
                    part.unreadable.ifPresent(unreadable::add);
                    written.accept(part.last);
                },
                control);
        return unreadable.stream().findFirst();
    }

    /** Writes one tile; gives back why it cannot be read. That it cannot be written always ends the run. */
    private Optional<RunFailed> write(
            final Path into,
            final WrittenFiles written,
            final Tile tile,
            final PictureCache cache,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final ExportTiles.TileFiles files = files(into, tile);
        final Picture pixels;
        final Optional<LabelMap> labels;
        try {
            pixels = cache.pixels(tile, control);
            labels = files.labels().isPresent()
                    ? Optional.of(storable(cache.labels(tile, request.labels().orElseThrow(), control), tile))
                    : Optional.empty();
        } catch (final RunFailed e) {
            return Optional.of(e);
        }
        save(
                files.picture(),
                request.format() == ExportTiles.Format.PNG
                        ? PngEncoder.picture(pixels)
                        : JpegEncoder.picture(pixels, request.quality()),
                written);
        if (labels.isPresent()) {
            save(files.labels().orElseThrow(), PngEncoder.labels(labels.get()), written);
        }
        return Optional.empty();
    }

    /** Refuses labels that a label map in PNG cannot hold. */
    private static LabelMap storable(final LabelMap labels, final Tile tile) throws RunFailed {
        if (labels.max() > MOST_LABEL) {
            throw new RunFailed(
                    "The mask holds the label " + labels.max() + ", and a label map holds labels up to " + MOST_LABEL,
                    tile.mask().orElseThrow().file() + ", " + tile.place(),
                    "Number the objects from 1 up, or choose that any non-zero pixel is foreground.");
        }
        return labels;
    }

    private static void save(final Path file, final byte[] content, final WrittenFiles written) throws RunFailed {
        AtomicFile.write(file, content);
        written.add(file, content);
    }

    /**
     * How the table names the slide: relative to the table where both lie side by side, in a workflow for instance, so that
     * they may be moved together.
     */
    String name(final Path image) {
        final Path beside = request.folder().toAbsolutePath().normalize().getParent();
        final Path absolute = image.toAbsolutePath().normalize();
        return beside != null && beside.getParent() != null && absolute.startsWith(beside)
                ? folder.toAbsolutePath()
                        .normalize()
                        .relativize(absolute)
                        .toString()
                        .replace(File.separatorChar, '/')
                : image.toString();
    }

    /** The files of a tile of this slide. */
    ExportTiles.TileFiles files(final Tile tile) {
        return files(folder, tile);
    }

    private ExportTiles.TileFiles files(final Path into, final Tile tile) {
        final String name = String.format(Locale.ROOT, "x%d_y%d", tile.x(), tile.y());
        final boolean labelled = request.labels().isPresent() && tile.mask().isPresent();
        return new ExportTiles.TileFiles(
                into.resolve(name + (request.format() == ExportTiles.Format.PNG ? ".png" : ".jpg")),
                labelled ? Optional.of(into.resolve(name + "_label.png")) : Optional.empty());
    }
}
