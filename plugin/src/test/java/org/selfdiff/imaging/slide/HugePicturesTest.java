package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Pictures above the limit of pixels, which is lowered for that. */
class HugePicturesTest {
    private static final DecodeLimits LOW = new DecodeLimits(1000);

    private static final DecodeLimits HIGH = DecodeLimits.standard();

    @TempDir
    Path folder;

    private Path temporary;

    private String before;

    @BeforeEach
    void setTemporaryFolder() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
        before = System.setProperty("java.io.tmpdir", temporary.toString());
    }

    @AfterEach
    void nothingIsLeftThere() throws IOException {
        System.setProperty("java.io.tmpdir", before);
        try (Stream<Path> files = Files.list(temporary)) {
            assertEquals(0, files.count(), "temporary files that stayed");
        }
    }

    /** All regions that a picture is made of, some past its border, equal those of the decoded whole. */
    private static void assertSame(final Picture whole, final PictureSource source) throws RunFailed {
        assertEquals(new PictureSource.Level(whole.width(), whole.height(), 1, Double.NaN), source.level(0));
        assertEquals(whole, source.region(0, 0, 0, whole.width(), whole.height()));
        final int[][] places = {
            {0, 0, 1, 1}, {255, 3, 2, 9}, {250, 0, 20, 40}, {-7, -9, 30, 20}, {whole.width() - 4, 30, 9, 60}
        };
        for (final int[] at : places) {
            assertEquals(
                    whole.region(at[0], at[1], at[2], at[3]),
                    source.region(0, at[0], at[1], at[2], at[3]),
                    Arrays.toString(at));
        }
    }

    @Test
    void aLargePngIsReadFromATemporaryFile() throws Exception {
        final Picture picture = TestFiles.noise(1, 300, 70);
        final Path file = TestFiles.write(PngEncoder.picture(picture), folder.resolve("a.png"));
        try (PictureSource source = Slides.open(file, LOW)) {
            assertInstanceOf(StagedPicture.class, source);
            assertEquals(new PictureSource.About("PNG", Double.NaN, "PNG by SelfDiff"), source.about());
            assertSame(picture, source);
        }
        try (PictureSource source = Slides.open(file, HIGH)) {
            assertInstanceOf(FlatPicture.class, source);
            assertSame(picture, source);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_USHORT_GRAY})
    void pngsOfAllColoursAreTheSameLargeAndSmall(final int type) throws Exception {
        final BufferedImage image = TestFiles.image(TestFiles.noise(2, 300, 50), type);
        final Path file = TestFiles.write(image, "png", folder.resolve("a.png"));
        try (PictureSource source = Slides.open(file, LOW)) {
            assertSame(Pictures.read(file, HIGH), source);
        }
    }

    @Test
    void anInterlacedPngComesBackToEachBand() throws Exception {
        final BufferedImage image = TestFiles.image(TestFiles.noise(3, 301, 530), BufferedImage.TYPE_INT_RGB);
        final Path file = folder.resolve("a.png");
        write(image, "png", file, param -> param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT));
        try (PictureSource source = Slides.open(file, LOW)) {
            assertInstanceOf(StagedPicture.class, source);
            assertSame(Pictures.read(file, HIGH), source);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB})
    void aLargeJpegHasThePixelsOfASmallOne(final int type) throws Exception {
        final BufferedImage image = TestFiles.image(smooth(310, 290), type);
        final Path file = TestFiles.write(image, "jpg", folder.resolve("a.jpg"));
        try (PictureSource source = Slides.open(file, LOW)) {
            assertInstanceOf(StagedPicture.class, source);
            assertSame(Pictures.read(file, HIGH), source);
        }
    }

    @Test
    void aLargeProgressiveJpegIsRefusedWithARemedy() throws Exception {
        final Path file = folder.resolve("a.jpg");
        write(
                TestFiles.image(smooth(64, 64), BufferedImage.TYPE_INT_RGB),
                "jpeg",
                file,
                param -> param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, LOW));
        assertTrue(failed.what().contains("progressive"), failed.what());
        assertTrue(failed.remedy().contains("vips tiffsave"), failed.remedy());
    }

    private static Picture smooth(final int width, final int height) {
        final byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            final int x = i / 3 % width;
            final int y = i / 3 / width;
            rgb[i] = (byte) (128 + 100 * Math.sin(x / 9.0 + i % 3) * Math.cos(y / 7.0));
        }
        return new Picture(width, height, rgb);
    }

    private interface Setting {
        void set(ImageWriteParam param);
    }

    private static void write(final BufferedImage image, final String format, final Path file, final Setting setting)
            throws IOException {
        final ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            final ImageWriteParam param = writer.getDefaultWriteParam();
            setting.set(param);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "4, false", "8, false", "8, true", "24, false", "24, true", "32, false"})
    void aLargeBmpIsReadInPlace(final int bits, final boolean fromTop) throws Exception {
        final int width = 301;
        final int height = 61;
        final byte[] bytes = TestSlides.bmp(width, height, bits, fromTop);
        final Path file = TestFiles.write(bytes, folder.resolve("a.bmp"));
        try (PictureSource source = Slides.open(file, LOW)) {
            assertInstanceOf(BmpPicture.class, source);
            final byte[] fromBelow = TestSlides.bmp(width, height, bits, false);
            final Picture read = Pictures.read(TestFiles.write(fromBelow, folder.resolve("below.bmp")), HIGH);
            assertSame(fromTop ? upsideDown(read) : read, source);
        }
        final Path cut = TestFiles.write(Arrays.copyOf(bytes, bytes.length - 1), folder.resolve("cut.bmp"));
        assertThrows(RunFailed.class, () -> Slides.open(cut, LOW));
    }

    private static Picture upsideDown(final Picture picture) {
        final byte[] rgb = new byte[picture.rgb().length];
        final int row = 3 * picture.width();
        for (int y = 0; y < picture.height(); y++) {
            System.arraycopy(picture.rgb(), y * row, rgb, (picture.height() - 1 - y) * row, row);
        }
        return new Picture(picture.width(), picture.height(), rgb);
    }

    @Test
    void otherLargePicturesAreRefusedAsBefore() throws Exception {
        final BufferedImage image = TestFiles.image(smooth(40, 40), BufferedImage.TYPE_BYTE_INDEXED);
        final Path file = TestFiles.write(image, "gif", folder.resolve("a.gif"));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, LOW));
        assertEquals("The picture declares 40 x 40 pixels, more than the limit of 1000", failed.what());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp"})
    void aSizeThatTheFileCannotHoldIsRefusedAtOnce(final String format) throws Exception {
        final byte[] whole = Files.readAllBytes(TestFiles.write(
                TestFiles.image(smooth(64, 64), BufferedImage.TYPE_INT_RGB), format, folder.resolve("a." + format)));
        final ByteBuffer bytes = ByteBuffer.wrap(whole);
        switch (format) {
            case "png" -> {
                bytes.putInt(16, 60_000).putInt(20, 60_000);
                final java.util.zip.CRC32 crc = new java.util.zip.CRC32();
                crc.update(whole, 12, 17);
                bytes.putInt(29, (int) crc.getValue());
            }
            case "jpg" -> {
                int at = 0;
                while (whole[at] != (byte) 0xff || whole[at + 1] != (byte) 0xc0) {
                    at++;
                }
                bytes.putShort(at + 5, (short) 60_000).putShort(at + 7, (short) 60_000);
            }
            default -> bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(18, 60_000).putInt(22, 60_000);
        }
        final Path file = TestFiles.write(whole, folder.resolve("bomb." + format));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, HIGH));
        assertTrue(
                failed.what().contains("more than a file of its length can hold")
                        || failed.what().contains("shorter than its pixels"),
                failed.what());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void aCutOffPictureIsRefused(final String format) throws Exception {
        final Path file = TestFiles.write(
                TestFiles.image(TestFiles.noise(6, 200, 200), BufferedImage.TYPE_INT_RGB),
                format,
                folder.resolve("a." + format));
        final byte[] whole = Files.readAllBytes(file);
        for (final int percent : new int[] {30, 70, 99}) {
            final Path cut = TestFiles.write(
                    Arrays.copyOf(whole, whole.length * percent / 100), folder.resolve("cut." + format));
            final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(cut, LOW), percent + " %");
            assertTrue(failed.where().contains("cut."));
        }
    }

    @Test
    void whoCancelsLeavesNothing() throws Exception {
        final Path file = TestFiles.write(PngEncoder.picture(TestFiles.noise(7, 300, 300)), folder.resolve("a.png"));
        final int[] asked = {0};
        final RunControl control = new RunControl() {
            @Override
            public boolean isCancelled() {
                return ++asked[0] > 100;
            }

            @Override
            public void progress(final double fraction, final String message) {
                assertTrue(fraction >= 0 && fraction <= 1);
            }

            @Override
            public void warn(final String message) {
                throw new AssertionError(message);
            }
        };
        assertThrows(RunCancelled.class, () -> Slides.open(file, LOW, BlockCache.small(), control));
        assertEquals(101, asked[0]);
    }

    @Test
    void aTemporaryFolderThatIsMissingIsAClearError() throws Exception {
        final Path file = TestFiles.write(PngEncoder.picture(TestFiles.noise(8, 100, 100)), folder.resolve("a.png"));
        System.setProperty("java.io.tmpdir", folder.resolve("none").toString());
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, LOW));
        assertTrue(failed.remedy().contains("temporary"), failed.remedy());
    }
}
