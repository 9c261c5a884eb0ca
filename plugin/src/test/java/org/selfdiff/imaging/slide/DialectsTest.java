package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.PhilipsSlide;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.imaging.tiff.write.SlideWriter;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/** Slides of every vendor's manner, written here and read back. */
class DialectsTest {
    private static final int WIDTH = 2311;

    private static final int HEIGHT = 1203;

    private static final DecodeLimits LIMITS = new DecodeLimits(4_000_000);

    @TempDir
    Path folder;

    private Path slide(final SlideFormat format, final BlockCompression compression) throws Exception {
        final Path file = folder.resolve("slide" + format.ending());
        try (Workers workers = new Workers(2)) {
            SlideWriter.write(
                    file,
                    new SlideWriter.Slide(WIDTH, HEIGHT, 0.5, 20, format, compression, 90),
                    TestSlides::pixels,
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
            Picture expected = new Picture(WIDTH, HEIGHT, TestSlides.pixels(0, 0, WIDTH, HEIGHT));
            assertEquals(expected, TestSlides.whole(source, 0));
            for (int level = 1; level < source.levels(); level++) {
                expected = reduced(expected, factor);
                assertEquals(expected, TestSlides.whole(source, level), "level " + level);
            }
            final Picture outside = source.region(0, WIDTH - 100, -50, 200, 120);
            assertEquals(
                    new Picture(WIDTH, HEIGHT, TestSlides.pixels(0, 0, WIDTH, HEIGHT))
                            .region(WIDTH - 100, -50, 200, 120),
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
            TestSlides.assertNear(
                    new Picture(WIDTH, HEIGHT, TestSlides.pixels(0, 0, WIDTH, HEIGHT)), TestSlides.whole(source, 0), 4);
        }
    }

    @Test
    void philipsLevelsHaveTheirTrueSizeAndLeftOutTilesAreWhite() throws Exception {
        final Path file = folder.resolve("philips.tiff");
        PhilipsSlide.write(
                file, 2500, 1500, 0.25, (x, y, w, h) -> x == 512 && y == 0 ? null : TestSlides.pixels(x, y, w, h));
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
            TestSlides.assertNear(
                    new Picture(512, 512, TestSlides.pixels(1024, 512, 512, 512)),
                    source.region(0, 1024, 512, 512, 512),
                    4);
            // what lies past the true size is its reflection, not the padding
            assertEquals(source.region(1, 1270, 300, 1, 1), source.region(1, 1288, 300, 1, 1));
        }
    }
}
