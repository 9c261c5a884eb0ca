package org.selfdiff.imaging.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class ContoursTest {

    private static LabelMap map(final String... rows) {
        final int[] labels = new int[rows.length * rows[0].length()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows[i / rows[0].length()].charAt(i % rows[0].length()) - '0';
        }
        return new LabelMap(rows[0].length(), rows.length, labels);
    }

    private static Annotations regions(final LabelMap map) {
        final List<Region> regions = new ArrayList<>();
        Contours.of(map).forEach((label, polygons) -> regions.add(new Region(String.valueOf(label), "", polygons)));
        return Annotations.of(regions, List.of());
    }

    private static LabelMap drawn(final Annotations annotations, final int width, final int height, final int max) {
        final List<String> classes = new ArrayList<>();
        for (int label = 1; label <= max; label++) {
            classes.add(String.valueOf(label));
        }
        return annotations.rasterize(new PixelGrid(0, 0, 1, width, height), classes);
    }

    @Test
    void anAreaWithAHoleIsTwoRings() {
        final Map<Integer, List<Polygon>> outlines = Contours.of(map("00000", "02220", "02020", "02220"));
        assertEquals(
                Map.of(
                        2,
                        List.of(new Polygon(
                                Ring.of(4, 1, 4, 4, 1, 4, 1, 1), List.of(Ring.of(3, 3, 3, 2, 2, 2, 2, 3))))),
                outlines);
    }

    @Test
    void pixelsAtACornerAreApartAndAnIslandIsNoPartOfTheHoleAroundIt() {
        assertEquals(2, Contours.of(map("10", "01")).get(1).size());
        final LabelMap rings = map("1111111", "1000001", "1011101", "1010101", "1011101", "1000001", "1111111");
        final List<Polygon> polygons = Contours.of(rings).get(1);
        assertEquals(List.of(1, 1), polygons.stream().map(p -> p.holes().size()).toList());
        assertEquals(49 - 25, polygons.get(0).area());
        assertEquals(8, polygons.get(1).area());
        assertEquals(rings, drawn(regions(rings), 7, 7, 1));
    }

    @Test
    void drawingTheOutlinesGivesTheMapBack() {
        for (int key = 0; key < 12; key++) {
            final int classes = 2 + key % 4;
            final LabelMap map = TestFiles.labels(key, 40 + key, 31, classes);
            final Annotations regions = regions(map);
            assertEquals(map, drawn(regions, 40 + key, 31, classes - 1));
            for (final Region region : regions.regions()) {
                final int label = Integer.parseInt(region.className());
                final long pixels =
                        Arrays.stream(map.labels()).filter(l -> l == label).count();
                assertEquals(pixels, region.area());
            }
        }
    }

    @Test
    void noneOfTheOutlinesCrossesItself() throws Exception {
        for (final List<Polygon> polygons :
                Contours.of(TestFiles.labels(5, 60, 60, 2)).values()) {
            for (final Polygon polygon : polygons) {
                assertEquals(Crossings.NONE, Crossings.first(polygon.outer(), RunControl.silent()));
                for (final Ring hole : polygon.holes()) {
                    assertEquals(Crossings.NONE, Crossings.first(hole, RunControl.silent()));
                }
            }
        }
    }

    @Test
    void whatIsWrittenIsReadBack(@TempDir final Path folder) throws Exception {
        final List<Region> regions =
                new ArrayList<>(regions(TestFiles.labels(8, 30, 20, 3)).regions());
        regions.add(
                new Region("T\u00fcmor \"x\"", "no. 1", List.of(Polygon.of(Ring.of(0.1, 1e-9, 3.7e8, 5, 2, 1 / 3.0)))));
        final Path file = folder.resolve("a.geojson");
        GeoJsonWriter.write(file, regions);
        final Annotations read = AnnotationFiles.read(file, "", AnnotationSettings.standard(), RunControl.silent());
        assertEquals(regions, read.regions());
        assertTrue(read.warnings().isEmpty());
    }

    @Test
    void theNucleiOfRealTilesAreReadAndDrawnAgain() throws Exception {
        final Path folder =
                Path.of("../../shared/data/nuclei-he/labels").toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            System.err.println("SKIPPED: real label pictures, as there is no folder " + folder);
        }
        Assumptions.assumeTrue(Files.isDirectory(folder));
        final List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().limit(12).toList();
        }
        final AnnotationSettings settings = AnnotationSettings.standard().withDefaultClass("Nucleus");
        for (final Path file : files) {
            final LabelMap map = Masks.read(file, MaskCoding.labels(), DecodeLimits.standard());
            final Annotations read = AnnotationFiles.read(file, "", settings, RunControl.silent());
            assertEquals(
                    Arrays.stream(map.labels()).filter(l -> l > 0).distinct().count(),
                    read.regions().size(),
                    file.toString());
            final LabelMap drawn =
                    read.instances(new PixelGrid(0, 0, 1, map.width(), map.height()), List.of("Nucleus"));
            for (int i = 0; i < map.labels().length; i++) {
                final int number = drawn.labels()[i];
                assertEquals(
                        map.labels()[i],
                        number == 0
                                ? 0
                                : Integer.parseInt(
                                        read.regions().get(number - 1).name()));
            }
        }
    }

    @Test
    void thereIsALimit() {
        final LabelMap noise = TestFiles.labels(1, 50, 50, 2);
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> Contours.of(noise, 100, "a.png", RunControl.silent()));
        assertTrue(failed.remedy().contains("limit"));
    }
}
