package org.selfdiff.stages.bags;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.annotation.AnnotationFiles;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.annotation.Bounds;
import org.selfdiff.imaging.annotation.FaultyPolygons;
import org.selfdiff.imaging.annotation.Polygon;
import org.selfdiff.imaging.annotation.Region;
import org.selfdiff.imaging.annotation.Ring;
import org.selfdiff.imaging.annotation.TileGeoJson;
import org.selfdiff.imaging.draw.HeatMap;
import org.selfdiff.imaging.draw.Montage;
import org.selfdiff.imaging.draw.TileOutlines;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * One slide with the attention that its tiles got.
 *
 * @param tiles of the slide
 * @param rows numbers of the tiles in the request
 * @param attention of the tiles
 * @param scaled the same from 0 to 1
 */
record AttentionOfSlide(List<Tile> tiles, int[] rows, double[] attention, double[] scaled) {
    private static final int COLUMNS = 6;

    /**
     * A tile that is shown.
     *
     * @param tile its number in the slide
     * @param top whether it is one of the most, else of the least
     * @param place from 1
     */
    record Chosen(int tile, boolean top, int place) {}

    static AttentionOfSlide of(final DrawAttention.Request request, final List<Integer> rows) {
        final double[] attention =
                rows.stream().mapToDouble(row -> request.attention()[row]).toArray();
        return new AttentionOfSlide(
                rows.stream().map(request.tiles()::get).toList(),
                rows.stream().mapToInt(Integer::intValue).toArray(),
                attention,
                request.look().scale().scaled(attention));
    }

    Path image() {
        return tiles.get(0).image();
    }

    /** The tiles with the most attention, then those with the least, none twice; of equals, the first one counts more. */
    List<Chosen> chosen(final int each) {
        final int[] order = IntStream.range(0, attention.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -attention[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        final List<Chosen> chosen = new ArrayList<>();
        final int top = Math.min(each, order.length);
        for (int i = 0; i < top; i++) {
            chosen.add(new Chosen(order[i], true, i + 1));
        }
        for (int i = 0; i < Math.min(each, order.length - top); i++) {
            chosen.add(new Chosen(order[order.length - 1 - i], false, i + 1));
        }
        return chosen;
    }

    DrawAttention.Drawn drawn(final Optional<DrawAttention.Drawing> drawing, final String note) {
        return new DrawAttention.Drawn(
                image(),
                tiles.get(0).group(),
                tiles.size(),
                Arrays.stream(attention).min().getAsDouble(),
                Arrays.stream(attention).max().getAsDouble(),
                drawing,
                note);
    }

    DrawAttention.Drawing draw(
            final DrawAttention.Request request, final String name, final PictureCache cache, final RunControl control)
            throws RunFailed, RunCancelled {
        final DrawAttention.Look look = request.look();
        final List<DrawAttention.Shown> shown = new ArrayList<>();
        final List<Picture> top = new ArrayList<>();
        final List<Picture> bottom = new ArrayList<>();
        final List<String> topCaptions = new ArrayList<>();
        final List<String> bottomCaptions = new ArrayList<>();
        for (final Chosen c : chosen(look.shown())) {
            control.checkCancelled();
            final Picture pixels = cache.pixels(tiles.get(c.tile), control);
            (c.top ? top : bottom).add(pixels);
            (c.top ? topCaptions : bottomCaptions).add(number(attention[c.tile]));
            shown.add(
                    new DrawAttention.Shown(rows[c.tile], c.top, c.place, scaled[c.tile], PngEncoder.picture(pixels)));
        }
        final byte[] heatmap = heatmap(look, cache, control);
        final Optional<byte[]> tops = montage(top, topCaptions);
        final Optional<byte[]> bottoms = montage(bottom, bottomCaptions);
        control.checkCancelled();
        final Optional<Path> folder = request.folder();
        return new DrawAttention.Drawing(
                heatmap,
                tops,
                bottoms,
                shown,
                write(folder, name + ".heatmap.png", Optional.of(heatmap)),
                write(folder, name + ".top.png", tops),
                write(folder, name + ".bottom.png", bottoms),
                folder.isPresent() && request.geoJson()
                        ? write(folder, name + ".geojson", Optional.of(geoJson(look)))
                        : Optional.empty());
    }

    private byte[] heatmap(final DrawAttention.Look look, final PictureCache cache, final RunControl control)
            throws RunFailed, RunCancelled {
        final Tile whole = cache.coarse(image(), look.side(), control);
        final double downsample = whole.area().downsample();
        final HeatMap map = new HeatMap(look.colours(), look.strength());
        final List<HeatMap.Cell> cells = new ArrayList<>();
        for (int i = 0; i < scaled.length; i++) {
            final Bounds b = bounds(tiles.get(i));
            cells.add(new HeatMap.Cell(
                    new TileOutlines.Box(
                            b.minX() / downsample,
                            b.minY() / downsample,
                            (b.maxX() - b.minX()) / downsample,
                            (b.maxY() - b.minY()) / downsample),
                    scaled[i]));
        }
        final Picture coloured = map.over(cache.pixels(whole, control), cells);
        return PngEncoder.picture(
                map.withLegend(HeatMap.outlined(coloured, outlines(look, downsample, control)), legend(look)));
    }

    private HeatMap.Legend legend(final DrawAttention.Look look) {
        final boolean byRank = look.scale().kind() == AttentionScale.Kind.RANK;
        final String least = number(look.scale().least(attention));
        final String most = number(look.scale().most(attention));
        return new HeatMap.Legend(
                "Attention of " + tiles.size() + " tiles" + (byRank ? ", by rank" : ""),
                byRank ? "least: " + least : "to " + least,
                byRank ? "most: " + most : "from " + most);
    }

    /** Outlines of annotations that were asked for, in pixels of the overview. */
    private List<double[][]> outlines(final DrawAttention.Look look, final double downsample, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<double[][]> rings = new ArrayList<>();
        if (look.outlined().isEmpty()
                || tiles.get(0).mask().filter(m -> m.drawn()).isEmpty()) {
            return rings;
        }
        final List<Region> regions = AnnotationFiles.read(
                        tiles.get(0).mask().get().file(),
                        image().getFileName().toString(),
                        AnnotationSettings.standard().withFaulty(FaultyPolygons.REPAIR),
                        control)
                .regions();
        for (final Region region : regions) {
            if (look.outlined().contains(region.className())) {
                for (final Polygon polygon : region.polygons()) {
                    rings.add(scaled(polygon.outer(), downsample));
                }
            }
        }
        return rings;
    }

    private static double[][] scaled(final Ring ring, final double downsample) {
        return new double[][] {
            IntStream.range(0, ring.size())
                    .mapToDouble(i -> ring.x(i) / downsample)
                    .toArray(),
            IntStream.range(0, ring.size())
                    .mapToDouble(i -> ring.y(i) / downsample)
                    .toArray()
        };
    }

    private byte[] geoJson(final DrawAttention.Look look) {
        final List<TileGeoJson.TileObject> objects = new ArrayList<>();
        for (int i = 0; i < attention.length; i++) {
            final Map<String, Double> measurements = new LinkedHashMap<>();
            measurements.put("Attention", attention[i]);
            measurements.put("Attention (scaled)", scaled[i]);
            objects.add(new TileGeoJson.TileObject(
                    bounds(tiles.get(i)), look.colours().at(scaled[i]), measurements));
        }
        return TileGeoJson.bytes(objects);
    }

    private static Bounds bounds(final Tile tile) {
        final double downsample = tile.area().downsample();
        return new Bounds(
                tile.x(), tile.y(), tile.x() + tile.width() * downsample, tile.y() + tile.height() * downsample);
    }

    private static Optional<byte[]> montage(final List<Picture> pictures, final List<String> captions) {
        return pictures.isEmpty()
                ? Optional.empty()
                : Optional.of(PngEncoder.picture(Montage.grid(pictures, captions, COLUMNS, zoom(pictures.get(0)))));
    }

    private static int zoom(final Picture tile) {
        return Math.max(1, Montage.zoomFor(Math.max(tile.width(), tile.height())) / 2);
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static Optional<Path> write(final Optional<Path> folder, final String name, final Optional<byte[]> content)
            throws RunFailed {
        if (folder.isEmpty() || content.isEmpty()) {
            return Optional.empty();
        }
        final Path file = folder.get().toAbsolutePath().normalize().resolve(name);
        AtomicFile.write(file, content.get());
        return Optional.of(file);
    }
}
