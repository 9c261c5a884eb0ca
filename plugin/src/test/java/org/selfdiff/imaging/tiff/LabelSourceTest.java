package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunFailed;

class LabelSourceTest {
    @TempDir
    Path folder;

    private LabelSource open(final TestTiff tiff) throws Exception {
        final TiffFile file = TiffFile.open(tiff.write(folder.resolve("m.tif")));
        try {
            return LabelSource.of(file, DecodeLimits.standard(), BlockCache.small());
        } catch (final RunFailed e) {
            file.close();
            throw e;
        }
    }

    private static TestTiff mask(final LabelMap map, final int bits, final ByteOrder order) throws Exception {
        final int columns = (map.width() + 15) / 16;
        final byte[][] tiles = new byte[columns * ((map.height() + 31) / 32)][];
        for (int t = 0; t < tiles.length; t++) {
            final ByteBuffer bytes = ByteBuffer.allocate(16 * 32 * bits / 8).order(order);
            for (int i = 0; i < 16 * 32; i++) {
                final int x = t % columns * 16 + i % 16;
                final int y = t / columns * 32 + i / 16;
                final int label = x < map.width() && y < map.height() ? map.label(x, y) : 0;
                switch (bits) {
                    case 8 -> bytes.put((byte) label);
                    case 16 -> bytes.putShort((short) label);
                    default -> bytes.putInt(label);
                }
            }
            tiles[t] = TiffPictures.lzw(bytes.array());
        }
        final TestTiff tiff = new TestTiff(false, order);
        tiff.dir().image(map.width(), map.height(), Compression.LZW, 1, bits).tiles(16, 32, tiles);
        return tiff;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void labelsAreTheSamplesAndZeroOutside(final int bits) throws Exception {
        final int classes = bits == 8 ? 256 : bits == 16 ? 65_536 : 1_000_000;
        final LabelMap map = TestFiles.labels(6, 75, 50, classes);
        for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            try (LabelSource source = open(mask(map, bits, order))) {
                assertArrayEquals(map.labels(), source.sampled(0, 0, 1, 75, 50).values());
                final LabelMap around = new LabelMap(
                        100, 70, source.sampled(-10, -5, 1, 100, 70).values());
                for (int y = 0; y < 70; y++) {
                    for (int x = 0; x < 100; x++) {
                        final boolean inside = x >= 10 && x < 85 && y >= 5 && y < 55;
                        assertEquals(inside ? map.label(x - 10, y - 5) : 0, around.label(x, y));
                    }
                }
            }
        }
    }

    /** A pixel of a smaller level shows the label at its centre in the finest level. */
    @Test
    void smallerLevelsShowLabelsOfTheFinest() throws Exception {
        final LabelMap map = TestFiles.labels(6, 75, 50, 200);
        try (LabelSource source = open(mask(map, 8, ByteOrder.LITTLE_ENDIAN))) {
            final LabelMap small =
                    new LabelMap(16, 11, source.sampled(8, 4, 4, 16, 11).values());
            for (int y = 0; y < 11; y++) {
                for (int x = 0; x < 16; x++) {
                    assertEquals(map.label(4 * (x + 2) + 2, 4 * (y + 1) + 2), small.label(x, y));
                }
            }
            final LabelMap fine =
                    new LabelMap(4, 2, source.sampled(10.5, 20, 0.5, 4, 2).values());
            assertEquals(map.label(10, 20), fine.label(0, 0)); // centre at 10.75
            assertEquals(map.label(11, 20), fine.label(1, 1)); // centre at 11.25, 20.75
            assertEquals(map.label(12, 20), fine.label(3, 0));
        }
    }

    private RunFailed refused(final TestTiff tiff) {
        return assertThrows(RunFailed.class, () -> {
            try (LabelSource source = open(tiff)) {
                source.sampled(0, 0, 1, (int) source.width(), (int) source.height());
            }
        });
    }

    private static TestTiff one(final int format, final int bits, final byte... bytes) {
        final TestTiff tiff = new TestTiff(false, ByteOrder.BIG_ENDIAN);
        tiff.dir()
                .image(1, 1, 1, 1, bits)
                .number(TiffTag.SAMPLE_FORMAT, TestTiff.SHORT, format)
                .strips(1, bytes);
        return tiff;
    }

    private static byte[] big(final int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    @Test
    void aCompressionThatChangesLabelsIsRefusedWithARemedyThatKeepsThem() {
        final TestTiff jpeg = new TestTiff();
        jpeg.dir().image(8, 8, Compression.JPEG, 1, 8).tiles(16, 16, new byte[5]);
        final RunFailed lossy = refused(jpeg);
        assertTrue(lossy.what().contains("may change labels"), lossy.what());
        assertFalse(lossy.remedy().contains("JPEG"), lossy.remedy());
        final TestTiff odd = new TestTiff();
        odd.dir().image(8, 8, 1, 1, 12).tiles(16, 16, new byte[384]);
        assertFalse(refused(odd).remedy().contains("JPEG"));
    }

    @Test
    void numbersThatAreNoLabelsAreNamed() throws Exception {
        final RunFailed large = refused(one(1, 32, big(-1)));
        assertTrue(large.what().contains("4294967295"), large.what());
        assertTrue(large.where().endsWith("m.tif, directory 0, column 0, row 0"), large.where());
        assertTrue(refused(one(2, 32, big(-1))).what().contains(" -1,"));
        assertTrue(refused(one(2, 8, (byte) -7)).what().contains(" -7,"));
        assertTrue(refused(one(2, 16, (byte) 0xff, (byte) 0xfe)).what().contains(" -2,"));
        assertTrue(refused(one(3, 32, big(Float.floatToIntBits(0.25f)))).what().contains("0.25"));
        assertTrue(
                refused(one(3, 32, big(Float.floatToIntBits(Float.NaN)))).what().contains("NaN"));
        for (final TestTiff fine : List.of(
                one(1, 32, big(70_000)), one(2, 32, big(70_000)), one(3, 32, big(Float.floatToIntBits(70_000))))) {
            try (LabelSource source = open(fine)) {
                assertEquals(70_000, source.sampled(0, 0, 1, 1, 1).values()[0]);
            }
        }
    }

    @Test
    void severalNumbersAPixelAndSeveralPagesAreRefused() throws Exception {
        final TestTiff two = new TestTiff();
        two.dir().image(1, 1, 1, 1, 8, 8).strips(1, new byte[2]);
        assertTrue(refused(two).what().contains("2 samples"));
        final TestTiff stack = new TestTiff();
        for (int z = 0; z < 3; z++) {
            stack.dir().image(4, 4, 1, 1, 8).strips(4, new byte[16]);
        }
        assertTrue(refused(stack).what().contains("3 pictures"));
        final TestTiff pyramid = new TestTiff();
        pyramid.dir().image(4, 4, 1, 1, 8).strips(4, new byte[16]);
        pyramid.dir().image(2, 2, 1, 1, 8).strips(4, new byte[4]);
        open(pyramid).close();
    }
}
