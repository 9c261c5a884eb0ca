package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class TileBatchesTest {
    private static final ClassLabels CLASSES = new ClassLabels(MaskCoding.labels(), List.of("background", "red"));

    private static final int SIDE = 6;

    @TempDir
    Path folder;

    private final List<Tile> tiles = new ArrayList<>();

    /** Two pictures of 12 x 12 whose label is the parity of red, so that a mask that went another way is noticed. */
    @BeforeEach
    void pictures() throws Exception {
        for (int p = 0; p < 2; p++) {
            final Picture picture = TestFiles.noise(p, 12, 12);
            final int[] labels = new int[144];
            Arrays.setAll(labels, i -> picture.sample(i % 12, i / 12, 0) & 1);
            final Path image = Files.write(folder.resolve("p" + p + ".png"), PngEncoder.picture(picture));
            final Path mask =
                    Files.write(folder.resolve("m" + p + ".png"), PngEncoder.labels(new LabelMap(12, 12, labels)));
            for (int k = 0; k < 4; k++) {
                tiles.add(
                        Tile.of(image, Optional.of(mask), k % 2 * SIDE, k / 2 * SIDE, SIDE, SIDE, Double.NaN, "g" + p));
            }
        }
    }

    private TileBatches batches(final int size, final long seed, final Augmentation augmentation) throws RunFailed {
        return new TileBatches(
                tiles, BatchSettings.labelled(size, seed, augmentation, CLASSES), PictureCache.standard());
    }

    private static int red(final Batch batch, final int n, final int y, final int x) {
        return batch.pixels()[n * 3 * SIDE * SIDE + y * SIDE + x] & 0xff;
    }

    @Test
    void inOrderIsThePictureItself() throws Exception {
        final Batch batch = batches(3, 1, Augmentation.moderate()).inOrder(2, 3, RunControl.silent());
        assertArrayEquals(new long[] {3, 3, SIDE, SIDE}, batch.pixelShape());
        assertArrayEquals(new long[] {3, SIDE, SIDE}, batch.labelShape());
        assertEquals(tiles.subList(2, 5), batch.tiles());
        final Picture first = TestFiles.noise(0, 12, 12);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    assertEquals(first.sample(x, y + SIDE, c), batch.pixels()[(c * SIDE + y) * SIDE + x] & 0xff);
                    assertEquals(first.sample(x, y + SIDE, 0) & 1, batch.labels()[y * SIDE + x]);
                }
            }
        }
        assertEquals(
                2,
                batches(3, 1, Augmentation.none())
                        .inOrder(6, 5, RunControl.silent())
                        .count(),
                "fewer at the end");
    }

    @Test
    void greyIsTheSampleOfGreyPicturesAndTheLuminanceOfOthers() throws Exception {
        final byte[] grey = new byte[3 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            java.util.Arrays.fill(grey, 3 * i, 3 * i + 3, (byte) (7 * i));
        }
        Files.write(folder.resolve("grey.png"), PngEncoder.picture(new Picture(SIDE, SIDE, grey)));
        final List<Tile> both = List.of(
                Tile.of(folder.resolve("grey.png"), Optional.empty(), 0, 0, SIDE, SIDE, Double.NaN, "g"), tiles.get(0));
        final Batch batch = new TileBatches(
                        both,
                        BatchSettings.pictures(2, 1, Augmentation.none()).withChannels(1),
                        PictureCache.standard())
                .inOrder(0, 2, RunControl.silent());
        assertArrayEquals(new long[] {2, 1, SIDE, SIDE}, batch.pixelShape());
        final Picture noise = TestFiles.noise(0, 12, 12);
        for (int i = 0; i < SIDE * SIDE; i++) {
            assertEquals((byte) (7 * i), batch.pixels()[i]);
            final int x = i % SIDE;
            final int y = i / SIDE;
            final double luminance =
                    0.299 * noise.sample(x, y, 0) + 0.587 * noise.sample(x, y, 1) + 0.114 * noise.sample(x, y, 2);
            assertEquals(luminance, batch.pixels()[SIDE * SIDE + i] & 0xff, 0.5001);
        }
    }

    @Test
    void aBatchIsAFunctionOfSeedAndStep() throws Exception {
        final TileBatches forwards = batches(3, 7, Augmentation.moderate());
        final List<Batch> expected = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            expected.add(forwards.batch(step, RunControl.silent()));
        }
        final TileBatches anew = batches(3, 7, Augmentation.moderate());
        final List<Batch> parallel = LongStream.range(0, 12)
                .map(i -> 11 - i)
                .parallel()
                .mapToObj(step -> {
                    try {
                        return anew.batch(step, RunControl.silent());
                    } catch (final RunFailed | RunCancelled e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        for (int step = 0; step < 12; step++) {
            assertArrayEquals(
                    expected.get(step).pixels(), parallel.get(11 - step).pixels());
            assertArrayEquals(
                    expected.get(step).colours(), parallel.get(11 - step).colours());
            assertArrayEquals(
                    expected.get(step).labels(), parallel.get(11 - step).labels());
        }
        assertFalse(Arrays.equals(
                expected.get(0).pixels(),
                batches(3, 8, Augmentation.moderate())
                        .batch(0, RunControl.silent())
                        .pixels()));
    }

    @Test
    void eachTileComesOnceInAnEpochAndTheOrderChanges() throws Exception {
        final TileBatches three = batches(3, 2, Augmentation.none()); // 8 tiles: epochs end within batches
        final List<Tile> seen = new ArrayList<>();
        for (int step = 0; step < 8; step++) {
            seen.addAll(three.batch(step, RunControl.silent()).tiles());
        }
        final Set<List<Tile>> orders = new HashSet<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            final List<Tile> order = seen.subList(8 * epoch, 8 * epoch + 8);
            assertEquals(new HashSet<>(tiles), new HashSet<>(order));
            orders.add(order);
        }
        assertEquals(3, orders.size());
        assertEquals(3, three.stepsPerEpoch());
        assertEquals(
                20,
                batches(20, 2, Augmentation.none())
                        .batch(0, RunControl.silent())
                        .count(),
                "more than there are tiles");
    }

    @Test
    void turnsTakeTheMaskAlongAndReachAllEightPositions() throws Exception {
        final TileBatches turned = batches(4, 3, Augmentation.turnsOnly());
        final Set<String> positions = new HashSet<>();
        for (int step = 0; step < 60; step++) {
            final Batch batch = turned.batch(step, RunControl.silent());
            for (int n = 0; n < 4; n++) {
                final StringBuilder corners = new StringBuilder(batch.tiles().get(n) == tiles.get(0) ? "" : "other");
                for (int i = 0; i < SIDE * SIDE; i++) {
                    final int red = red(batch, n, i / SIDE, i % SIDE);
                    assertEquals(red & 1, batch.labels()[n * SIDE * SIDE + i]);
                    corners.append(i == 0 || i == 1 ? red + " " : "");
                }
                positions.add(corners.toString());
            }
        }
        assertEquals(8, positions.stream().filter(p -> !p.startsWith("other")).count());
    }

    @Test
    void tilesThatAreNotSquareAreMirroredOnly() throws Exception {
        final Tile wide = Tile.of(tiles.get(0).image(), Optional.empty(), 0, 0, 4, 2, Double.NaN, "g");
        final TileBatches one = new TileBatches(
                List.of(wide), BatchSettings.pictures(1, 1, Augmentation.turnsOnly()), PictureCache.standard());
        final Set<Byte> corners = new HashSet<>();
        for (int step = 0; step < 40; step++) {
            corners.add(one.batch(step, RunControl.silent()).pixels()[0]);
        }
        assertEquals(4, corners.size());
    }

    @Test
    void tilesPastTheBorderShowTheReflection() throws Exception {
        final Tile last =
                Tile.of(tiles.get(0).image(), Optional.of(folder.resolve("m0.png")), 9, 9, SIDE, SIDE, Double.NaN, "g");
        final Batch batch = new TileBatches(
                        List.of(last),
                        BatchSettings.labelled(1, 1, Augmentation.none(), CLASSES),
                        PictureCache.standard())
                .inOrder(0, 1, RunControl.silent());
        final Picture picture = TestFiles.noise(0, 12, 12);
        assertEquals(picture.sample(10, 9, 0), red(batch, 0, 0, 3), "columns 9 10 11 10 9 8");
        assertEquals(picture.sample(8, 8, 0), red(batch, 0, 5, 5));
        assertEquals(picture.sample(8, 8, 0) & 1, batch.labels()[35]);
    }

    @Test
    void badTilesAreNamed() throws Exception {
        final BatchSettings labelled = BatchSettings.labelled(1, 1, Augmentation.none(), CLASSES);
        final PictureCache cache = PictureCache.standard();
        assertEquals(
                "There are no tiles",
                assertThrows(RunFailed.class, () -> new TileBatches(List.of(), labelled, cache))
                        .what());
        final Tile bare = tiles.get(1).unlabelled();
        final RunFailed noMask =
                assertThrows(RunFailed.class, () -> new TileBatches(List.of(tiles.get(0), bare), labelled, cache));
        assertTrue(noMask.where().startsWith("row 2, ") && noMask.where().contains("p0.png"), noMask.where());
        final Tile large = Tile.of(tiles.get(0).image(), Optional.empty(), 0, 0, 8, 6, Double.NaN, "g");
        assertTrue(assertThrows(RunFailed.class, () -> new TileBatches(List.of(tiles.get(0), large), labelled, cache))
                .what()
                .contains("8 x 6"));
        Files.write(folder.resolve("m0.png"), PngEncoder.labels(TestFiles.labels(1, 12, 12, 5)));
        final RunFailed label = assertThrows(
                RunFailed.class, () -> new TileBatches(tiles, labelled, cache).inOrder(0, 4, RunControl.silent()));
        assertEquals("The mask holds the label 4, but there are 2 classes (0 to 1)", label.what());
        Files.write(folder.resolve("m1.png"), PngEncoder.labels(TestFiles.labels(1, 12, 11, 2)));
        final RunFailed size = assertThrows(
                RunFailed.class, () -> new TileBatches(tiles, labelled, cache).inOrder(4, 1, RunControl.silent()));
        assertEquals("The mask has 12 x 11 pixels, its picture 12 x 12", size.what());
    }

    @Test
    void theCacheHoldsNoMoreThanItMay() throws Exception {
        final PictureCache cache = new PictureCache(DecodeLimits.standard(), 3 * 144 + 10);
        cache.pixels(tiles.get(0), RunControl.silent());
        final Picture second = cache.pixels(tiles.get(4), RunControl.silent());
        assertEquals(3 * 144, cache.bytes());
        Files.delete(tiles.get(0).image());
        Files.delete(tiles.get(4).image());
        assertEquals(second, cache.pixels(tiles.get(4), RunControl.silent()), "the newer one is held");
        assertThrows(
                RunFailed.class, () -> cache.pixels(tiles.get(0), RunControl.silent()), "the older one was dropped");
        cache.close();
        assertEquals(0, cache.bytes());
    }
}
