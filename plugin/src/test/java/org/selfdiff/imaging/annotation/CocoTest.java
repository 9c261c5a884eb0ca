package org.selfdiff.imaging.annotation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class CocoTest {
    /** {@code 01100 11110 01101 00000}, row by row, encoded by the COCO API 2.0.8. */
    private static final String SMALL = "1122O01N20M";

    /** 60 rows of 70: rows 5 to 39, columns 10 to 49, without rows 12 to 19 of columns 20 to 29; two corners. */
    private static final String LARGE =
            "01lb0R1m]O000000000000000000TO_O=a0C_O=a0C_O=a0C_O=a0C_O=a0C_O=a0C_O=a0C_O=a0C_O=a0"
                    + "C_O=a0?00000000000000000000000000000000000000ZU1nN";

    private static final List<String> CELL = List.of("Cell");

    private Reading reading;

    @BeforeEach
    void open(@TempDir final Path folder) {
        reading = new Reading(folder);
    }

    private static String annotation(final int id, final int picture, final int category, final String segmentation) {
        return "{\"id\":" + id + ",\"image_id\":" + picture + ",\"category_id\":" + category
                + ",\"bbox\":[0,0,1,1],\"iscrowd\":0,\"segmentation\":" + segmentation + "}";
    }

    private static String file(final String... annotations) {
        return "{\"info\":{\"year\":2024},\"annotations\":[" + String.join(",", annotations)
                + "],\"images\":[{\"id\":7,\"file_name\":\"other.png\",\"width\":5,\"height\":4},"
                + "{\"id\":8,\"file_name\":\"data/slide_1.png\",\"width\":5,\"height\":4}],"
                + "\"categories\":[{\"id\":3,\"name\":\"Cell\",\"supercategory\":\"\"},{\"id\":1,\"name\":\"Debris\"}]}";
    }

    private static String mask(final int height, final int width, final String counts) {
        return "{\"size\":[" + height + "," + width + "],\"counts\":" + counts + "}";
    }

    @Test
    void polygonsOfThePictureAskedFor() throws Exception {
        final Annotations read = reading.read(file(
                annotation(1, 7, 3, "[[0,0,1,0,1,1]]"),
                annotation(2, 8, 3, "[[0,0,4,0,4,4],[6,0,9,0,9,3.5,6,3.5]]"),
                annotation(3, 8, 1, "[[0,0,2,0,2,2]]"),
                annotation(4, 8, 1, "[]"),
                annotation(5, 7, 99, "[[1,1]]")));
        assertEquals(
                List.of(
                        new Region(
                                "Cell",
                                "2",
                                List.of(
                                        Polygon.of(Ring.of(0, 0, 4, 0, 4, 4)),
                                        Polygon.of(Shapes.rectangle(6, 0, 9, 3.5)))),
                        new Region("Debris", "3", List.of(Polygon.of(Ring.of(0, 0, 2, 0, 2, 2))))),
                read.regions());
        assertEquals(1, read.warnings().size());
    }

    @Test
    void thePictureMayStandBehindItsOutline() throws Exception {
        final Annotations read = reading.read(file(
                "{\"segmentation\":[[0,0,4,0,4,4]],\"category_id\":3,\"image_id\":8}",
                "{\"segmentation\":[[0,0,4,0,4]],\"category_id\":3,\"image_id\":7}".replace(",4]]", ",4,9]]")));
        assertEquals(List.of(Shapes.region("Cell", Ring.of(0, 0, 4, 0, 4, 4))), read.regions());
    }

    @Test
    void aSmallMaskPackedAndUnpacked() throws Exception {
        // columns: 0100 1110 1110 0100 0010; runs 0: 1, 1: 1, 0: 2, 1: 3, 0: 1, 1: 3, 0: 2, 1: 1, 0: 4, 1: 1, 0: 1
        final long[] runs = {1, 1, 2, 3, 1, 3, 2, 1, 4, 1, 1};
        assertArrayEquals(runs, RunLengths.unpack(SMALL, "x"));
        final int[] expected = {0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0};
        for (final String counts : List.of("\"" + SMALL + "\"", "[1,1,2,3,1,3,2,1,4,1,1]")) {
            final Annotations read = reading.read(file(annotation(1, 8, 3, mask(4, 5, counts))));
            assertEquals(new LabelMap(5, 4, expected), read.rasterize(new PixelGrid(0, 0, 1, 5, 4), CELL));
        }
    }

    @Test
    void aLargeMaskWithAHole() throws Exception {
        final Annotations read = reading.read(file(annotation(1, 8, 3, mask(60, 70, "\"" + LARGE + "\""))));
        assertEquals(1322, read.regions().get(0).area());
        assertEquals(3, read.regions().get(0).polygons().size());
        final LabelMap drawn = read.rasterize(new PixelGrid(0, 0, 1, 70, 60), CELL);
        for (int y = 0; y < 60; y++) {
            for (int x = 0; x < 70; x++) {
                final boolean frame = y >= 5 && y < 40 && x >= 10 && x < 50;
                final boolean hole = y >= 12 && y < 20 && x >= 20 && x < 30;
                final boolean corner = x == 0 && y == 0 || x == 69 && y == 59;
                assertEquals(frame && !hole || corner ? 1 : 0, drawn.label(x, y), x + ", " + y);
            }
        }
    }

    @Test
    void theSizeOfThePictureIsThatOfTheFileOrOfItsMasks() throws Exception {
        assertEquals(
                Optional.of(new Annotations.Size(5, 4)),
                reading.read(file(annotation(1, 8, 3, "[[0,0,4,0,4,4]]"))).size());
        assertEquals(
                Optional.of(new Annotations.Size(70, 60)),
                reading.read(file(annotation(1, 8, 3, mask(60, 70, "\"" + LARGE + "\""))))
                        .size());
        final String silent = file(annotation(1, 8, 3, "[[0,0,4,0,4,4]]")).replace(",\"width\":5,\"height\":4", "");
        assertEquals(Optional.empty(), reading.read(silent).size());
    }

    /** The file writes the accent with its letter, the picture's name apart from it, as macOS does. */
    @Test
    void namesWithAccentsFit(@TempDir final Path folder) throws Exception {
        final Path file = Files.writeString(
                folder.resolve("a.json"),
                file(annotation(1, 8, 3, "[[0,0,4,0,4,4]]")).replace("slide_1", "pr\u00e9l"));
        assertEquals(
                1,
                AnnotationFiles.read(file, "pr\u0065\u0301l.png", AnnotationSettings.standard(), RunControl.silent())
                        .regions()
                        .size());
    }

    @Test
    void theMaskOfASmallObjectOnAHugeSlideIsSmall() throws Exception {
        final long height = 200_000;
        final RunLengths runs = RunLengths.of(
                height, 300_000, new long[] {height * 5000 + 77, 3, height - 3, 2, height * 294_999 - 79}, "x");
        final RunLengths.Cropped cropped = runs.mask("x", DecodeLimits.standard());
        assertEquals(5000, cropped.x0());
        assertEquals(77, cropped.y0());
        assertEquals(new LabelMap(2, 3, new int[] {1, 1, 1, 1, 1, 0}), cropped.mask());
        final RunLengths full = RunLengths.of(height, 300_000, new long[] {0, height * 300_000}, "x");
        assertThrows(RunFailed.class, () -> full.mask("x", DecodeLimits.standard()));
    }

    @Test
    void damagedMasksAreRefused() {
        for (final AnnotationSettings settings : List.of(Reading.STRICT, Reading.REPAIR)) {
            reading.fails(file(annotation(1, 8, 3, mask(4, 5, "[1,2,3]"))), settings, "fill 6 of 20", "annotation 1");
            reading.fails(file(annotation(1, 8, 3, mask(4, 5, "[1,200]"))), settings, "do not fit");
            reading.fails(file(annotation(1, 8, 3, mask(4, 5, "[25,-5]"))), settings, "do not fit");
            reading.fails(file(annotation(1, 8, 3, mask(4, 5, "[1.5,18.5]"))), settings, "a.txt");
            reading.fails(file(annotation(1, 8, 3, mask(0, 5, "[1]"))), settings, "size");
            reading.fails(file(annotation(1, 8, 3, "{\"counts\":[20]}")), settings, "size");
            reading.fails(
                    file(annotation(1, 8, 3, mask(4, 5, "\"1122O0oooooooooooooo\""))),
                    settings,
                    "damaged at character");
            reading.fails(file(annotation(1, 8, 3, mask(4, 5, "\"o\""))), settings, "damaged at character");
            reading.fails(file(annotation(1, 8, 3, mask(4, 5, "\"1 1\""))), settings, "damaged at character");
        }
    }

    @Test
    void everyPrefixOfAPackedMaskIsRefusedOrFits() {
        for (int n = 0; n < LARGE.length(); n++) {
            final String part = LARGE.substring(0, n);
            assertThrows(RunFailed.class, () -> RunLengths.of(60, 70, RunLengths.unpack(part, "x"), "x"));
        }
    }

    @Test
    void thePictureIsFoundByItsNameOrStem() throws Exception {
        final String good = file(annotation(2, 8, 3, "[[0,0,4,0,4,4]]"));
        for (final String name :
                List.of("data/slide_1.png", "slide_1.png", "slide_1.tiff", "slide_1", "data/slide_1.png")) {
            final Annotations read = AnnotationFiles.read(
                    reading.file(good), name, Reading.STRICT, org.selfdiff.run.RunControl.silent());
            assertEquals(1, read.regions().size(), name);
        }
        reading.fails(good.replace("slide_1.png", "slide_2.png"), "None of the 2 pictures", "other.png", "slide_1.svs");
        reading.fails(good.replace("other.png", "slide_1.jpg"), "2 pictures of the file");
        assertEquals(
                1,
                reading.read(good.replace("other.png", "slide_1.jpg").replace("data/slide_1.png", "slide_1.svs"))
                        .regions()
                        .size());
    }

    @Test
    void faultsAreNamed() throws Exception {
        reading.fails(file(annotation(2, 8, 4, "[[0,0,4,0,4,4]]")), "category 4", "annotation 1, id 2");
        reading.fails(file(annotation(2, 8, 3, "[[0,0,4,0,4]]")), "odd number");
        reading.fails(file(annotation(2, 8, 3, "[[0,0,4,0]]")), "fewer than 3", "annotation 1");
        reading.fails(file(annotation(2, 8, 3, "[[0,0,4,4,4,0,0,4]]")), "crosses itself", "annotation 1, vertex 1");
        reading.fails(file(annotation(2, 8, 3, "[0,0,4,4,4,0,0,4]")), "BEGIN_ARRAY");
        reading.fails(file(annotation(2, 8, 3, "[[0,0,4,1e300,4,0]]")), "on no slide", "vertex 2");
        reading.fails(file().replace("\"id\":1,\"name\"", "\"id\":3,\"name\""), "category 3 is there twice");
        reading.fails(file(annotation(2, 8, 3, "[[0,0,4,0,4,4]]")), Reading.STRICT.withLimits(2, 1), "2 vertices");
        final Annotations repaired =
                reading.read(file(annotation(2, 8, 3, "[[0,0,4,0],[0,0,4,4,4,0,0,4]]")), Reading.REPAIR);
        assertEquals(1, repaired.regions().size());
        assertEquals(2, repaired.warnings().size());
        assertTrue(Arrays.toString(repaired.warnings().toArray()).contains("ring 2"));
    }
}
