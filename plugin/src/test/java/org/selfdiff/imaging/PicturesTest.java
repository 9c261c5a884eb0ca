package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.selfdiff.imaging.TestFiles.bytes;
import static org.selfdiff.imaging.TestFiles.chunk;
import static org.selfdiff.imaging.TestFiles.png;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.RunFailed;

class PicturesTest {
    private static final DecodeLimits LIMITS = DecodeLimits.standard();

    @TempDir
    Path folder;

    private Picture read(final byte[] file) throws RunFailed, IOException {
        return Pictures.read(TestFiles.write(file, folder.resolve("a.png")), LIMITS);
    }

    private static Picture grey(final int width, final int height, final int... values) {
        final byte[] rgb = new byte[3 * values.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i / 3];
        }
        return new Picture(width, height, rgb);
    }

    @ParameterizedTest
    @CsvSource({"png,1", "png,5", "png,2", "png,6", "bmp,1", "bmp,5", "tiff,1", "tiff,5"})
    void losslessFormatsComeBackExactly(final String format, final int type) throws Exception {
        final Picture picture = TestFiles.noise(type, 37, 23);
        final Path file = TestFiles.write(TestFiles.image(picture, type), format, folder.resolve("a." + format));
        assertEquals(picture, Pictures.read(file, LIMITS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "tiff"})
    void palettesAreExpanded(final String format) throws Exception {
        final BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_INDEXED);
        for (int i = 0; i < 256; i++) {
            image.getRaster().setSample(i % 16, i / 16, 0, i % 216); // above are greys that a writer may reorder
        }
        final Picture read = Pictures.read(TestFiles.write(image, format, folder.resolve("a." + format)), LIMITS);
        for (int i = 0; i < 256; i++) {
            assertEquals(image.getRGB(i % 16, i / 16) & 0xffffff, read.colour(i % 16, i / 16));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void greyIsExpanded(final String format) throws Exception {
        final BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        final int[] values = new int[256];
        Arrays.setAll(values, i -> i);
        image.getRaster().setSamples(0, 0, 16, 16, 0, values);
        assertEquals(
                grey(16, 16, values),
                Pictures.read(TestFiles.write(image, format, folder.resolve("a." + format)), LIMITS));
    }

    /** Ten bits in use: 1023 is white. */
    @Test
    void greyOfSixteenBitsIsScaledByTheBitsInUse() throws Exception {
        final byte[] rows = bytes(0, 0, 0, 2, 1, 255, 2, 1, 3, 255);
        assertEquals(grey(5, 1, 0, 0, 127, 128, 255), read(png(5, 1, 16, 0, rows)));
        assertEquals(grey(3, 1, 0, 1, 7), read(png(3, 1, 16, 0, bytes(0, 0, 0, 1, 0, 7))), "at least 8 bits");
        assertEquals(grey(2, 1, 32, 255), read(png(2, 1, 16, 0, bytes(31, 255, 255, 255))), "all bits");
    }

    @Test
    void sixteenBitsAreScaledByTheFullRangeAndNotByTheContent() throws Exception {
        final byte[] rows = bytes(0, 0, 0, 128, 0, 129, 1, 1, 128, 0, 255, 255);
        assertEquals(grey(6, 1, 0, 0, 1, 1, 128, 255), read(png(6, 1, 16, 0, rows)));
        final BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSamples(0, 0, 3, 1, 0, new int[] {0, 1000, 65535});
        assertEquals(
                grey(3, 1, 0, 3, 255), Pictures.read(TestFiles.write(image, "tiff", folder.resolve("a.tif")), LIMITS));
    }

    @Test
    void lowDepthsAreScaled() throws Exception {
        assertEquals(grey(5, 1, 255, 0, 255, 255, 0), read(png(5, 1, 1, 0, bytes(0b10110000))));
        assertEquals(grey(3, 1, 0, 85, 255), read(png(3, 1, 2, 0, bytes(0b00011100))));
        assertEquals(grey(3, 1, 17, 0, 255), read(png(3, 1, 4, 0, bytes(0x10, 0xf0))));
    }

    @Test
    void alphaIsCompositedOverWhite() throws Exception {
        final Picture picture = read(png(3, 1, 8, 6, bytes(10, 20, 30, 255, 10, 20, 30, 0, 0, 100, 200, 51)));
        assertArrayEquals(bytes(10, 20, 30, 255, 255, 255, 204, 224, 244), picture.rgb());
        assertEquals(grey(2, 1, 7, 155), read(png(2, 1, 8, 4, bytes(7, 255, 5, 102))));
        final byte[] palette = chunk("PLTE", bytes(0, 0, 0, 200, 100, 0));
        final byte[] alpha = chunk("tRNS", bytes(255, 51));
        assertArrayEquals(
                bytes(244, 224, 204, 0, 0, 0),
                read(png(2, 1, 8, 3, bytes(1, 0), palette, alpha)).rgb());
        assertEquals(grey(2, 1, 255, 8), read(png(2, 1, 8, 0, bytes(7, 8), chunk("tRNS", bytes(0, 7)))));
    }

    @Test
    void interlacedPicturesOfAnySizeComeBackExactly() throws Exception {
        for (int width = 1; width <= 9; width++) {
            for (int height = 1; height <= 9; height++) {
                final Picture picture = TestFiles.noise(width * 10L + height, width, height);
                assertEquals(picture, Pictures.read(interlaced(picture), LIMITS), width + " x " + height);
            }
        }
    }

    private Path interlaced(final Picture picture) throws IOException {
        final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        final ImageWriteParam param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        final Path file = folder.resolve("interlaced.png");
        java.nio.file.Files.deleteIfExists(file);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(TestFiles.image(picture, BufferedImage.TYPE_INT_RGB), null, null), param);
        }
        assertEquals(1, java.nio.file.Files.readAllBytes(file)[28], "the writer interlaces");
        return file;
    }

    @Test
    void gammaAndTextChunksChangeNothing() throws Exception {
        final Picture plain = read(png(2, 1, 8, 0, bytes(50, 200)));
        final byte[] gamma = chunk("gAMA", bytes(0, 1, 0x86, 0xa0));
        assertEquals(plain, read(png(2, 1, 8, 0, bytes(50, 200), gamma, chunk("tEXt", new byte[100_000]))));
    }

    @Test
    void jpegIsReadAsTheJdkReadsItWithAnyName() throws Exception {
        final Picture smooth = grey(16, 16, new int[256]).region(0, 0, 32, 32);
        final Path file =
                TestFiles.write(TestFiles.image(smooth, BufferedImage.TYPE_INT_RGB), "jpg", folder.resolve("odd.png"));
        assertEquals(smooth, Pictures.read(file, LIMITS));
    }

    @Test
    void whatIsNoPictureIsNamed() throws Exception {
        final Path text = TestFiles.write("hello, world".getBytes("UTF-8"), folder.resolve("notes.png"));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Pictures.read(text, LIMITS));
        assertTrue(failed.where().endsWith("notes.png"));
        assertTrue(failed.remedy().contains("PNG, JPEG, BMP, GIF and TIFF"));
        final Path none = folder.resolve("none.png");
        assertEquals(
                "The file does not exist",
                assertThrows(RunFailed.class, () -> Pictures.read(none, LIMITS)).what());
        assertEquals(
                "This is not a file",
                assertThrows(RunFailed.class, () -> Pictures.read(folder, LIMITS))
                        .what());
        final Path empty = TestFiles.write(new byte[0], folder.resolve("empty.png"));
        assertEquals(
                "The file is empty",
                assertThrows(RunFailed.class, () -> Pictures.read(empty, LIMITS))
                        .what());
    }

    @Test
    void namesWithAccentsAreFoundHoweverTheyAreWritten() throws Exception {
        final Path composed = TestFiles.write(new byte[0], folder.resolve("pr\u00e9l.png"));
        assertEquals(Optional.of(composed), Pictures.named(folder, "pr\u0065\u0301l"));
        final Path apart = TestFiles.write(new byte[0], folder.resolve("le\u0300.tif"));
        assertEquals(Optional.of(apart), Pictures.named(folder, "l\u00e8"));
        assertEquals(Optional.empty(), Pictures.named(folder, "l"));
    }
}
