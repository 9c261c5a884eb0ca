package org.selfdiff.stages.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.phantom.SlidePhantom;
import org.selfdiff.imaging.phantom.TissueKind;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Annotations of whole slides as labels and label maps, against the truth of the phantom. */
@Tag("slow")
class CutAnnotationsTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static PhantomSet set;

    @BeforeAll
    static void make() throws Exception {
        set = PhantomSet.make(shared);
    }

    @Test
    void annotationsBecomeLabelsAndLabelMaps() throws Exception {
        final Asked asked = set.asked();
        asked.keep = CutTiles.AnnotationRule.Keep.INSIDE;
        final Cut cut = asked.cut();
        final List<String> classes = cut.result().classes();
        assertTrue(classes.size() >= 2 && classes.contains("Tumor"), classes.toString());
        assertFalse(cut.tiles().isEmpty());
        final SlidePhantom truth = PhantomSet.truth(0);
        long pixels = 0;
        long wrong = 0;
        try (PictureCache cache = PictureCache.standard()) {
            for (final Tile tile : cut.tiles()) {
                assertEquals(classes, tile.mask().orElseThrow().classes());
                if (!tile.image().equals(set.first())) {
                    continue;
                }
                final LabelMap labels = cache.labels(tile, MaskCoding.labels(), RunControl.silent());
                final int[] counts = new int[classes.size() + 1];
                for (int j = 0; j < 64; j++) {
                    for (int i = 0; i < 64; i++) {
                        final TissueKind real = truth.labelAt(tile.x() + 2 * i + 1, tile.y() + 2 * j + 1);
                        final int label = labels.label(i, j);
                        counts[label]++;
                        final String name = label == 0 ? "" : classes.get(label - 1);
                        pixels++;
                        wrong += matches(real, name) ? 0 : 1;
                    }
                }
                final String label = tile.findings().label().orElse("");
                if (!label.isEmpty()) {
                    assertTrue(counts[classes.indexOf(label) + 1] >= 64 * 64 / 2, "the label covers half of the tile");
                }
                assertTrue(counts[0] <= 64 * 64 / 2, "inside means half at least");
            }
        }
        assertTrue(wrong < pixels / 200, wrong + " of " + pixels + " pixels have another class than the truth");
        asked.keep = CutTiles.AnnotationRule.Keep.OUTSIDE;
        for (final Tile tile : asked.cut().tiles()) {
            assertTrue(tile.findings().label().isEmpty());
        }
    }

    private static boolean matches(final TissueKind real, final String name) {
        return name.isEmpty() == (real == TissueKind.GLASS)
                && (name.isEmpty() || real.title().equals(name));
    }

    @Test
    void excludedClassesAreHolesInLabelsAndLabelMaps() throws Exception {
        final Path slide = Files.copy(set.first(), folder.resolve("a.svs"));
        Files.writeString(
                folder.resolve("a.geojson"),
                "{\"type\":\"FeatureCollection\",\"features\":[" + square("Ignore*", 0, 64) + ","
                        + square("Tumor", 0, 256) + "]}");
        final Asked asked = Asked.of(folder, Optional.of(folder));
        asked.tissue = CutTiles.TissueRule.none();
        asked.excluded = List.of("Ignore*");
        final Tile corner = asked.cut().tiles().get(0);
        assertEquals(slide.toAbsolutePath(), corner.image());
        assertEquals(Optional.of("Tumor"), corner.findings().label(), "three quarters of it");
        try (PictureCache cache = PictureCache.standard()) {
            final LabelMap labels = cache.labels(corner, MaskCoding.labels(), RunControl.silent());
            assertEquals(0, labels.label(31, 31));
            assertEquals(1, labels.label(32, 31));
            assertEquals(1, labels.label(31, 32));
        }
        asked.minShare = 0.8;
        assertEquals(Optional.empty(), asked.cut().tiles().get(0).findings().label());
    }

    @Test
    void classesThatNobodyHasDrawnAreNoted() throws Exception {
        Files.copy(set.first(), folder.resolve("a.svs"));
        Files.writeString(folder.resolve("a.geojson"), square("Tumor", 0, 256));
        final Asked asked = Asked.of(folder, Optional.of(folder));
        asked.keep = CutTiles.AnnotationRule.Keep.INSIDE;
        asked.classes = List.of("Tumour");
        final String note = asked.cut().report().get(0).note();
        assertTrue(note.contains("classes Tumour; there are Tumor"), note);
        asked.classes = List.of("Tumour", "Tumor");
        assertFalse(asked.cut().report().get(0).note().contains("there are"));
    }

    @Test
    void annotationsOfExcludedClassesOnlyAreEmptyLabelMaps() throws Exception {
        Files.copy(set.first(), folder.resolve("a.svs"));
        Files.writeString(folder.resolve("a.geojson"), square("Ignore*", 0, 64));
        final Asked asked = Asked.of(folder, Optional.of(folder));
        asked.excluded = List.of("Ignore*");
        try (PictureCache cache = PictureCache.standard()) {
            assertEquals(
                    0,
                    cache.labels(asked.cut().tiles().get(0), MaskCoding.labels(), RunControl.silent())
                            .max());
        }
    }

    private static String coco(final long width, final long height) {
        return "{\"images\":[{\"id\":1,\"file_name\":\"a.svs\",\"width\":" + width + ",\"height\":" + height
                + "}],\"categories\":[{\"id\":1,\"name\":\"Tumor\"}],\"annotations\":[{\"id\":1,\"image_id\":1,"
                + "\"category_id\":1,\"segmentation\":[[0,0,256,0,256,256,0,256]]}]}";
    }

    @Test
    void annotationsOfAPictureOfAnotherSizeAreRefused() throws Exception {
        Files.copy(set.first(), folder.resolve("a.svs"));
        final Path file = folder.resolve("all.json");
        final Asked asked = Asked.of(folder, Optional.of(file));
        Files.writeString(file, coco(PhantomSet.WIDTH, PhantomSet.HEIGHT));
        assertEquals("", asked.cut().report().get(0).note());
        Files.writeString(file, coco(PhantomSet.WIDTH / 2, PhantomSet.HEIGHT / 2));
        final RunFailed failed = assertThrows(RunFailed.class, asked::cut);
        assertTrue(
                failed.what().contains(PhantomSet.WIDTH / 2 + " x " + PhantomSet.HEIGHT / 2 + " pixels"),
                failed.what());
        assertTrue(failed.where().contains("all.json") && failed.where().contains("a.svs"), failed.where());
    }

    @Test
    void regionsOutsideOfThePictureAreNoted() throws Exception {
        Files.copy(set.first(), folder.resolve("a.svs"));
        final int far = 10 * PhantomSet.WIDTH;
        final Asked asked = Asked.of(folder, Optional.of(folder));
        Files.writeString(folder.resolve("a.geojson"), square("Tumor", far, far + 64));
        final String all = asked.cut().report().get(0).note();
        assertTrue(all.startsWith("all 1 annotated regions lie outside of the picture"), all);
        Files.writeString(
                folder.resolve("a.geojson"),
                "{\"type\":\"FeatureCollection\",\"features\":[" + square("Tumor", far, far + 64) + ","
                        + square("Tumor", 0, 256) + "]}");
        final String some = asked.cut().report().get(0).note();
        assertTrue(some.startsWith("1 of 2 annotated regions lie outside"), some);
    }

    private static String square(final String name, final int from, final int to) {
        return String.format(
                "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
                        + "[[[%1$d,%1$d],[%2$d,%1$d],[%2$d,%2$d],[%1$d,%2$d],[%1$d,%1$d]]]},"
                        + "\"properties\":{\"classification\":{\"name\":\"%3$s\"}}}",
                from, to, name);
    }
}
