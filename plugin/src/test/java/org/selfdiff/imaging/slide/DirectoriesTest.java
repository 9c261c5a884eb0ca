package org.selfdiff.imaging.slide;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.BlockSource;
import org.selfdiff.imaging.tiff.write.PixelType;
import org.selfdiff.imaging.tiff.write.TiffImage;
import org.selfdiff.imaging.tiff.write.WrittenTag;
import org.selfdiff.run.RunFailed;

/** Files put together directory by directory: which of them are levels, and what they are made of. */
class DirectoriesTest {
    private static final DecodeLimits LIMITS = new DecodeLimits(4_000_000);

    @TempDir
    Path folder;

    @Test
    void pagesOfAnotherAspectMasksAndThumbnailsAreNoLevels() throws Exception {
        final Path file = TestSlides.written(
                folder,
                "pages.tif",
                List.of(
                        TestSlides.Part.tiled(512, 384),
                        TestSlides.Part.tiled(512, 384), // another page of the same size
                        TestSlides.Part.tiled(256, 256), // of another aspect
                        TestSlides.Part.stripped(200, 150), // a preview that nobody declares as a level
                        TestSlides.Part.tiled(
                                256, 192, WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, 5)), // a mask of a level
                        TestSlides.Part.tiled(256, 192), // a level, by its tiles
                        TestSlides.Part.stripped(64, 48, TestSlides.REDUCED))); // a level, by its tag
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertEquals(3, source.levels());
            assertEquals(new PictureSource.Level(256, 192, 2, Double.NaN), source.level(1));
            assertEquals(new PictureSource.Level(64, 48, 8, Double.NaN), source.level(2));
            assertEquals(new Picture(64, 48, TestSlides.pixels(0, 0, 64, 48)), TestSlides.whole(source, 2));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3, 20000, 0.5", // per centimetre
        "3, 40000, 0.25",
        "3, 28.35, NaN", // 72 dots per inch, converted
        "3, 118.11, NaN", // 300 dots per inch
        "3, 10, NaN", // libvips without a resolution
        "3, 0, NaN",
        "2, 50800, NaN", // per inch
        "1, 20000, NaN" // no unit
    })
    void onlyAPlausibleResolutionPerCentimetreIsOne(final int unit, final double resolution, final double mpp)
            throws Exception {
        final WrittenTag x = resolution == 0
                ? new WrittenTag(TiffTag.X_RESOLUTION, WrittenTag.Type.RATIONAL, new long[] {0, 1})
                : WrittenTag.fraction(TiffTag.X_RESOLUTION, resolution);
        final Path file = TestSlides.written(
                folder,
                "a.tif",
                List.of(TestSlides.Part.tiled(64, 64, x, WrittenTag.shorts(TiffTag.RESOLUTION_UNIT, unit))));
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertEquals(mpp, source.level(0).mpp(), 1e-9);
        }
    }

    /** One channel of the picture as a grey one. */
    private static TestSlides.Part channel(
            final int c, final int factor, final boolean child, final WrittenTag... tags) {
        final BlockSource grey = (x, y, w, h) -> {
            final byte[] rgb = TestSlides.pixels(x, y, w, h);
            final byte[] out = new byte[w * h];
            for (int i = 0; i < out.length; i++) {
                out[i] = rgb[3 * i + c];
            }
            return out;
        };
        final TiffImage image =
                TiffImage.tiled(300 / factor, 200 / factor, PixelType.GREY8, 64, BlockCompression.DEFLATE);
        return new TestSlides.Part(image, grey, List.of(tags), child);
    }

    @Test
    void redGreenAndBlueMayHaveDirectoriesOfTheirOwn() throws Exception {
        final String xml = TestSlides.ome(
                "SizeC=\"3\"",
                "<Channel/><Channel/><Channel/><TiffData FirstC=\"0\" IFD=\"2\"/><TiffData FirstC=\"1\" IFD=\"1\"/>"
                        + "<TiffData FirstC=\"2\" IFD=\"0\"/>");
        final Path file = TestSlides.written(
                folder,
                "rgb.ome.tif",
                List.of(
                        channel(2, 1, false, WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, xml)),
                        channel(2, 2, true, TestSlides.REDUCED),
                        channel(1, 1, false),
                        channel(1, 2, true, TestSlides.REDUCED),
                        channel(0, 1, false),
                        channel(0, 2, true, TestSlides.REDUCED)));
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertEquals(2, source.levels());
            assertEquals(new PictureSource.Level(300, 200, 1, 0.5), source.level(0));
            assertEquals(new PictureSource.Level(150, 100, 2, 1.0), source.level(1));
            assertEquals(new Picture(300, 200, TestSlides.pixels(0, 0, 300, 200)), TestSlides.whole(source, 0));
            assertEquals(new Picture(150, 100, TestSlides.pixels(0, 0, 150, 100)), TestSlides.whole(source, 1));
        }
    }

    @Test
    void fluorescenceAndMissingFilesOfASetAreNamed() throws Exception {
        final String five = TestSlides.ome("SizeC=\"5\"", "<Channel/><Channel/><Channel/><Channel/><Channel/>");
        final RunFailed channels = assertThrows(
                RunFailed.class,
                () -> Slides.open(
                        TestSlides.written(
                                folder,
                                "five.ome.tif",
                                List.of(channel(0, 1, false, WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, five)))),
                        LIMITS));
        assertTrue(channels.what().contains("5 channels"), channels.what());
        final String other = TestSlides.ome(
                "SizeC=\"1\"", "<Channel/><TiffData IFD=\"9\"><UUID FileName=\"other.tif\">u</UUID></TiffData>");
        final RunFailed set = assertThrows(
                RunFailed.class,
                () -> Slides.open(
                        TestSlides.written(
                                folder,
                                "set.ome.tif",
                                List.of(channel(0, 1, false, WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, other)))),
                        LIMITS));
        assertTrue(set.what().contains("other.tif"), set.what());
    }

    @ParameterizedTest
    @CsvSource({
        "<OME><!DOCTYPE a><Image/></OME>, XML",
        "<OME><Image></OME>, XML",
        "<scn xmlns=\"http://www.leica-microsystems.com/scn/2010/10/01\"/>, Leica SCN",
    })
    void damagedAndForeignDescriptionsAreNamed(final String description, final String expected) throws Exception {
        final Path file = TestSlides.written(
                folder,
                "a.tif",
                List.of(TestSlides.Part.tiled(64, 64, WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, description))));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, LIMITS));
        assertTrue(failed.what().contains(expected), failed.what());
    }

    @Test
    void aVentanaSlideIsToldByTheXmpOfAnyDirectory() throws Exception {
        final WrittenTag xmp = WrittenTag.undefined(
                700,
                "<?xml version=\"1.0\"?><EncodeInfo><iScan Magnification=\"20\"/></EncodeInfo>".getBytes(US_ASCII));
        final Path file = TestSlides.written(
                folder, "bif.tif", List.of(TestSlides.Part.stripped(64, 64), TestSlides.Part.tiled(64, 64, xmp)));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, LIMITS));
        assertEquals("The slide format Ventana BIF is not read", failed.what());
    }

    @ParameterizedTest
    @EnumSource(
            value = BlockCompression.class,
            names = {"LZW", "DEFLATE", "PACKBITS"})
    void aPictureInOneLargeStripIsDecodedOnce(final BlockCompression compression) throws Exception {
        final int width = 2100;
        final int height = 2005;
        TiffImage image = TiffImage.stripped(width, height, PixelType.RGB8, height, compression);
        image = compression == BlockCompression.PACKBITS ? image : image.withPredictor();
        final Path file = TestSlides.written(
                folder, "strip.tif", List.of(new TestSlides.Part(image, TestSlides::pixels, List.of(), false)));
        final Picture expected = new Picture(width, height, TestSlides.pixels(0, 0, width, height));
        try (PictureSource source = Slides.open(file, new DecodeLimits(1_000_000))) {
            assertInstanceOf(StagedPicture.class, source);
            assertEquals(expected, TestSlides.whole(source, 0));
        }
        try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
            assertInstanceOf(FlatPicture.class, source);
            assertEquals(expected, TestSlides.whole(source, 0));
        }
        final byte[] bytes = Files.readAllBytes(file);
        // the directory stands at the end; what is cut out of the middle is pixels
        Arrays.fill(bytes, bytes.length / 3, bytes.length / 2, (byte) 0xff);
        Files.write(file, bytes);
        if (compression != BlockCompression.PACKBITS) {
            assertThrows(RunFailed.class, () -> Slides.open(file, DecodeLimits.standard()));
        }
    }

    @Test
    void aLargeStripKeepsWhatItsOmeXmlSays() throws Exception {
        final WrittenTag xml = WrittenTag.text(
                TiffTag.IMAGE_DESCRIPTION, TestSlides.ome("SizeC=\"3\"", "<Channel SamplesPerPixel=\"3\"/>"));
        final TiffImage image = TiffImage.stripped(2100, 2005, PixelType.RGB8, 2005, BlockCompression.DEFLATE);
        final Path file = TestSlides.written(
                folder, "a.ome.tif", List.of(new TestSlides.Part(image, TestSlides::pixels, List.of(xml), false)));
        try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
            assertEquals("OME-TIFF", source.about().format());
            assertEquals(new PictureSource.Level(2100, 2005, 1, 0.5), source.level(0));
        }
    }

    @Test
    void aJpegInOneLargeStripIsDecodedOnce() throws Exception {
        final TiffImage image = TiffImage.stripped(2100, 2005, PixelType.RGB8, 2005, BlockCompression.JPEG);
        final Path file = TestSlides.written(
                folder, "strip.tif", List.of(new TestSlides.Part(image, TestSlides::pixels, List.of(), false)));
        final Picture expected = new Picture(2100, 2005, TestSlides.pixels(0, 0, 2100, 2005));
        final Picture flat;
        try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
            flat = TestSlides.whole(source, 0);
            TestSlides.assertNear(expected, flat, 4);
        }
        try (PictureSource source = Slides.open(file, new DecodeLimits(1_000_000))) {
            assertInstanceOf(StagedPicture.class, source);
            assertEquals(flat, TestSlides.whole(source, 0));
        }
    }

    @Test
    void aTiffByAnotherNameIsReadByItsContent() throws Exception {
        final Path file = TestSlides.written(folder, "a.tif", List.of(TestSlides.Part.stripped(100, 50)));
        final Path renamed = Files.move(file, folder.resolve("a.png"));
        try (PictureSource source = Slides.open(renamed, LIMITS)) {
            assertEquals("TIFF", source.about().format());
            assertEquals(new Picture(100, 50, TestSlides.pixels(0, 0, 100, 50)), TestSlides.whole(source, 0));
        }
        TestFiles.write(new byte[] {'I', 'I', 42, 0}, folder.resolve("short.tif"));
        assertThrows(RunFailed.class, () -> Slides.open(folder.resolve("short.tif"), LIMITS));
    }
}
