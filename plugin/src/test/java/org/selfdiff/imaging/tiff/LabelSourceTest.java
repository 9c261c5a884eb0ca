package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunFailed;

class LabelSourceTest {
    private static final List<PictureSource.Level> LEVELS =
            List.of(new PictureSource.Level(75, 50, 1, Double.NaN), new PictureSource.Level(18, 12, 4, Double.NaN));

    @TempDir
    Path folder;

    private LabelSource open(final TestTiff tiff) throws Exception {
        final TiffFile file = TiffFile.open(tiff.write(folder.resolve("m.tif")));
        try {
            return LabelSource.of(file.directories().get(0), LEVELS, DecodeLimits.standard(), BlockCache.small());
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
                assertEquals(map, source.region(0, 0, 0, 75, 50));
                final LabelMap around = source.region(0, -10, -5, 100, 70);
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
            final LabelMap small = source.region(1, 2, 1, 16, 11);
            for (int y = 0; y < 11; y++) {
                for (int x = 0; x < 16; x++) {
                    assertEquals(map.label(4 * (x + 2) + 2, 4 * (y + 1) + 2), small.label(x, y));
                }
            }
            final LabelMap fine = source.sampled(10.5, 20, 0.5, 4, 2);
            assertEquals(map.label(10, 20), fine.label(0, 0)); // centre at 10.75
            assertEquals(map.label(11, 20), fine.label(1, 1)); // centre at 11.25, 20.75
            assertEquals(map.label(12, 20), fine.label(3, 0));
        }
    }

    @Test
    void masksThatAreNoLabelsAreRefused() throws Exception {
        final TestTiff jpeg = new TestTiff();
        jpeg.dir().image(8, 8, Compression.JPEG, 1, 8).tiles(16, 16, new byte[5]);
        final RunFailed lossy = assertThrows(RunFailed.class, () -> open(jpeg));
        assertTrue(lossy.what().contains("may change labels"), lossy.what());
        final TestTiff colours = new TestTiff();
        colours.dir().image(8, 8, 1, 2, 8, 8, 8).strips(8, new byte[192]);
        final RunFailed rgb = assertThrows(RunFailed.class, () -> open(colours));
        assertTrue(rgb.where().contains("SamplesPerPixel, tag 277"), rgb.where());
        final TestTiff large = new TestTiff();
        large.dir().image(1, 1, 1, 1, 32).strips(1, new byte[] {0, 0, 0, -1});
        try (LabelSource source = open(large)) {
            assertThrows(RunFailed.class, () -> source.region(0, 0, 0, 1, 1));
        }
    }
}
