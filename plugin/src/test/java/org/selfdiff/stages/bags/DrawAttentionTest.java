package org.selfdiff.stages.bags;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileMask;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.annotation.GeoJsonWriter;
import org.selfdiff.imaging.annotation.Polygon;
import org.selfdiff.imaging.annotation.Region;
import org.selfdiff.imaging.annotation.Ring;
import org.selfdiff.imaging.draw.ColourMap;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.CancelAfter;
import org.selfdiff.stages.slides.CutTiles.OnFailure;

class DrawAttentionTest {
    private static final int SIDE = 40;

    @TempDir
    Path folder;

    /** A picture of 4 x 2 tiles. */
    private Path picture(final String name) throws Exception {
        return TestFiles.write(
                PngEncoder.picture(TestFiles.noise(5, 4 * SIDE, 2 * SIDE)), folder.resolve(name + ".png"));
    }

    private static List<Tile> tiles(final Path image) {
        return IntStream.range(0, 8)
                .mapToObj(i -> Tile.of(
                        image,
                        Optional.empty(),
                        i % 4 * SIDE,
                        i / 4 * SIDE,
                        SIDE,
                        SIDE,
                        0.5,
                        "patient of " + image.getFileName()))
                .toList();
    }

    private static DrawAttention.Look look(final int shown, final List<String> outlined) {
        return new DrawAttention.Look(AttentionScale.byRank(), ColourMap.VIRIDIS, 1, 512, shown, outlined);
    }

    private DrawAttention.Request request(
            final List<Tile> tiles, final double[] attention, final int shown, final OnFailure onFailure) {
        return new DrawAttention.Request(
                tiles, attention, Optional.of(folder.resolve("out")), look(shown, List.of()), true, onFailure);
    }

    private static List<DrawAttention.Drawn> run(final DrawAttention.Request request) throws Exception {
        final List<DrawAttention.Drawn> drawn = new ArrayList<>();
        assertEquals(DrawAttention.run(request, drawn::add, RunControl.silent()), drawn.size());
        return drawn;
    }

    private static final double[] ATTENTION = {0.1, 0.02, 0.3, 0.04, 0.05, 0.2, 0.07, 0.22};

    @Test
    void everyTileHasTheColourOfItsRank() throws Exception {
        final DrawAttention.Drawn drawn =
                run(request(tiles(picture("a")), ATTENTION, 2, OnFailure.FAIL)).get(0);
        assertEquals("patient of a.png", drawn.group());
        assertEquals(8, drawn.tiles());
        assertEquals(0.02, drawn.least());
        assertEquals(0.3, drawn.most());
        final Path file = drawn.drawing().orElseThrow().heatmapFile().orElseThrow();
        assertArrayEquals(Files.readAllBytes(file), drawn.drawing().get().heatmap());
        final Picture heatmap = Pictures.read(file, DecodeLimits.standard());
        final double[] scaled = AttentionScale.byRank().scaled(ATTENTION);
        for (int i = 0; i < 8; i++) {
            assertEquals(
                    ColourMap.VIRIDIS.at(scaled[i]),
                    heatmap.colour(i % 4 * SIDE + SIDE / 2, i / 4 * SIDE + SIDE / 2),
                    "tile " + i);
        }
        assertTrue(heatmap.height() > 2 * SIDE, "a legend below");
    }

    @Test
    void theMostAndTheLeastAttendedTilesAreShownAsTheyAre() throws Exception {
        final Path image = picture("a");
        final DrawAttention.Request request = request(tiles(image), ATTENTION, 2, OnFailure.FAIL);
        final DrawAttention.Drawing drawing = run(request).get(0).drawing().orElseThrow();
        assertEquals(List.of(2, 7, 1, 3), DrawAttention.shownRows(request));
        assertEquals(
                List.of(2, 7, 1, 3),
                drawing.shown().stream().map(DrawAttention.Shown::row).toList());
        final DrawAttention.Shown first = drawing.shown().get(0);
        assertTrue(first.top() && first.place() == 1 && first.scaled() == 1);
        assertFalse(drawing.shown().get(2).top());
        final Picture whole = Pictures.read(image, DecodeLimits.standard());
        assertArrayEquals(PngEncoder.picture(whole.region(2 * SIDE, 0, SIDE, SIDE)), first.png());
        assertTrue(Files.exists(folder.resolve("out/a.top.png")) && Files.exists(folder.resolve("out/a.bottom.png")));
    }

    @Test
    void noTileIsShownTwice() throws Exception {
        final DrawAttention.Drawing drawing = run(request(tiles(picture("a")), ATTENTION, 6, OnFailure.FAIL))
                .get(0)
                .drawing()
                .orElseThrow();
        assertEquals(8, drawing.shown().size());
        assertEquals(
                8,
                drawing.shown().stream()
                        .map(DrawAttention.Shown::row)
                        .distinct()
                        .count());
    }

    @Test
    void geoJsonLiesInPixelsOfTheFinestLevel() throws Exception {
        final Path image = picture("a");
        final Tile coarse = new Tile(
                image,
                new Tile.Area(10, 20, 16, 16, 2.5, 1.25),
                Optional.empty(),
                "p",
                Optional.empty(),
                Tile.Findings.none());
        run(request(List.of(coarse), new double[] {1}, 1, OnFailure.FAIL));
        final JsonObject json = JsonParser.parseString(Files.readString(folder.resolve("out/a.geojson")))
                .getAsJsonObject();
        final JsonObject feature = json.getAsJsonArray("features").get(0).getAsJsonObject();
        assertEquals(
                "[[[10,20],[50,20],[50,60],[10,60],[10,20]]]",
                feature.getAsJsonObject("geometry").get("coordinates").toString());
        assertEquals(
                1,
                feature.getAsJsonObject("properties")
                        .getAsJsonObject("measurements")
                        .get("Attention")
                        .getAsDouble());
    }

    @Test
    void outlinesOfTheClassesThatWereAskedFor() throws Exception {
        final Path image = picture("a");
        final Path annotation = folder.resolve("a.geojson");
        GeoJsonWriter.write(
                annotation,
                List.of(
                        new Region(
                                "Tumor", "", List.of(new Polygon(Ring.of(20, 10, 60, 10, 60, 50, 20, 50), List.of()))),
                        new Region("Other", "", List.of(new Polygon(Ring.of(90, 10, 140, 10, 140, 50), List.of())))));
        final Tile tile = new Tile(
                image,
                new Tile.Area(0, 0, 4 * SIDE, 2 * SIDE, 1, 0.5),
                Optional.of(new TileMask(annotation, List.of("Other", "Tumor"), List.of())),
                "p",
                Optional.empty(),
                Tile.Findings.none());
        final DrawAttention.Request request = new DrawAttention.Request(
                List.of(tile), new double[] {1}, Optional.empty(), look(0, List.of("Tumor")), true, OnFailure.FAIL);
        final DrawAttention.Drawing drawing = run(request).get(0).drawing().orElseThrow();
        assertTrue(drawing.geoJsonFile().isEmpty()
                && drawing.top().isEmpty()
                && drawing.heatmapFile().isEmpty());
        final Picture heatmap =
                Pictures.read(TestFiles.write(drawing.heatmap(), folder.resolve("b.png")), DecodeLimits.standard());
        final int ground = ColourMap.VIRIDIS.at(0.5);
        assertEquals(0xffffff, heatmap.colour(40, 10), "on the outline");
        assertEquals(ground, heatmap.colour(40, 30), "inside of it");
        assertEquals(ground, heatmap.colour(120, 10), "on that of the other class");
    }

    @Test
    void aSlideThatIsGoneIsNamedAndTheOthersAreDrawn() throws Exception {
        final List<Tile> tiles = new ArrayList<>(tiles(folder.resolve("gone.svs")));
        tiles.addAll(tiles(picture("a")));
        final double[] attention = Stream.of(ATTENTION, ATTENTION)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
        final List<DrawAttention.Drawn> drawn = run(request(tiles, attention, 1, OnFailure.SKIP_AND_REPORT));
        assertTrue(drawn.get(0).drawing().isEmpty());
        assertTrue(drawn.get(0).note().contains("gone.svs"), drawn.get(0).note());
        assertTrue(drawn.get(1).drawing().isPresent());
        final RunFailed failure =
                assertThrows(RunFailed.class, () -> run(request(tiles, attention, 1, OnFailure.FAIL)));
        assertTrue(failure.where().contains("gone.svs"));
        assertThrows(
                RunFailed.class,
                () -> run(request(tiles.subList(0, 8), ATTENTION, 1, OnFailure.SKIP_AND_REPORT)),
                "no slide is left");
    }

    @Test
    void attentionThatIsNoNumberIsNamed() throws Exception {
        final double[] attention = ATTENTION.clone();
        attention[4] = Double.NaN;
        final RunFailed failure = assertThrows(
                RunFailed.class, () -> run(request(tiles(picture("a")), attention, 1, OnFailure.SKIP_AND_REPORT)));
        assertTrue(failure.where().contains("row 5") && failure.where().contains("a.png"), failure.where());
        assertThrows(RunFailed.class, () -> run(request(List.of(), new double[0], 1, OnFailure.FAIL)));
    }

    @Test
    void cancelled() throws Exception {
        final List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tiles.addAll(tiles(picture("a" + i)));
        }
        final List<Path> drawn = new ArrayList<>();
        assertThrows(
                RunCancelled.class,
                () -> DrawAttention.run(
                        request(tiles, new double[160], 2, OnFailure.SKIP_AND_REPORT),
                        d -> drawn.add(d.image()),
                        new CancelAfter(1)));
        assertTrue(drawn.size() < 20, drawn.size() + " slides were drawn");
    }
}
