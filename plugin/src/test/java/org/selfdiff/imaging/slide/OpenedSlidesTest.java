package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;

/**
 * Real slides. Sizes, resolutions and magnifications are those that OpenSlide 3.4.1 reports, the checksums those of the
 * pixels that libvips 8.14 and OpenSlide decode.
 */
class OpenedSlidesTest {
    private static final Path SLIDES =
            Path.of("../../shared/data/slides").toAbsolutePath().normalize();

    @BeforeAll
    static void needSlides() {
        if (!Files.isDirectory(SLIDES)) {
            System.out.println("*** NOT TESTED: no real slides, " + SLIDES + " is missing ***");
        }
        Assumptions.assumeTrue(Files.isDirectory(SLIDES));
    }

    private static PictureSource open(final String name) throws Exception {
        return Slides.open(SLIDES.resolve(name), DecodeLimits.standard());
    }

    @ParameterizedTest
    @CsvSource({
        "CMU-1-Small-Region.svs, Aperio SVS, 20, 1, 0.499",
        "tcga-cr-7395-01a-01-ts1.svs, Aperio SVS, NaN, 2, NaN",
        "cmu_bigtiff_jpeg_pyr.tif, TIFF, NaN, 5, 0.499002",
        "crop_deflate_pred_tile.tif, TIFF, NaN, 1, 0.499",
        "crop_lzw_nopred_tile.tif, TIFF, NaN, 1, 0.499",
        "crop_lzw_strip.tif, TIFF, NaN, 1, 0.499"
    })
    void whatASlideSaysOfItself(
            final String name, final String format, final double magnification, final int levels, final double mpp)
            throws Exception {
        try (PictureSource source = open(name)) {
            assertEquals(format, source.about().format());
            assertEquals(magnification, source.about().magnification());
            assertEquals(levels, source.levels());
            assertEquals(mpp, source.level(0).mpp(), 1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CMU-1-Small-Region.svs, 0, 2220, 2967, 1, d8aa21f3",
        "cmu_bigtiff_jpeg_pyr.tif, 0, 2220, 2967, 1, 90e75701",
        "cmu_bigtiff_jpeg_pyr.tif, 1, 1110, 1483, 2, 12c28810",
        "cmu_bigtiff_jpeg_pyr.tif, 2, 555, 741, 4, d53e5e53",
        "cmu_bigtiff_jpeg_pyr.tif, 3, 277, 370, 8, 81e1d7df",
        "cmu_bigtiff_jpeg_pyr.tif, 4, 138, 185, 16, 16b52f9f",
        "crop_deflate_pred_tile.tif, 0, 1000, 900, 1, 923adc84",
        "crop_lzw_nopred_tile.tif, 0, 1000, 900, 1, 923adc84",
        "crop_lzw_strip.tif, 0, 1000, 900, 1, 923adc84"
    })
    void pixelsAreThoseOfLibvips(
            final String name,
            final int level,
            final long width,
            final long height,
            final double downsample,
            final String checksum)
            throws Exception {
        try (PictureSource source = open(name)) {
            final PictureSource.Level is = source.level(level);
            assertEquals(width, is.width());
            assertEquals(height, is.height());
            assertEquals(downsample, is.downsample());
            final CRC32 crc = new CRC32();
            crc.update(source.region(level, 0, 0, (int) width, (int) height).rgb());
            assertEquals(checksum, String.format("%08x", crc.getValue()));
        }
    }

    @Test
    void jpeg2000HasTheMeanColoursOfOpenSlide() throws Exception {
        try (PictureSource source = open("tcga-cr-7395-01a-01-ts1.svs")) {
            assertEquals(new PictureSource.Level(2221, 1783, 2, Double.NaN), source.level(1));
            final Picture picture = source.region(0, 1000, 1000, 512, 512);
            final double[] expected = {204.172, 109.439, 157.747};
            for (int c = 0; c < 3; c++) {
                double sum = 0;
                for (int i = c; i < picture.rgb().length; i += 3) {
                    sum += picture.rgb()[i] & 0xff;
                }
                assertEquals(expected[c], sum / (512 * 512), 0.01);
            }
        }
    }
}
