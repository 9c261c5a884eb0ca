package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Names decide which label is which class, whatever order they stand in and whichever occur. */
class ClassLabelsTest {
    private static final List<String> MODEL = List.of("background", "Tumor", "Stroma");

    @TempDir
    Path folder;

    private Path image;

    @BeforeEach
    void picture() throws Exception {
        image = Files.write(folder.resolve("a.png"), PngEncoder.picture(new Picture(4, 1, new byte[12])));
    }

    /** Columns 0 to 3: nothing, Stroma, Tumor, background. */
    private TileMask drawn(final String... classes) throws Exception {
        final Path file = folder.resolve("a.geojson");
        Files.writeString(
                file,
                "{\"type\":\"FeatureCollection\",\"features\":[" + column("Stroma", 1) + "," + column("Tumor", 2) + ","
                        + column("background", 3) + "]}");
        return new TileMask(file, List.of(classes), List.of());
    }

    private static String column(final String name, final int x) {
        return "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[" + x + ",0],[" + (x + 1)
                + ",0],[" + (x + 1) + ",1],[" + x + ",1],[" + x
                + ",0]]]},\"properties\":{\"classification\":{\"name\":\""
                + name + "\"}}}";
    }

    private TileMask painted(final List<String> names, final int... labels) throws Exception {
        final Path file = Files.write(folder.resolve("m.png"), PngEncoder.labels(new LabelMap(4, 1, labels)));
        return new TileMask(file, names, List.of());
    }

    private int[] labels(final TileMask mask, final MaskCoding coding, final List<String> names) throws Exception {
        final Tile tile = new Tile(
                image, new Tile.Area(0, 0, 4, 1, 1, 1), Optional.of(mask), "a", Optional.empty(), Tile.Findings.none());
        try (PictureCache cache = PictureCache.standard()) {
            return cache.labels(tile, new ClassLabels(coding, names), RunControl.silent())
                    .labels();
        }
    }

    @Test
    void namesOfAnnotationsDecide() throws Exception {
        final int[] expected = {0, 2, 1, 0};
        assertArrayEquals(expected, labels(drawn("Stroma", "Tumor"), MaskCoding.labels(), MODEL));
        assertArrayEquals(expected, labels(drawn("Tumor", "Stroma"), MaskCoding.labels(), MODEL));
        final MaskCoding colours = MaskCoding.colours("#000000, #ff0000, #00ff00");
        assertArrayEquals(expected, labels(drawn("Stroma", "Tumor"), colours, MODEL));
        assertArrayEquals(
                new int[] {0, 2, 1, 0}, labels(drawn("background", "Stroma", "Tumor"), MaskCoding.labels(), MODEL));
    }

    /** A set without Stroma calls Tumor its first class; it is the model's second. */
    @Test
    void whichClassesOccurChangesNoNumber() throws Exception {
        final Path file = folder.resolve("b.geojson");
        Files.writeString(file, "{\"type\":\"FeatureCollection\",\"features\":[" + column("Tumor", 2) + "]}");
        assertArrayEquals(
                new int[] {0, 0, 2, 0},
                labels(
                        new TileMask(file, List.of("Tumor"), List.of()),
                        MaskCoding.labels(),
                        List.of("background", "Stroma", "Tumor")));
    }

    @Test
    void namesOfValuesDecideToo() throws Exception {
        assertArrayEquals(
                new int[] {0, 2, 1, 1},
                labels(painted(List.of("Stroma", "Tumor"), 0, 1, 2, 2), MaskCoding.labels(), MODEL));
        assertArrayEquals(new int[] {0, 1, 2, 2}, labels(painted(List.of(), 0, 1, 2, 2), MaskCoding.labels(), MODEL));
        final RunFailed failed = assertThrows(
                RunFailed.class, () -> labels(painted(List.of("Tumor"), 0, 1, 2, 2), MaskCoding.labels(), MODEL));
        assertTrue(failed.what().contains("label 2") && failed.what().contains("1 to 1"), failed.what());
    }

    @Test
    void namesThatAreNoClassAreRefused() throws Exception {
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> labels(drawn("Stroma", "Necrosis"), MaskCoding.labels(), MODEL));
        assertTrue(failed.what().contains("\"Necrosis\""), failed.what());
        assertTrue(failed.what().contains("background, Tumor, Stroma"), failed.what());
        assertTrue(failed.where().contains("a.geojson") && failed.where().contains("a.png"), failed.where());
    }

    @Test
    void foregroundNeedsNoNames() throws Exception {
        assertArrayEquals(
                new int[] {0, 1, 1, 0},
                labels(drawn("Stroma", "Tumor"), MaskCoding.foreground(), List.of("background", "nucleus")));
    }

    @Test
    void anotherNumberOfClassesThanTheCodingTellsApartIsRefused() throws Exception {
        final RunFailed failed = assertThrows(
                RunFailed.class, () -> new ClassLabels(MaskCoding.foreground(), MODEL).requireFit("setting"));
        assertEquals("Choose that masks hold class numbers.", failed.remedy());
        assertThrows(RunFailed.class, () -> new ClassLabels(MaskCoding.colours("#000000, #ff0000"), MODEL)
                .requireFit("setting"));
        new ClassLabels(MaskCoding.labels(), MODEL).requireFit("setting");
        new ClassLabels(MaskCoding.colours("#000000, #ff0000, #00ff00"), MODEL).requireFit("setting");
        new ClassLabels(MaskCoding.foreground(), List.of("background", "nucleus")).requireFit("setting");
    }

    @Test
    void aCodingIsTheSameAfterItWasWrittenDown() throws Exception {
        for (final MaskCoding coding : List.of(
                MaskCoding.labels(), MaskCoding.foreground(), MaskCoding.colours("#000000, #ff00AA, #010203"))) {
            assertEquals(coding, MaskCoding.parse(coding.text()));
        }
        assertThrows(RunFailed.class, () -> MaskCoding.parse("SHADES"));
    }
}
