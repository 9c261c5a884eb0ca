package org.selfdiff.stages.slides;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.Fingerprint;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileMask;
import org.selfdiff.run.RunFailed;

/** The note of a finished slide: its tiles and its report, as JSON. */
final class SlideNote {
    private SlideNote() {}

    /** A finished slide as text. */
    static String text(final CutSlide slide) {
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
        slide.tiles().stream()
                .findFirst()
                .ifPresent(tile -> json.addProperty("channels", tile.findings().channels()));
        slide.tiles().stream()
                .findFirst()
                .flatMap(tile -> tile.findings().files())
                .ifPresent(files -> json.addProperty("files", files.text()));
        json.addProperty("whole", true);
        return json.toString();
    }

    /**
     * Reads a note.
     *
     * @param entry the slide that it is of
     * @param rule what its annotations decide
     * @return empty if the text is no note of this release
     */
    static Optional<CutSlide> read(
            final String text, final PictureFiles.Entry entry, final CutTiles.AnnotationRule rule) {
        try {
            final JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            return json.has("whole") ? Optional.of(read(json, entry, rule)) : Optional.empty();
        } catch (final RuntimeException | RunFailed e) {
            return Optional.empty(); // not of our making, or of another release
        }
    }

    private static CutSlide read(
            final JsonObject json, final PictureFiles.Entry entry, final CutTiles.AnnotationRule rule)
            throws RunFailed {
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
        final int channels = json.has("channels") ? json.get("channels").getAsInt() : BatchSettings.COLOUR;
        final List<Tile> tiles = new ArrayList<>();
        json.getAsJsonArray("tiles")
                .forEach(row -> tiles.add(tile(row.getAsJsonArray(), entry, mask, group, file, channels)));
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
        final CutSlide slide = new CutSlide(report, tiles, Optional.empty(), true);
        return json.has("files") ? slide.of(Fingerprint.parse(json.get("files").getAsString(), "note")) : slide;
    }

    private static Tile tile(
            final JsonArray row,
            final PictureFiles.Entry entry,
            final Optional<TileMask> mask,
            final String group,
            final SlideReport.File file,
            final int channels) {
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
                        file.level(),
                        row.get(4).getAsDouble(),
                        row.get(5).getAsDouble(),
                        label,
                        Optional.empty(),
                        channels));
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
