package org.selfdiff.imaging.annotation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.imaging.annotation.Shapes.annotations;
import static org.selfdiff.imaging.annotation.Shapes.rectangle;
import static org.selfdiff.imaging.annotation.Shapes.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.SeededRandom;

class RasterTest {
    private static final List<String> A = List.of("a");

    private static long covered(final Annotations annotations, final PixelGrid grid) {
        return Arrays.stream(annotations.rasterize(grid, A).labels())
                .filter(label -> label == 1)
                .count();
    }

    @Test
    void aTangleIsFilledWhereItWindsAroundThePixelsCentre() {
        for (final int n : new int[] {3, 4, 7, 40, 50, 300}) {
            for (int key = 0; key < 4; key++) {
                final Ring ring = Shapes.tangle(100L * n + key, n, 60, false);
                final PixelGrid grid = new PixelGrid(-4.3, 2.1, 1.7, 40, 33);
                final LabelMap drawn = annotations(region("a", ring)).rasterize(grid, A);
                for (int j = 0; j < 33; j++) {
                    for (int i = 0; i < 40; i++) {
                        final int winding = Shapes.windingByAngles(ring, grid.centreX(i), grid.centreY(j));
                        assertEquals(winding == 0 ? 0 : 1, drawn.label(i, j), n + " vertices, " + i + ", " + j);
                    }
                }
            }
        }
    }

    @Test
    void anOutlineThatDoesNotCrossItselfIsFilledByTheEvenOddRuleToo() {
        for (final int n : new int[] {5, 48, 1000, 20_000}) {
            final Ring ring = Shapes.star(n, n, 50.25, 49.75, 10, 48);
            final PixelGrid grid = new PixelGrid(0, 0, 1, 100, 100);
            final LabelMap drawn = annotations(region("a", ring)).rasterize(grid, A);
            for (int j = 0; j < 100; j += n >= 1000 ? 9 : 1) {
                for (int i = 0; i < 100; i += n >= 1000 ? 3 : 1) {
                    final boolean inside = Shapes.evenOdd(ring, i + 0.5, j + 0.5);
                    assertEquals(inside ? 1 : 0, drawn.label(i, j), n + " vertices, " + i + ", " + j);
                }
            }
        }
    }

    @Test
    void everyPixelAgreesWithThePointTestEvenOnEdgesAndCorners() {
        for (int key = 0; key < 6; key++) {
            final Ring ring = Shapes.tangle(key, 90, 30, true); // whole coordinates, and centres on whole ones as well
            final Region region = region("a", ring);
            final PixelGrid grid = new PixelGrid(-0.5, -0.5, 1, 31, 31);
            final LabelMap drawn = annotations(region).rasterize(grid, A);
            for (int j = 0; j < 31; j++) {
                for (int i = 0; i < 31; i++) {
                    assertEquals(region.contains(i, j) ? 1 : 0, drawn.label(i, j), i + ", " + j);
                }
            }
        }
    }

    @Test
    void tilesPutTogetherAreTheWhole() {
        final Annotations annotations = annotations(
                region("a", Shapes.star(1, 5000, 128, 128, 60, 120), rectangle(100, 90, 140, 130)),
                region("b", Shapes.tangle(2, 60, 256, false)),
                region("c", rectangle(30, 30, 33, 220)));
        final List<String> classes = List.of("c", "a", "b");
        final LabelMap whole = annotations.rasterize(new PixelGrid(0, 0, 0.5, 512, 512), classes);
        for (int y = 0; y < 512; y += 64) {
            for (int x = 0; x < 512; x += 64) {
                final LabelMap tile = annotations.rasterize(new PixelGrid(x * 0.5, y * 0.5, 0.5, 64, 64), classes);
                assertEquals(whole.region(x, y, 64, 64), tile, x + ", " + y);
            }
        }
    }

    @Test
    void aLargeGridIsDrawnInBandsWithoutSeams() {
        final Annotations annotations = annotations(region("a", Shapes.star(3, 3000, 1000, 900, 300, 880)));
        final LabelMap whole = annotations.rasterize(new PixelGrid(0, 0, 1, 2000, 1800), A);
        for (int y = 500; y < 1800; y += 13) {
            final LabelMap row = annotations.rasterize(new PixelGrid(0, y, 1, 2000, 1), A);
            assertArrayEquals(row.labels(), Arrays.copyOfRange(whole.labels(), y * 2000, (y + 1) * 2000));
        }
    }

    @Test
    void neighboursShareNoPixelAndLeaveNone() {
        // a star cut into triangles from its centre: each pixel belongs to exactly one
        final Ring hull = Shapes.star(5, 120, 64, 64, 30, 60);
        final List<Region> fan = new ArrayList<>();
        for (int i = 0; i < hull.size(); i++) {
            final int j = (i + 1) % hull.size();
            fan.add(region("a", Ring.of(64, 64, hull.x(i), hull.y(i), hull.x(j), hull.y(j))));
        }
        final PixelGrid grid = new PixelGrid(0, 0, 0.5, 256, 256);
        final long parts =
                fan.stream().mapToLong(part -> covered(annotations(part), grid)).sum();
        assertEquals(covered(annotations(region("a", hull)), grid), parts);
        assertEquals(parts, covered(Annotations.of(fan, List.of()), grid));
    }

    @Test
    void areasAreThoseOfGeometry() {
        assertEquals(12, Ring.of(1, 1, 5, 1, 5, 4, 1, 4).signedArea());
        assertEquals(-6, Ring.of(0, 0, 0, 3, 4, 0).signedArea());
        assertEquals(0.5, Ring.of(1e9, 1e9, 1e9 + 1, 1e9, 1e9, 1e9 + 1).signedArea());
        final Region ring = region("a", rectangle(0, 0, 10, 10), rectangle(2, 2, 5, 6));
        assertEquals(88, ring.area());
        final int n = 720;
        final Ring circle = Shapes.star(0, n, 300, 300, 250, 250);
        final double exact = 0.5 * n * 250 * 250 * Math.sin(2 * Math.PI / n);
        assertEquals(exact, circle.signedArea(), 1e-6);
        // lattice points in a circle differ from its area by about the root of the circumference
        final long pixels = covered(annotations(region("a", circle)), new PixelGrid(0, 0, 1, 600, 600));
        assertEquals(exact, pixels, 40);
        assertEquals(exact, covered(annotations(region("a", circle)), new PixelGrid(0, 0, 0.25, 2400, 2400)) / 16.0, 6);
    }

    @Test
    void wholeRectanglesCoverTheirPixelsAndNoOthers() {
        final Region hollow = region("a", rectangle(2, 3, 12, 9), rectangle(4, 5, 6, 8));
        final LabelMap drawn = annotations(hollow).rasterize(new PixelGrid(0, 0, 1, 15, 12), A);
        for (int j = 0; j < 12; j++) {
            for (int i = 0; i < 15; i++) {
                final boolean in = i >= 2 && i < 12 && j >= 3 && j < 9;
                final boolean cut = i >= 4 && i < 6 && j >= 5 && j < 8;
                assertEquals(in && !cut ? 1 : 0, drawn.label(i, j), i + ", " + j);
            }
        }
    }

    @Test
    void partsOfARegionAddUpAndAHoleIsOfItsOwnPartOnly() {
        final Region region = new Region(
                "a",
                "",
                List.of(
                        new Polygon(rectangle(0, 0, 10, 10), List.of(rectangle(2, 2, 8, 8))),
                        Polygon.of(rectangle(4, 4, 6, 6)),
                        Polygon.of(rectangle(9, 0, 14, 10))));
        assertEquals(100 - 36 + 4 + 40, covered(annotations(region), new PixelGrid(0, 0, 1, 20, 20)));
        assertTrue(region.contains(5, 5));
        assertTrue(!region.contains(3, 3));
        assertEquals(new Bounds(0, 0, 14, 10), region.bounds());
    }

    @Test
    void laterRegionsLieOverEarlierOnesAndUnaskedClassesAreAbsent() {
        final Annotations annotations = annotations(
                region("tissue", rectangle(0, 0, 8, 8)),
                region("tumour", rectangle(2, 2, 6, 6)),
                region("fold", rectangle(4, 4, 10, 10)));
        assertEquals(List.of("tissue", "tumour", "fold"), annotations.classNames());
        final PixelGrid grid = new PixelGrid(0, 0, 1, 10, 10);
        final LabelMap drawn = annotations.rasterize(grid, List.of("tumour", "tissue"));
        assertEquals(2, drawn.label(0, 0));
        assertEquals(1, drawn.label(5, 5));
        assertEquals(0, drawn.label(9, 9));
        final LabelMap objects = annotations.instances(grid, List.of("fold", "tissue"));
        assertEquals(1, objects.label(3, 3));
        assertEquals(3, objects.label(5, 5));
        assertArrayEquals(
                new double[] {0.36, 0.12, 0.36},
                annotations.share(grid, List.of("fold", "tumour", "tissue"), List.of()),
                1e-15);
        assertEquals(2, annotations.at(3, 3).size());
        final LabelMap cut = annotations.rasterize(grid, List.of("fold", "tissue"), List.of("tumour"));
        assertEquals(2, cut.label(1, 1));
        assertEquals(0, cut.label(3, 3));
        assertEquals(0, cut.label(5, 5), "a hole, also where another class was drawn later");
        assertEquals(1, cut.label(7, 7));
        assertArrayEquals(
                new double[] {0.32, 0.36},
                annotations.share(grid, List.of("fold", "tissue"), List.of("tumour")),
                1e-15);
        assertThrows(IllegalArgumentException.class, () -> annotations.rasterize(grid, List.of("a", "a")));
    }

    @Test
    void aFilterKeepsWhatIsIncludedAndNotExcludedInAnyOrder() {
        final Region kept = region("tumour", rectangle(0, 0, 10, 10));
        final Region left = region("fold", rectangle(5, 0, 10, 10));
        final PixelGrid grid = new PixelGrid(0, 0, 1, 10, 20);
        for (final Annotations a : List.of(annotations(kept, left), annotations(left, kept))) {
            final RegionFilter filter = new RegionFilter(List.of("tumour"), List.of("fold"), 0.25);
            assertEquals(0.25, filter.inside(a, grid));
            assertEquals(0.75, filter.outside(a, grid));
            assertTrue(filter.keeps(a, grid));
            assertTrue(!new RegionFilter(List.of("tumour"), List.of("fold"), 0.2501).keeps(a, grid));
            assertEquals(0.75, new RegionFilter(List.of(), List.of("fold"), 0).inside(a, grid));
            assertEquals(0.5, new RegionFilter(List.of("tumour"), List.of(), 0).inside(a, grid));
            assertTrue(!new RegionFilter(List.of("none"), List.of(), 0).keeps(a, grid));
        }
        assertThrows(IllegalArgumentException.class, () -> new RegionFilter(List.of(), List.of(), 1.01));
    }

    @Test
    void theIndexFindsWhatASearchThroughAllFinds() {
        final SeededRandom random = new SeededRandom(9);
        final List<Region> regions = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            final double x = random.between(0, 10_000);
            final double y = random.between(0, 8_000);
            final double side = random.chance(0.01) ? 4000 : 30;
            regions.add(region("a", rectangle(x, y, x + random.between(1, side), y + random.between(1, side))));
        }
        final RegionIndex index = new RegionIndex(regions);
        for (int q = 0; q < 200; q++) {
            final double x = random.between(-500, 10_000);
            final double y = random.between(-500, 8_000);
            final Bounds box = new Bounds(x, y, x + random.between(0, 900), y + random.between(0, 900));
            assertArrayEquals(
                    IntStream.range(0, regions.size())
                            .filter(i -> regions.get(i).bounds().overlaps(box))
                            .toArray(),
                    index.near(box));
        }
        assertEquals(0, new RegionIndex(List.of()).near(new Bounds(0, 0, 1, 1)).length);
    }

    @Test
    void aMillionVerticesAreDrawnTileByTileAsAWhole() {
        final Annotations annotations =
                annotations(region("a", Shapes.star(11, 1_000_000, 20_000, 20_000, 15_000, 15_040)));
        final double[] share = annotations.share(new PixelGrid(0, 0, 64, 625, 625), A, List.of());
        final double area = annotations.regions().get(0).area();
        assertEquals(area / (40_000.0 * 40_000.0), share[0], 2e-4);
        long pixels = 0;
        for (int x = 34_816; x < 35_072; x += 64) { // across the right edge
            pixels += covered(annotations, new PixelGrid(x, 20_000, 1, 64, 64));
        }
        assertEquals(pixels, covered(annotations, new PixelGrid(34_816, 20_000, 1, 256, 64)));
        assertTrue(pixels > 184 * 64 && pixels < 230 * 64, pixels + " pixels");
    }

    @Test
    void emptyAnnotationsDrawNothing() {
        final PixelGrid grid = new PixelGrid(0, 0, 3, 4, 5);
        assertEquals(0, annotations().rasterize(grid, A).max());
        assertArrayEquals(new double[] {0}, annotations().share(grid, A, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new PixelGrid(0, 0, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new PixelGrid(0, Double.NaN, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Ring.of(0, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Ring.of(0, 0, 1, 1, 2, Double.NaN));
    }
}
