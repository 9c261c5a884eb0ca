package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.BlockSource;
import org.selfdiff.imaging.tiff.write.JpegCoding;
import org.selfdiff.imaging.tiff.write.PixelType;
import org.selfdiff.imaging.tiff.write.TiffForm;
import org.selfdiff.imaging.tiff.write.TiffImage;
import org.selfdiff.imaging.tiff.write.TiffWriter;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Blocks of which only the upper rows are decoded look as if all of them were. */
class PartialBlocksTest {
    private static final int SIDE = 128;

    @TempDir
    Path folder;

    private Path write(final JpegCoding.Colours colours) throws Exception {
        final Path file = folder.resolve(colours + ".tif");
        final Picture picture = TestFiles.noise(5, 2 * SIDE, 2 * SIDE);
        try (Workers workers = new Workers(1);
                TiffWriter writer = TiffWriter.begin(file, TiffForm.classic())) {
            final TiffImage image = TiffImage.tiled(2 * SIDE, 2 * SIDE, PixelType.RGB8, SIDE, BlockCompression.JPEG)
                    .withJpeg(new JpegCoding(80, colours, true));
            writer.commit(List.of(writer.image(image, BlockSource.of(picture), workers, RunControl.silent())));
        }
        return file;
    }

    @ParameterizedTest
    @EnumSource(JpegCoding.Colours.class)
    void upperRowsAreThoseOfTheWholeBlock(final JpegCoding.Colours colours) throws Exception {
        final Path file = write(colours);
        try (PictureSource all = Slides.open(file, DecodeLimits.standard())) {
            final Picture whole = all.region(0, 0, 0, 2 * SIDE, 2 * SIDE);
            for (int rows = 1; rows <= SIDE; rows++) {
                try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
                    assertEquals(
                            whole.region(30, SIDE, 200, rows), source.region(0, 30, SIDE, 200, rows), rows + " rows");
                    assertEquals(
                            whole.region(30, rows, 200, SIDE), source.region(0, 30, rows, 200, SIDE), "from " + rows);
                }
            }
        }
    }

    @Test
    void bothDecodersStopWhereTheStreamIsCut() throws Exception {
        final Path file = write(JpegCoding.Colours.YCBCR_420);
        try (TiffFile tiff = TiffFile.open(file);
                JdkJpeg jdk = new JdkJpeg()) {
            final TiffDirectory directory = tiff.directories().get(0);
            final JpegCodec codec = JpegCodec.of(directory, jdk, DecodeLimits.standard());
            final byte[] block = tiff.bytes(
                    directory.numbers(TiffTag.TILE_OFFSETS)[0], (int) directory.numbers(TiffTag.TILE_BYTE_COUNTS)[0]);
            final byte[] whole = codec.decode(new byte[][] {block}, SIDE, SIDE);
            for (int rows = 1; rows < SIDE - 32; rows += 7) {
                final byte[] top = codec.decodePart(
                        new byte[][] {block}, SIDE, SIDE, new BlockWindow(0, 0, SIDE, rows), byte[]::new);
                assertTrue(top.length >= 3 * SIDE * rows && top.length <= 3 * SIDE * (rows + 18));
                assertEquals(-1, Arrays.mismatch(whole, 0, 3 * SIDE * rows, top, 0, 3 * SIDE * rows));
            }
        }
    }

    /** Whatever was asked for before, and whether blocks are kept or not. */
    @Test
    void aRequestFailsOnlyForRowsThatItNeeds() throws Exception {
        final Path file = write(JpegCoding.Colours.YCBCR_420);
        final byte[] bytes = Files.readAllBytes(file);
        final long offset;
        final long length;
        try (TiffFile tiff = TiffFile.open(file)) {
            offset = tiff.directories().get(0).numbers(TiffTag.TILE_OFFSETS)[0];
            length = tiff.directories().get(0).numbers(TiffTag.TILE_BYTE_COUNTS)[0];
        }
        final int from = (int) (offset + length * 3 / 4);
        final int to = (int) (offset + length);
        bytes[from] = (byte) 0xff; // the stream ends here
        bytes[from + 1] = (byte) 0xd9;
        Arrays.fill(bytes, from + 2, to, (byte) 0);
        Files.write(file, bytes);
        for (final boolean lowerFirst : new boolean[] {false, true}) {
            try (PictureSource source = Slides.open(file, DecodeLimits.standard())) {
                for (int i = 0; i < 40; i++) {
                    if (lowerFirst) {
                        assertThrows(RunFailed.class, () -> source.region(0, 0, 0, SIDE, SIDE));
                    }
                    assertEquals(40, source.region(0, 0, 0, SIDE, 40).height());
                    assertThrows(RunFailed.class, () -> source.region(0, 0, 60, SIDE, SIDE - 60));
                }
            }
        }
    }

    @Test
    void itIsGivenUpWhereTheRestIsWantedSoon() throws IOException {
        final Partials rows = new Partials();
        int paid = 0;
        for (int block = 0; block < 100; block++) {
            paid += rows.pay(0, block) ? 1 : 0;
            rows.whole(0, block);
        }
        assertTrue(paid < 20, paid + " in vain");
        final Partials scattered = new Partials();
        for (int block = 0; block < 10_000; block++) {
            assertTrue(scattered.pay(0, block * 7919 % 100_003));
        }
        assertFalse(rows.pay(0, 1));
    }
}
