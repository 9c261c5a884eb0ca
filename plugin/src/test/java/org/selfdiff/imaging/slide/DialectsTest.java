package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.selfdiff.imaging.tiff.write.DirectoryDraft;
import org.selfdiff.imaging.tiff.write.PhilipsSlide;
import org.selfdiff.imaging.tiff.write.PixelType;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.imaging.tiff.write.SlideWriter;
import org.selfdiff.imaging.tiff.write.TiffForm;
import org.selfdiff.imaging.tiff.write.TiffImage;
import org.selfdiff.imaging.tiff.write.TiffWriter;
import org.selfdiff.imaging.tiff.write.WrittenTag;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Slides of every vendor's manner, written here and read back. */
class DialectsTest {
    private static final int WIDTH = 2311;

    private static final int HEIGHT = 1203;

    private static final DecodeLimits LIMITS = new DecodeLimits(4_000_000);

    @TempDir
    Path folder;

    /** A smooth picture with squares in it, so that JPEG keeps it and swapped blocks are noticed. */
    static byte[] pixels(final int x0, final int y0, final int width, final int height) {
        final byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i++) {
            final int x = x0 + i / 3 % width;
            final int y = y0 + i / 3 / width;
            rgb[i] = (byte)
                    ((x / 64 + y / 64) % 7 == 0 ? 40 + 60 * (i % 3) : 60 + (x / 16 + y / 12 + 30 * (i % 3)) % 190);
        }
        return rgb;
    }

    private Path slide(final SlideFormat format, final BlockCompression compression) throws Exception {
        final Path file = folder.resolve("slide" + format.ending());
        try (Workers workers = new Workers(2)) {
            SlideWriter.write(
                    file,
                    new SlideWriter.Slide(WIDTH, HEIGHT, 0.5, 20, format, compression, 90),
                    DialectsTest::pixels,
                    workers,
                    RunControl.silent());
        }
        return file;
    }

    /** The mean of squares of pixels, as a level is made from the finer one. */
    private static Picture reduced(final Picture fine, final int factor) {
        final int w = fine.width() / factor;
        final int h = fine.height() / factor;
        final byte[] out = new byte[3 * w * h];
        for (int i = 0; i < out.length; i++) {
            int sum = 0;
            for (int d = 0; d < factor * factor; d++) {
                sum += fine.sample(i / 3 % w * factor + d % factor, i / 3 / w * factor + d / factor, i % 3);
            }
            out[i] = (byte) Math.round((float) sum / (factor * factor));
        }
        return new Picture(w, h, out);
    }

    private static Picture whole(final PictureSource source, final int level) throws RunFailed {
        final PictureSource.Level size = source.level(level);
        return source.region(level, 0, 0, (int) size.width(), (int) size.height());
    }

    private static void assertLevels(final PictureSource source, final int... downsamples) {
        assertEquals(downsamples.length, source.levels());
        for (int i = 0; i < downsamples.length; i++) {
            final int d = downsamples[i];
            assertEquals(new PictureSource.Level(WIDTH / d, HEIGHT / d, d, 0.5 * d), source.level(i), "level " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({"APERIO, Aperio SVS, 20, 4", "BIG_TIFF, TIFF, NaN, 2", "OME_TIFF, OME-TIFF, 20, 2"})
    void everyLevelOfALosslessSlideIsExact(
            final SlideFormat format, final String title, final double magnification, final int factor)
            throws Exception {
        try (PictureSource source = Slides.open(slide(format, BlockCompression.DEFLATE), LIMITS)) {
            assertEquals(new PictureSource.About(title, magnification, "deflate by SelfDiff"), source.about());
            if (format == SlideFormat.APERIO) {
                assertLevels(source, 1, 4);
            } else {
                assertLevels(source, 1, 2, 4);
            }
            Picture expected = new Picture(WIDTH, HEIGHT, pixels(0, 0, WIDTH, HEIGHT));
            assertEquals(expected, whole(source, 0));
            for (int level = 1; level < source.levels(); level++) {
                expected = reduced(expected, factor);
                assertEquals(expected, whole(source, level), "level " + level);
            }
            final Picture outside = source.region(0, WIDTH - 100, -50, 200, 120);
            assertEquals(
                    new Picture(WIDTH, HEIGHT, pixels(0, 0, WIDTH, HEIGHT)).region(WIDTH - 100, -50, 200, 120),
                    outside);
        }
    }

    @ParameterizedTest
    @EnumSource(SlideFormat.class)
    void jpegSlidesKeepTheirColours(final SlideFormat format) throws Exception {
        try (PictureSource source = Slides.open(slide(format, BlockCompression.JPEG), LIMITS)) {
            assertTrue(
                    source.about().decoder().startsWith("JPEG by "),
                    source.about().decoder());
            assertNear(new Picture(WIDTH, HEIGHT, pixels(0, 0, WIDTH, HEIGHT)), whole(source, 0), 4);
        }
    }

    static void assertNear(final Picture expected, final Picture actual, final double most) {
        assertEquals(expected.width() + " x " + expected.height(), actual.width() + " x " + actual.height());
        double sum = 0;
        for (int i = 0; i < expected.rgb().length; i++) {
            sum += Math.abs((expected.rgb()[i] & 0xff) - (actual.rgb()[i] & 0xff));
        }
        final double mean = sum / expected.rgb().length;
        assertTrue(mean <= most, "mean difference " + mean);
    }

    @Test
    void philipsLevelsHaveTheirTrueSizeAndLeftOutTilesAreWhite() throws Exception {
        final Path file = folder.resolve("philips.tiff");
        PhilipsSlide.write(file, 2500, 1500, 0.25, (x, y, w, h) -> x == 512 && y == 0 ? null : pixels(x, y, w, h));
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertEquals("Philips TIFF", source.about().format());
            assertEquals(3, source.levels());
            // level 1 is padded from 1280 x 768 to 1536 x 1024, level 2 from 640 x 384 to 1024 x 512
            final long[][] sizes = {{2560, 1536}, {1280, 768}, {640, 384}};
            for (int i = 0; i < 3; i++) {
                final PictureSource.Level level = source.level(i);
                assertEquals(sizes[i][0], level.width());
                assertEquals(sizes[i][1], level.height());
                assertEquals(1 << i, level.downsample());
                assertEquals(0.25 * (1 << i), level.mpp(), 1e-9);
            }
            assertEquals(0xffffff, source.region(0, 700, 100, 1, 1).colour(0, 0));
            assertNear(new Picture(512, 512, pixels(1024, 512, 512, 512)), source.region(0, 1024, 512, 512, 512), 4);
            // what lies past the true size is its reflection, not the padding
            assertEquals(source.region(1, 1270, 300, 1, 1), source.region(1, 1288, 300, 1, 1));
        }
    }

    private Path written(final String name, final List<Part> parts) throws Exception {
        final Path file = folder.resolve(name);
        try (Workers workers = new Workers(1);
                TiffWriter writer = TiffWriter.begin(file, TiffForm.classic())) {
            final List<DirectoryDraft> chain = new ArrayList<>();
            for (final Part part : parts) {
                final DirectoryDraft directory = writer.image(
                        part.image, part.source, workers, RunControl.silent(), part.tags.toArray(WrittenTag[]::new));
                if (part.child) {
                    final DirectoryDraft parent = chain.remove(chain.size() - 1);
                    final List<DirectoryDraft> children = new ArrayList<>(parent.children());
                    children.add(directory);
                    chain.add(parent.with(children));
                } else {
                    chain.add(directory);
                }
            }
            writer.commit(chain);
        }
        return file;
    }

    private record Part(TiffImage image, BlockSource source, List<WrittenTag> tags, boolean child) {
        static Part tiled(final int width, final int height, final WrittenTag... tags) {
            return new Part(
                    TiffImage.tiled(width, height, PixelType.RGB8, 64, BlockCompression.LZW),
                    DialectsTest::pixels,
                    List.of(tags),
                    false);
        }

        static Part stripped(final int width, final int height, final WrittenTag... tags) {
            return new Part(
                    TiffImage.stripped(width, height, PixelType.RGB8, 16, BlockCompression.NONE),
                    DialectsTest::pixels,
                    List.of(tags),
                    false);
        }
    }

    private static final WrittenTag REDUCED = WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, 1);

    @Test
    void pagesOfAnotherAspectMasksAndThumbnailsAreNoLevels() throws Exception {
        final Path file = written(
                "pages.tif",
                List.of(
                        Part.tiled(512, 384),
                        Part.tiled(512, 384), // another page of the same size
                        Part.tiled(256, 256), // of another aspect
                        Part.stripped(200, 150), // a preview that nobody declares as a level
                        Part.tiled(256, 192, WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, 5)), // a mask of a level
                        Part.tiled(256, 192), // a level, by its tiles
                        Part.stripped(64, 48, REDUCED))); // a level, by its tag
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertEquals(3, source.levels());
            assertEquals(new PictureSource.Level(256, 192, 2, Double.NaN), source.level(1));
            assertEquals(new PictureSource.Level(64, 48, 8, Double.NaN), source.level(2));
            assertEquals(new Picture(64, 48, pixels(0, 0, 64, 48)), whole(source, 2));
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
        final Path file =
                written("a.tif", List.of(Part.tiled(64, 64, x, WrittenTag.shorts(TiffTag.RESOLUTION_UNIT, unit))));
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertEquals(mpp, source.level(0).mpp(), 1e-9);
        }
    }

    private static String ome(final String pixels, final String inside) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\">"
                + "<Image ID=\"Image:0\"><Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"uint8\" SizeX=\"300\" "
                + "SizeY=\"200\" SizeZ=\"1\" SizeT=\"1\" PhysicalSizeX=\"500\" PhysicalSizeXUnit=\"nm\" " + pixels + ">"
                + inside + "</Pixels></Image></OME>";
    }

    /** One channel of the picture as a grey one. */
    private static Part channel(final int c, final int factor, final boolean child, final WrittenTag... tags) {
        final BlockSource grey = (x, y, w, h) -> {
            final byte[] rgb = pixels(x, y, w, h);
            final byte[] out = new byte[w * h];
            for (int i = 0; i < out.length; i++) {
                out[i] = rgb[3 * i + c];
            }
            return out;
        };
        final TiffImage image =
                TiffImage.tiled(300 / factor, 200 / factor, PixelType.GREY8, 64, BlockCompression.DEFLATE);
        return new Part(image, grey, List.of(tags), child);
    }

    @Test
    void redGreenAndBlueMayHaveDirectoriesOfTheirOwn() throws Exception {
        final String xml = ome(
                "SizeC=\"3\"",
                "<Channel/><Channel/><Channel/><TiffData FirstC=\"0\" IFD=\"2\"/><TiffData FirstC=\"1\" IFD=\"1\"/>"
                        + "<TiffData FirstC=\"2\" IFD=\"0\"/>");
        final Path file = written(
                "rgb.ome.tif",
                List.of(
                        channel(2, 1, false, WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, xml)),
                        channel(2, 2, true, REDUCED),
                        channel(1, 1, false),
                        channel(1, 2, true, REDUCED),
                        channel(0, 1, false),
                        channel(0, 2, true, REDUCED)));
        try (PictureSource source = Slides.open(file, LIMITS)) {
            assertEquals(2, source.levels());
            assertEquals(new PictureSource.Level(300, 200, 1, 0.5), source.level(0));
            assertEquals(new PictureSource.Level(150, 100, 2, 1.0), source.level(1));
            assertEquals(new Picture(300, 200, pixels(0, 0, 300, 200)), whole(source, 0));
            assertEquals(new Picture(150, 100, pixels(0, 0, 150, 100)), whole(source, 1));
        }
    }

    @Test
    void fluorescenceAndMissingFilesOfASetAreNamed() throws Exception {
        final String five = ome("SizeC=\"5\"", "<Channel/><Channel/><Channel/><Channel/><Channel/>");
        final RunFailed channels = assertThrows(
                RunFailed.class,
                () -> Slides.open(
                        written(
                                "five.ome.tif",
                                List.of(channel(0, 1, false, WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, five)))),
                        LIMITS));
        assertTrue(channels.what().contains("5 channels"), channels.what());
        final String other =
                ome("SizeC=\"1\"", "<Channel/><TiffData IFD=\"9\"><UUID FileName=\"other.tif\">u</UUID></TiffData>");
        final RunFailed set = assertThrows(
                RunFailed.class,
                () -> Slides.open(
                        written(
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
        final Path file =
                written("a.tif", List.of(Part.tiled(64, 64, WrittenTag.text(TiffTag.IMAGE_DESCRIPTION, description))));
        final RunFailed failed = assertThrows(RunFailed.class, () -> Slides.open(file, LIMITS));
        assertTrue(failed.what().contains(expected), failed.what());
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
        final Path file = written("strip.tif", List.of(new Part(image, DialectsTest::pixels, List.of(), false)));
        final Picture expected = new Picture(width, height, pixels(0, 0, width, height));
        try (PictureSource source = Slides.open(file, new DecodeLimits(1_000_000))) {
            assertInstanceOf(StagedPicture.class, source);
            assertEquals(expected, whole(source, 0));
        }
        try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
            assertInstanceOf(FlatPicture.class, source);
            assertEquals(expected, whole(source, 0));
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
    void aJpegInOneLargeStripIsDecodedOnce() throws Exception {
        final TiffImage image = TiffImage.stripped(2100, 2005, PixelType.RGB8, 2005, BlockCompression.JPEG);
        final Path file = written("strip.tif", List.of(new Part(image, DialectsTest::pixels, List.of(), false)));
        final Picture expected = new Picture(2100, 2005, pixels(0, 0, 2100, 2005));
        final Picture flat;
        try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
            flat = whole(source, 0);
            assertNear(expected, flat, 4);
        }
        try (PictureSource source = Slides.open(file, new DecodeLimits(1_000_000))) {
            assertInstanceOf(StagedPicture.class, source);
            assertEquals(flat, whole(source, 0));
        }
    }

    @Test
    void aTiffByAnotherNameIsReadByItsContent() throws Exception {
        final Path file = written("a.tif", List.of(Part.stripped(100, 50)));
        final Path renamed = Files.move(file, folder.resolve("a.png"));
        try (PictureSource source = Slides.open(renamed, LIMITS)) {
            assertEquals("TIFF", source.about().format());
            assertEquals(new Picture(100, 50, pixels(0, 0, 100, 50)), whole(source, 0));
        }
        TestFiles.write(new byte[] {'I', 'I', 42, 0}, folder.resolve("short.tif"));
        assertThrows(RunFailed.class, () -> Slides.open(folder.resolve("short.tif"), LIMITS));
    }
}
