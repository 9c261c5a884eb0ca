package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunFailed;

class TiffSourceTest {
    private static final Picture PICTURE = TestFiles.noise(8, 101, 67);

    @TempDir
    Path folder;

    private Path tiled() throws IOException {
        final byte[][] tiles = TiffPictures.tiles(PICTURE, 32, 16);
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = TiffPictures.deflate(tiles[i]);
        }
        final TestTiff tiff = new TestTiff();
        tiff.dir().image(101, 67, 8, 2, 8, 8, 8).tiles(32, 16, tiles);
        return tiff.write(folder.resolve("t.tif"));
    }

    /** Any rectangle is that of the whole picture, reflections included. */
    @Test
    void everyRectangleIsThatOfThePicture() throws Exception {
        final TestTiff strips = new TestTiff();
        strips.dir().image(101, 67, 1, 2, 8, 8, 8).strips(9, TiffPictures.strips(PICTURE, 9));
        final Path striped = strips.write(folder.resolve("s.tif"));
        final SeededRandom random = new SeededRandom(2);
        for (final Path path : List.of(tiled(), striped)) {
            try (TiffSource source = TiffPictures.open(path)) {
                for (int i = 0; i < 200; i++) {
                    final int x = random.nextInt(400) - 150;
                    final int y = random.nextInt(400) - 150;
                    final int w = 1 + random.nextInt(i % 10 == 0 ? 300 : 60);
                    final int h = 1 + random.nextInt(60);
                    assertEquals(PICTURE.region(x, y, w, h), source.region(0, x, y, w, h));
                }
            }
        }
    }

    @Test
    void oneStripOfManyRowsIsReadInParts() throws Exception {
        final Picture picture = TestFiles.noise(4, 1000, 500);
        final TestTiff tiff = new TestTiff();
        tiff.dir().image(1000, 500, 1, 2, 8, 8, 8).strips(500, TiffPictures.strips(picture, 500));
        final TiffFile file = TiffFile.open(tiff.write(folder.resolve("one.tif")));
        final BlockTable table = DirectoryBlocks.of(file.directories().get(0), new DecodeLimits(100_000));
        assertEquals(87, table.grid().blockHeight()); // 262144 / 3000
        assertEquals(6, table.grid().count());
        file.close();
        try (TiffSource source = TiffPictures.open(folder.resolve("one.tif"))) {
            assertEquals(picture.region(5, 80, 990, 200), source.region(0, 5, 80, 990, 200));
            assertEquals(picture.region(0, 499, 1000, 1), source.region(0, 0, 499, 1000, 1));
        }
    }

    @Test
    void aBlockThatIsLeftOutIsWhite() throws Exception {
        final byte[][] tiles = TiffPictures.tiles(PICTURE, 64, 64);
        tiles[1] = new byte[0];
        final TestTiff tiff = new TestTiff(true, java.nio.ByteOrder.BIG_ENDIAN);
        tiff.dir().image(101, 67, 1, 2, 8, 8, 8).tiles(64, 64, tiles);
        final Picture read = TiffPictures.read(tiff.write(folder.resolve("w.tif")));
        try (TiffSource source = TiffPictures.open(folder.resolve("w.tif"))) {
            assertEquals(new PictureSource.Absent(1, 4), source.absent(0));
        }
        assertEquals(0xffffff, read.colour(64, 0));
        assertEquals(0xffffff, read.colour(100, 63));
        assertEquals(PICTURE.region(0, 0, 64, 67), read.region(0, 0, 64, 67));
        assertEquals(PICTURE.region(64, 64, 37, 3), read.region(64, 64, 37, 3));
    }

    @Test
    void aLevelMayBeSmallerThanItsGrid() throws Exception {
        final TiffFile file = TiffFile.open(tiled());
        final TiffDirectory dir = file.directories().get(0);
        final PictureSource.Level level = new PictureSource.Level(50, 40, 1, 0.25);
        final TiffLevel smaller = TiffLevel.of(dir, level, BlockCodecs.standard(), DecodeLimits.standard());
        final PictureSource.About about = new PictureSource.About("Philips", 40, "x");
        try (TiffSource source = new TiffSource(file, about, List.of(smaller), BlockCache.small())) {
            final Picture part = PICTURE.region(0, 0, 50, 40);
            assertEquals(part.region(30, 30, 40, 40), source.region(0, 30, 30, 40, 40));
            assertEquals(level, source.level(0));
            assertEquals(new PictureSource.Absent(0, 6), source.absent(0), "2 x 3 blocks of 32 x 16, no padding");
            assertEquals(about, source.about());
        }
        final PictureSource.Level larger = new PictureSource.Level(129, 40, 1, 0.25);
        assertThrows(
                IllegalArgumentException.class, () -> new TiffLevel(larger, "x", smaller.blocks(), smaller.codec()));
    }

    /** The cache holds about two blocks, so that arrays are passed on all the time while others are read. */
    @Test
    void manyThreadsGetTheirOwnPixelsFromASmallCache() throws Exception {
        try (TiffSource source = TiffPictures.open(tiled(), 0, new BlockCache(2000))) {
            final ExecutorService threads = Executors.newFixedThreadPool(4);
            final List<Future<Picture>> all = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                final int x = i * 7 % 60;
                final int y = i * 5 % 30;
                final Callable<Picture> task = () -> source.region(0, x, y, 41, 37);
                all.add(threads.submit(task));
            }
            for (int i = 0; i < 600; i++) {
                assertEquals(
                        PICTURE.region(i * 7 % 60, i * 5 % 30, 41, 37),
                        all.get(i).get());
            }
            threads.shutdown();
        }
    }

    @Test
    void overlappingRectanglesDecodeEveryBlockOnce() throws Exception {
        final AtomicInteger decoded = new AtomicInteger();
        final TiffFile file = TiffFile.open(tiled());
        final TiffDirectory dir = file.directories().get(0);
        final BlockCodec inner = BlockCodecs.standard().of(dir, DecodeLimits.standard());
        final BlockCodecs counting = BlockCodecs.standard().with(8, (directory, limits) -> new BlockCodec() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public byte[] decode(final byte[][] parts, final int width, final int height, final BlockRoom room)
                    throws IOException {
                decoded.incrementAndGet();
                return inner.decode(parts, width, height, room);
            }
        });
        final PictureSource.Level level = new PictureSource.Level(101, 67, 1, Double.NaN);
        final TiffLevel one = TiffLevel.of(dir, level, counting, DecodeLimits.standard());
        final PictureSource.About about = new PictureSource.About("TIFF", Double.NaN, "counting");
        try (TiffSource source = new TiffSource(file, about, List.of(one), BlockCache.small())) {
            final ExecutorService threads = Executors.newFixedThreadPool(4);
            final List<Future<Picture>> all = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                final int x = i % 40;
                final Callable<Picture> task = () -> source.region(0, x, x / 2, 60, 40);
                all.add(threads.submit(task));
            }
            for (int i = 0; i < 80; i++) {
                final int x = i % 40;
                assertEquals(PICTURE.region(x, x / 2, 60, 40), all.get(i).get());
            }
            threads.shutdown();
            assertEquals(15, decoded.get()); // 4 columns and 4 rows of tiles, without the one at the upper right
        }
    }

    @Test
    void aRectangleThatNoArrayHoldsIsRefused() throws Exception {
        try (TiffSource source = TiffPictures.open(tiled())) {
            final RunFailed failed = assertThrows(RunFailed.class, () -> source.region(0, 0, 0, 40_000, 40_000));
            assertTrue(failed.what().contains("40000 x 40000"), failed.what());
        }
    }

    @Test
    void aClosedSourceSaysSo() throws Exception {
        final TiffSource source = TiffPictures.open(tiled());
        source.close();
        final RunFailed failed = assertThrows(RunFailed.class, () -> source.region(0, 0, 0, 9, 9));
        assertTrue(failed.what().contains("closed"), failed.what());
    }
}
