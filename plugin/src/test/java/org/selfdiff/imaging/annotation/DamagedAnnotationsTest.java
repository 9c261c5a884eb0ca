package org.selfdiff.imaging.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Label pictures, and files that are cut off, altered, missing or cancelled. */
class DamagedAnnotationsTest {
    private static final String GEO_JSON =
            "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":"
                    + "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[40,0],[40.5,4e1],[0,0]]]},"
                    + "\"properties\":{\"classification\":{\"name\":\"T\u00fcmor\"},\"name\":\"x\"}}]}";

    private static final String COCO =
            "{\"images\":[{\"id\":1,\"file_name\":\"s.png\"}],\"categories\":[{\"id\":1,\"name\":\"a\"}],"
                    + "\"annotations\":[{\"image_id\":1,\"category_id\":1,\"segmentation\":[[0,0,4,0,4,4]]},"
                    + "{\"image_id\":1,\"category_id\":1,\"segmentation\":{\"size\":[4,5],\"counts\":\"1122O01N20M\"}}]}";

    private static final String ASAP = "<?xml version=\"1.0\"?><ASAP_Annotations><Annotations><Annotation Name=\"a\" "
            + "Type=\"Polygon\" PartOfGroup=\"b\"><Coordinates><Coordinate Order=\"0\" X=\"1\" Y=\"2\"/>"
            + "<Coordinate Order=\"1\" X=\"11\" Y=\"2\"/><Coordinate Order=\"2\" X=\"1\" Y=\"22\"/></Coordinates>"
            + "</Annotation></Annotations></ASAP_Annotations>";

    private static final String IMAGE_SCOPE =
            "<Annotations><Annotation Name=\"a\"><Regions><Region Type=\"0\"><Vertices><Vertex X=\"1\""
                    + " Y=\"2\"/><Vertex X=\"11\" Y=\"2\"/><Vertex X=\"1\" Y=\"22\"/></Vertices></Region><Region"
                    + " Type=\"1\" NegativeROA=\"1\"><Vertices><Vertex X=\"2\" Y=\"3\"/><Vertex X=\"4\" Y=\"4\"/>"
                    + "</Vertices></Region></Regions></Annotation></Annotations>";

    private Path file;

    @BeforeEach
    void open(@TempDir final Path folder) {
        file = folder.resolve("damaged.txt");
    }

    private Annotations read() throws RunFailed, RunCancelled {
        return AnnotationFiles.read(file, "s.svs", Reading.STRICT, RunControl.silent());
    }

    @Test
    void everyPrefixIsRefused() throws Exception {
        for (final String text : List.of(GEO_JSON, COCO, ASAP, IMAGE_SCOPE)) {
            final byte[] whole = text.getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < whole.length; length++) {
                Files.write(file, Arrays.copyOf(whole, length));
                final RunFailed failed = assertThrows(RunFailed.class, this::read, text.substring(0, 9) + length);
                assertTrue(failed.where().contains("damaged.txt"));
                assertTrue(!failed.what().contains("http"), failed.what());
            }
            Files.write(file, whole);
            assertNotNull(read());
        }
    }

    @Test
    void alteredBytesAreReadOrRefusedButNothingElseHappens() throws Exception {
        final SeededRandom random = new SeededRandom(21);
        int refused = 0;
        for (final String text : List.of(GEO_JSON, COCO, ASAP, IMAGE_SCOPE)) {
            final byte[] whole = text.getBytes(StandardCharsets.UTF_8);
            for (int round = 0; round < 150; round++) {
                final byte[] altered = whole.clone();
                for (int k = random.nextInt(3); k >= 0; k--) {
                    altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
                }
                Files.write(file, altered);
                try {
                    read();
                } catch (final RunFailed e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > 300, refused + " refused");
    }

    @Test
    void aMissingFileAndOtherFilesAreRefused() throws Exception {
        assertTrue(assertThrows(RunFailed.class, this::read).what().contains("cannot be opened"));
        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0});
        assertTrue(assertThrows(RunFailed.class, this::read).what().contains("compressed"));
        Files.write(file, new byte[] {1, 2, 3, 4, 5, 6});
        assertTrue(assertThrows(RunFailed.class, this::read).remedy().contains("GeoJSON"));
        Files.write(file, new byte[] {'{', '"', 'a', '"', ':', (byte) 0xff, (byte) 0xfe, '}'});
        assertTrue(assertThrows(RunFailed.class, this::read).what().contains("UTF-8"));
    }

    @Test
    void readingIsCancelled() throws Exception {
        Files.writeString(file, "[" + "{\"type\":\"Point\",\"coordinates\":[1,2]},".repeat(100_000) + "0]");
        final AtomicInteger asked = new AtomicInteger();
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return asked.incrementAndGet() > 8;
            }

            @Override
            public void progress(final double fraction, final String message) {
                // not looked at
            }

            @Override
            public void warn(final String message) {
                // not looked at
            }
        };
        assertThrows(RunCancelled.class, () -> AnnotationFiles.read(file, "", Reading.STRICT, control));
        assertTrue(asked.get() < 30);
        Files.writeString(file, "<Annotations>" + "<a x=\"1\"/>".repeat(100_000) + "</Annotations>");
        asked.set(0);
        assertThrows(RunCancelled.class, () -> AnnotationFiles.read(file, "", Reading.STRICT, control));
    }

    @Test
    void aPictureOfLabelsIsARegionForEachValue() throws Exception {
        final int[] labels = new int[30 * 20];
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 30; x++) {
                final double r = Math.hypot(x - 9, y - 9);
                labels[y * 30 + x] = r < 3 ? 0 : r < 8 ? 2 : x > 20 ? 7 : 0;
            }
        }
        final BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, 30, 20, 0, labels);
        for (final String format : List.of("bmp", "png", "tiff", "gif")) {
            TestFiles.write(image, format, file);
            final AnnotationSettings settings = Reading.STRICT.withDefaultClass("Gland");
            final Annotations read = AnnotationFiles.read(file, "", settings, RunControl.silent());
            assertEquals(List.of("Gland"), read.classNames(), format);
            assertEquals(
                    List.of("2", "7"), read.regions().stream().map(Region::name).toList());
            final PixelGrid grid = new PixelGrid(0, 0, 1, 30, 20);
            final int[] objects =
                    Arrays.stream(labels).map(l -> l == 2 ? 1 : l == 7 ? 2 : 0).toArray();
            assertEquals(new LabelMap(30, 20, objects), read.instances(grid, List.of("Gland")));
            final Annotations classes = AnnotationFiles.read(
                    file,
                    "",
                    settings.withPictureLabels(AnnotationSettings.PictureLabels.CLASSES),
                    RunControl.silent());
            assertEquals(List.of("2", "7"), classes.classNames());
        }
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));
        assertThrows(RunFailed.class, this::read);
        TestFiles.write(image, "jpg", file);
        assertTrue(assertThrows(RunFailed.class, this::read).what().contains("JPEG"));
    }

    @Test
    void manyVerticesAreReadAndChecked() throws Exception {
        final Ring star = Shapes.star(1, 150_000, 50_000, 50_000, 40_000, 40_030);
        Files.writeString(file, Shapes.geoJson(star));
        final Annotations read = read();
        assertEquals(star, read.regions().get(0).polygons().get(0).outer());
    }
}
