package org.selfdiff.imaging.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.annotation.GeoJsonWriter;
import org.selfdiff.imaging.annotation.Polygon;
import org.selfdiff.imaging.annotation.Region;
import org.selfdiff.imaging.annotation.Ring;
import org.selfdiff.imaging.phantom.SlideForm.Stain;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/** Annotations and label maps of the slide phantom are one truth. */
class SlideTruthTest {
    private static final int WIDTH = 1024;

    private static final int HEIGHT = 768;

    private static TextureBank bank;

    @BeforeAll
    static void drawBank() throws Exception {
        try (Workers workers = new Workers(2)) {
            bank = TextureBank.draw(64, 0.5, 3, workers, RunControl.silent());
        }
    }

    private static SlidePhantom slide(final int index) {
        return SlidePhantom.draw(new SlideForm(WIDTH, HEIGHT, 0.5, true, Stain.HE, Set.of()), 3, index, bank);
    }

    @Test
    void areasOfPolygonsAndOfLabelsAgree() {
        for (int index = 0; index < 6; index++) {
            final SlidePhantom slide = slide(index);
            final int[] labels = slide.labels(0, 0, WIDTH, HEIGHT, 1).labels();
            for (final TissueKind kind : List.of(TissueKind.STROMA, TissueKind.NORMAL, TissueKind.TUMOR)) {
                double counted = 0;
                for (final int label : labels) {
                    counted += label == kind.label() ? 1 : 0;
                }
                final double area = slide.annotations().stream()
                        .filter(r -> r.className().equals(kind.title()))
                        .mapToDouble(Region::area)
                        .sum();
                assertEquals(area, counted, 0.01 * area + 20, kind + " of slide " + index);
            }
        }
    }

    @Test
    void everyPlaceOfTheTissueBelongsToOneAnnotation() {
        final SeededRandom random = new SeededRandom(8);
        for (int index = 0; index < 6; index++) {
            final SlidePhantom slide = slide(index);
            final List<Region> annotations = slide.annotations();
            for (int k = 0; k < 400; k++) {
                final double x = random.between(0, WIDTH);
                final double y = random.between(0, HEIGHT);
                final List<Region> here =
                        annotations.stream().filter(r -> r.contains(x, y)).toList();
                final TissueKind kind = slide.labelAt(x, y);
                assertEquals(kind == TissueKind.GLASS ? 0 : 1, here.size(), x + ", " + y);
                assertTrue(here.isEmpty() || here.get(0).className().equals(kind.title()));
                assertEquals(!here.isEmpty(), slide.tissue().stream().anyMatch(r -> r.contains(x, y)));
            }
        }
    }

    @Test
    void geoJsonHoldsThePolygonsInTheMannerOfQuPath() {
        final List<Region> regions = slide(0).annotations();
        final JsonObject root = JsonParser.parseString(
                        new String(GeoJsonWriter.bytes(regions, TissueKind.colours()), StandardCharsets.UTF_8))
                .getAsJsonObject();
        assertEquals("FeatureCollection", root.get("type").getAsString());
        final JsonArray features = root.getAsJsonArray("features");
        assertEquals(regions.size(), features.size());
        for (int i = 0; i < regions.size(); i++) {
            final JsonObject feature = features.get(i).getAsJsonObject();
            final JsonObject properties = feature.getAsJsonObject("properties");
            assertEquals("annotation", properties.get("objectType").getAsString());
            final JsonObject classification = properties.getAsJsonObject("classification");
            assertEquals(regions.get(i).className(), classification.get("name").getAsString());
            if (regions.get(i).className().equals("Tumor")) {
                assertEquals("[200,0,0]", classification.get("color").toString());
            }
            final Polygon polygon = regions.get(i).polygons().get(0);
            final JsonArray rings = feature.getAsJsonObject("geometry").getAsJsonArray("coordinates");
            assertEquals(1 + polygon.holes().size(), rings.size());
            final JsonArray outer = rings.get(0).getAsJsonArray();
            assertEquals(outer.get(0), outer.get(outer.size() - 1), "closed");
            for (int k = 0; k < polygon.outer().size(); k++) {
                assertEquals(
                        polygon.outer().x(k),
                        outer.get(k).getAsJsonArray().get(0).getAsDouble(),
                        1e-9);
            }
        }
    }

    /** Rays to the right cross the outline an odd number of times; drawn by nothing that the phantom uses. */
    private static boolean oddCrossings(final Ring ring, final double px, final double py) {
        boolean inside = false;
        for (int i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            if (ring.y(i) <= py != ring.y(j) <= py
                    && px < ring.x(i) + (py - ring.y(i)) / (ring.y(j) - ring.y(i)) * (ring.x(j) - ring.x(i))) {
                inside = !inside;
            }
        }
        return inside;
    }

    @Test
    void labelsAreWhatThePolygonsHoldAtTheCentresOfTheCells() {
        for (int index = 0; index < 4; index++) {
            final SlidePhantom slide = slide(index);
            final LabelMap labels = slide.labels(-3, -4, 260, 200, 4);
            final int[] expected = new int[labels.labels().length];
            for (final Region region : slide.annotations()) {
                final Polygon polygon = region.polygons().get(0);
                for (int i = 0; i < expected.length; i++) {
                    final double x = -3 + (i % 260 + 0.5) * 4;
                    final double y = -4 + (i / 260 + 0.5) * 4;
                    if (oddCrossings(polygon.outer(), x, y)
                            && polygon.holes().stream().noneMatch(h -> oddCrossings(h, x, y))) {
                        assertEquals(0, expected[i], "two regions at " + x + ", " + y);
                        expected[i] = 1 + TissueKind.titles().indexOf(region.className());
                    }
                }
            }
            assertArrayEquals(expected, labels.labels());
        }
    }

    @Test
    void outlinesDoNotReachBeyondWhatTheySay() {
        final Ring blob = Blob.draw(new SeededRandom(4), 40, 30, 30, 20, 0.3, 60);
        final double reach = Blob.reach(blob, 40, 30);
        assertTrue(reach > 20 && reach < 80, "reach " + reach);
        final Ring square =
                Ring.of(40 - reach, 30 - reach, 40 + reach, 30 - reach, 40 + reach, 30 + reach, 40 - reach, 30 + reach);
        assertTrue(Blob.within(blob, square, 40, 30, 0.999));
        assertFalse(Blob.within(blob, square, 40, 30, 2));
    }
}
