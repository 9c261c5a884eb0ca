package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.imaging.Picture;

/**
 * Real slides against libvips 8.14 (libtiff): the CRC-32 of all samples for lossless levels, and for JPEG the means of red,
 * green and blue in 4 x 4 cells, in hexadecimal, which any decoder meets within a grey level.
 */
class RealSlidesTest {
    private static final Path SLIDES =
            Path.of("../../shared/data/slides").toAbsolutePath().normalize();

    @BeforeAll
    static void needsTheSlides() {
        if (!Files.isDirectory(SLIDES)) {
            System.out.println("*** NOT TESTED: no real slides, " + SLIDES + " is missing ***");
        }
        Assumptions.assumeTrue(Files.isDirectory(SLIDES));
    }

    private static Picture read(final String name, final int directory, final int width, final int height)
            throws Exception {
        try (TiffSource source = TiffPictures.open(SLIDES.resolve(name), directory, BlockCache.small())) {
            assertEquals(width, source.level(0).width());
            assertEquals(height, source.level(0).height());
            return source.region(0, 0, 0, width, height);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CMU-1-Small-Region.svs,2,387,463,28f5ecfc",
        "crop_deflate_pred_tile.tif,0,1000,900,923adc84",
        "crop_lzw_nopred_tile.tif,0,1000,900,923adc84",
        "crop_lzw_strip.tif,0,1000,900,923adc84"
    })
    void losslessLevelsAreExact(
            final String name, final int directory, final int width, final int height, final String sum)
            throws Exception {
        final CRC32 crc = new CRC32();
        crc.update(read(name, directory, width, height).rgb());
        assertEquals(Long.parseLong(sum, 16), crc.getValue());
    }

    @ParameterizedTest
    @CsvSource({
        "CMU-1-Small-Region.svs,0,2220,2967,"
                + "f5f3f3e4d5ded6c5d1f5f4f4f1ebedd7becd8e6c8ee3dfe3f5f3f3cbaabf9b7797e9e1e6f2f0f1bd88a9b4789aded3da",
        "CMU-1-Small-Region.svs,1,574,768,"
                + "f5f3f3e3d5ddd5c5d1f5f4f4f1ebedd7bdcd8d6b8ee3dee3f4f3f3caaabf9b7697e9e1e5f2f0f1bd87a8b47799ded3da",
        "CMU-1-Small-Region.svs,3,1280,431,"
                + "3c3e3fd1e2d3d4e2d4ced0d01e1e1ee2e2e2dfdddee6e6e71e1d1dd8dad7e8eee8e8e8e926282aeef0efeeeeeee3e4e4",
        "cmu_bigtiff_jpeg_pyr.tif,0,2220,2967,"
                + "f5f4f2e3d6ddd5c5d1f5f5f3f0ecedd7becd8e6c8ee3dfe2f4f3f2caabbf9b7797e8e2e5f2f0f1bc88a9b3789aded4da",
        "cmu_bigtiff_jpeg_pyr.tif,1,1110,1483,"
                + "f5f4f2e3d6ddd5c5d1f5f5f3f0ecedd7becd8e6c8ee3dfe2f4f4f2caabbf9b7797e8e2e5f2f0f1bc88a9b3789aded3da",
        "cmu_bigtiff_jpeg_pyr.tif,2,555,741,"
                + "f5f4f2e3d6ddd5c5d1f5f5f3f0ecedd7bfcd8e6c8ee3dfe2f5f4f3cbacc09a7797e8e2e5f2f1f1bc88a9b3789aded3da",
        "cmu_bigtiff_jpeg_pyr.tif,3,277,370,"
                + "f5f4f2e4d7ded5c5d0f5f5f3f0ecedd8c0ce8e6b8de3dfe2f5f4f3ccacc1997696e8e1e5f2f0f1bd89aab4789adcd2d8",
        "cmu_bigtiff_jpeg_pyr.tif,4,138,185,"
                + "f5f3f3e4d7ded5c3d0f5f5f4f0ebeed8c0cf8d698ce2dee3f5f3f4cdaec2997596e8e0e5f3f1f2bd8aaab4799bdbcfd7",
        "tcga-cr-7395-01a-01-ts1.svs,1,956,768,"
                + "f9f4f7efd7e3deb3caefdbe5d793b4cb709ecd75a3dcaac4cd81a5c86a99d077a4ca749ff7f0f3d7a2bccc83a7cb7fa4"
    })
    void jpegLevelsHaveTheMeansOfLibtiff(
            final String name, final int directory, final int width, final int height, final String means)
            throws Exception {
        final Picture picture = read(name, directory, width, height);
        for (int cell = 0; cell < 16; cell++) {
            for (int channel = 0; channel < 3; channel++) {
                final int at = 6 * cell + 2 * channel;
                final int expected = Integer.parseInt(means.substring(at, at + 2), 16);
                assertEquals(expected, mean(picture, cell % 4, cell / 4, channel), 1, "cell " + cell);
            }
        }
    }

    private static double mean(final Picture picture, final int column, final int row, final int channel) {
        final int x1 = (column + 1) * picture.width() / 4;
        final int y1 = (row + 1) * picture.height() / 4;
        long sum = 0;
        long count = 0;
        for (int y = row * picture.height() / 4; y < y1; y++) {
            for (int x = column * picture.width() / 4; x < x1; x++) {
                sum += picture.sample(x, y, channel);
                count++;
            }
        }
        return (double) sum / count;
    }
}
