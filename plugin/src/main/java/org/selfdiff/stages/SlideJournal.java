package org.selfdiff.stages;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileMask;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunFailed;

/**
 * Notes of finished slides, one file each, so that a run over thousands of slides that was stopped goes on where it was.
 * A note counts only for the same settings and the same files, by length and time of change; one that cannot be read
 * counts as absent, and the slide is cut again.
 */
final class SlideJournal {
    private static final long LARGEST = 1L << 30;

    private final Path folder;

    private final String settings;

    private final CutTiles.AnnotationRule rule;

    private final Optional<Path> tissueMasks;

    private SlideJournal(
            final Path folder,
            final String settings,
            final CutTiles.AnnotationRule rule,
            final Optional<Path> tissueMasks) {
        this.folder = folder;
        this.settings = settings;
        this.rule = rule;
        this.tissueMasks = tissueMasks;
    }

    /** A journal in a folder, which is made if it is absent. */
    static SlideJournal in(final Path folder, final CutTiles.Request request, final CutTiles.AnnotationRule rule)
            throws RunFailed {
        try {
            Files.createDirectories(folder);
        } catch (final IOException e) {
            throw new RunFailed(
                    "The folder for finished slides cannot be made: " + e.getMessage(),
                    folder.toString(),
                    "Choose a folder that you may write to.",
                    e);
        }
        final String settings = String.join(
                "\n",
                request.reading().toString(),
                request.grid().toString(),
                request.tissue().toString(),
                rule.toString(),
                Double.toString(request.minSharpness()),
                request.grouping().toString(),
                Boolean.toString(request.overviews()));
        return new SlideJournal(folder, settings, rule, request.tissue().masks());
    }

    /** The note of a slide. */
    Optional<CutSlide> find(final PictureFiles.Entry entry) {
        try {
            final Path file = file(entry);
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            final JsonObject json =
                    JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            return json.has("whole") ? Optional.of(read(json, entry)) : Optional.empty();
        } catch (final IOException | RuntimeException e) {
            return Optional.empty(); // not of our making, or of another release
        }
    }

    /** Notes a finished slide. */
    void note(final PictureFiles.Entry entry, final CutSlide slide) throws RunFailed {
        try {
            AtomicFile.write(file(entry), write(slide).toString().getBytes(StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new RunFailed(
                    "The note of " + entry.image().getFileName() + " cannot be written: " + e.getMessage(),
                    folder.toString(),
                    "Choose another folder for finished slides, or make room in it.",
                    e);
        }
    }

    /** Named by the slide, by a hash of its path and of all that decides about the outcome. */
    private Path file(final PictureFiles.Entry entry) throws IOException {
        long key = SeededRandom.mix(SeededRandom.mix(settings), SeededRandom.mix(state(entry.image()) + entry.group()));
        if (entry.mask().isPresent()) {
            key = SeededRandom.mix(key, SeededRandom.mix(state(entry.mask().get())));
        }
        if (tissueMasks.isPresent()) {
            final Optional<Path> given = Pictures.named(tissueMasks.get(), Pictures.stem(entry.image()));
            key = SeededRandom.mix(key, SeededRandom.mix(given.isPresent() ? state(given.get()) : ""));
        }
        return folder.resolve(Pictures.stem(entry.image()) + "-" + String.format("%016x", key) + ".json");
    }

    private static String state(final Path file) throws IOException {
        return file.toAbsolutePath().normalize() + "\n" + Files.size(file) + "\n"
                + Files.getLastModifiedTime(file).toMillis();
    }

    private static JsonObject write(final CutSlide slide) {
        final SlideReport report = slide.report();
        final SlideReport.File file = report.slide().orElseThrow();
        final JsonObject json = new JsonObject();
        json.addProperty("group", report.group());
        json.addProperty("format", file.format());
        json.addProperty("decoder", file.decoder());
        json.add("sizes", numbers(file.width(), file.height(), file.levels(), file.level()));
        json.add("scales", numbers(file.mpp(), file.magnification(), file.downsample(), file.tileMpp()));
        report.tissue().ifPresent(t -> json.add("tissue", numbers(t.share(), t.mm2())));
        json.add(
                "dropped",
                numbers(
                        report.dropped().tissue(),
                        report.dropped().annotations(),
                        report.dropped().sharpness()));
        json.addProperty("note", report.note());
        report.overview()
                .ifPresent(
                        png -> json.addProperty("overview", Base64.getEncoder().encodeToString(png)));
        final JsonArray tiles = new JsonArray();
        for (final Tile tile : slide.tiles()) {
            final JsonArray row = numbers(
                    tile.x(),
                    tile.y(),
                    tile.width(),
                    tile.height(),
                    tile.findings().tissue(),
                    tile.findings().sharpness());
            tile.findings().label().ifPresent(row::add);
            tiles.add(row);
        }
        json.add("tiles", tiles);
        json.addProperty("whole", true);
        return json;
    }

    private CutSlide read(final JsonObject json, final PictureFiles.Entry entry) {
        final JsonArray sizes = json.getAsJsonArray("sizes");
        final JsonArray scales = json.getAsJsonArray("scales");
        final SlideReport.File file = new SlideReport.File(
                json.get("format").getAsString(),
                json.get("decoder").getAsString(),
                sizes.get(0).getAsLong(),
                sizes.get(1).getAsLong(),
                sizes.get(2).getAsInt(),
                scales.get(0).getAsDouble(),
                scales.get(1).getAsDouble(),
                sizes.get(3).getAsInt(),
                scales.get(2).getAsDouble(),
                scales.get(3).getAsDouble());
        final String group = json.get("group").getAsString();
        final Optional<TileMask> mask = entry.mask().map(rule::mask);
        final List<Tile> tiles = new ArrayList<>();
        json.getAsJsonArray("tiles").forEach(row -> tiles.add(tile(row.getAsJsonArray(), entry, mask, group, file)));
        final JsonArray dropped = json.getAsJsonArray("dropped");
        final JsonArray tissue = json.getAsJsonArray("tissue");
        final SlideReport report = new SlideReport(
                entry.image(),
                entry.mask(),
                group,
                Optional.of(file),
                tissue == null
                        ? Optional.empty()
                        : Optional.of(new SlideReport.Tissue(
                                tissue.get(0).getAsDouble(), tissue.get(1).getAsDouble())),
                tiles.size(),
                new SlideReport.Dropped(
                        dropped.get(0).getAsInt(),
                        dropped.get(1).getAsInt(),
                        dropped.get(2).getAsInt()),
                json.get("note").getAsString(),
                false,
                json.has("overview")
                        ? Optional.of(
                                Base64.getDecoder().decode(json.get("overview").getAsString()))
                        : Optional.empty());
        return new CutSlide(report, tiles, Optional.empty());
    }

    private static Tile tile(
            final JsonArray row,
            final PictureFiles.Entry entry,
            final Optional<TileMask> mask,
            final String group,
            final SlideReport.File file) {
        final Tile.Area area = new Tile.Area(
                row.get(0).getAsInt(),
                row.get(1).getAsInt(),
                row.get(2).getAsInt(),
                row.get(3).getAsInt(),
                file.downsample(),
                file.tileMpp());
        final Optional<String> label = row.size() > 6 ? Optional.of(row.get(6).getAsString()) : Optional.empty();
        return new Tile(
                entry.image(),
                area,
                mask,
                group,
                Optional.empty(),
                new Tile.Findings(
                        file.level(), row.get(4).getAsDouble(), row.get(5).getAsDouble(), label));
    }

    /** Numbers as texts, because JSON knows no {@code NaN}; reading them as numbers gives the same bits. */
    private static JsonArray numbers(final double... values) {
        final JsonArray array = new JsonArray();
        for (final double value : values) {
            array.add(
                    value == Math.rint(value) && Math.abs(value) < 1e15
                            ? new JsonPrimitive((long) value)
                            : new JsonPrimitive(Double.toString(value)));
        }
        return array;
    }
}
