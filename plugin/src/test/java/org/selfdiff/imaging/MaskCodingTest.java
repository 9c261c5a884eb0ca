package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.imaging.TestFiles.bytes;
import static org.selfdiff.imaging.TestFiles.chunk;
import static org.selfdiff.imaging.TestFiles.png;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.RunFailed;

class MaskCodingTest {
    private static final DecodeLimits LIMITS = DecodeLimits.standard();

    @TempDir
    Path folder;

    private Path file(final byte[] content) throws Exception {
        return TestFiles.write(content, folder.resolve("mask.png"));
    }

    private int[] labels(final byte[] content) throws Exception {
        return MaskCoding.labels().read(file(content), LIMITS).labels();
    }

    private int[] foreground(final byte[] content) throws Exception {
        return MaskCoding.foreground().read(file(content), LIMITS).labels();
    }

    @Test
    void greyValuesAreLabelsAtAnyDepth() throws Exception {
        assertArrayEquals(new int[] {1, 0, 1}, labels(png(3, 1, 1, 0, bytes(0b10100000))));
        assertArrayEquals(new int[] {0, 3, 255}, labels(png(3, 1, 8, 0, bytes(0, 3, 255))));
        assertArrayEquals(new int[] {300, 65535, 0}, labels(png(3, 1, 16, 0, bytes(1, 44, 255, 255, 0, 0))));
        assertArrayEquals(new int[] {1, 1, 0}, foreground(png(3, 1, 16, 0, bytes(1, 44, 255, 255, 0, 0))));
        assertArrayEquals(new int[] {0, 1, 1}, foreground(png(3, 1, 8, 0, bytes(0, 3, 255))));
    }

    @Test
    void colouredPalettesGiveIndicesAndGreyOnesValues() throws Exception {
        final byte[] coloured = chunk("PLTE", bytes(0, 0, 0, 128, 0, 0, 0, 128, 0));
        assertArrayEquals(new int[] {2, 0, 1}, labels(png(3, 1, 8, 3, bytes(2, 0, 1), coloured)));
        final byte[] grey = chunk("PLTE", bytes(255, 255, 255, 0, 0, 0, 7, 7, 7)); // white first, as optimisers do
        assertArrayEquals(new int[] {255, 0, 7}, labels(png(3, 1, 8, 3, bytes(0, 1, 2), grey)));
        assertArrayEquals(new int[] {1, 0, 1}, foreground(png(3, 1, 8, 3, bytes(0, 1, 2), grey)));
    }

    @Test
    void greyStoredAsRgbIsGreyAndColoursAreRefused() throws Exception {
        assertArrayEquals(new int[] {5, 0}, labels(png(2, 1, 8, 2, bytes(5, 5, 5, 0, 0, 0))));
        final Path coloured = file(png(1, 2, 8, 2, bytes(0, 0, 0, 255, 0, 16)));
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> MaskCoding.labels().read(coloured, LIMITS));
        assertTrue(failed.what().contains("#ff0010"));
        assertTrue(failed.where().endsWith("mask.png, column 0, row 1"));
        assertArrayEquals(
                new int[] {0, 1}, MaskCoding.foreground().read(coloured, LIMITS).labels());
    }

    @Test
    void coloursBecomeClasses() throws Exception {
        final MaskCoding coding = MaskCoding.colours("#000000, #FF0000,#00ff00");
        final byte[] rgb = bytes(0, 255, 0, 0, 0, 0, 255, 0, 0);
        assertArrayEquals(
                new int[] {2, 0, 1},
                coding.read(file(png(3, 1, 8, 2, rgb)), LIMITS).labels());
        final byte[] palette = chunk("PLTE", bytes(255, 0, 0, 0, 0, 0));
        assertArrayEquals(
                new int[] {1, 0},
                coding.read(file(png(2, 1, 8, 3, bytes(0, 1), palette)), LIMITS).labels());
        final Path strange = file(png(1, 1, 8, 2, bytes(1, 2, 3)));
        final RunFailed failed = assertThrows(RunFailed.class, () -> coding.read(strange, LIMITS));
        assertTrue(failed.what().contains("#010203"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "red", "#12345", "#000000,#000000", "#000000;#ffffff"})
    void badListsOfColoursAreRefused(final String text) {
        assertEquals(
                "colours of the classes",
                assertThrows(RunFailed.class, () -> MaskCoding.colours(text)).where());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiff", "bmp", "gif"})
    void otherLosslessFormatsKeepTheirLabels(final String format) throws Exception {
        final BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSamples(0, 0, 4, 1, 0, new int[] {0, 1, 2, 200});
        final Path file = TestFiles.write(image, format, folder.resolve("m." + format));
        assertArrayEquals(
                new int[] {0, 1, 2, 200}, MaskCoding.labels().read(file, LIMITS).labels());
    }

    @Test
    void sixteenBitTiffKeepsItsLabels() throws Exception {
        final BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 1000, 65535});
        final Path file = TestFiles.write(image, "tiff", folder.resolve("m.tif"));
        assertArrayEquals(
                new int[] {0, 1000, 65535},
                MaskCoding.labels().read(file, LIMITS).labels());
    }

    @Test
    void aMaskInJpegIsRefused() throws Exception {
        final Path file = TestFiles.write(
                TestFiles.image(TestFiles.noise(1, 8, 8), BufferedImage.TYPE_INT_RGB), "jpg", folder.resolve("m.jpg"));
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> MaskCoding.foreground().read(file, LIMITS));
        assertTrue(failed.what().contains("JPEG"));
    }

    @Test
    void colourListsOfCommasAreRefused() {
        for (final String text : new String[] {"", ",", " , ,", "#000000,"}) {
            assertThrows(RunFailed.class, () -> MaskCoding.colours(text), text);
        }
    }
}
