package org.selfdiff.data.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunFailed;

/**
 * What is written is read again; h5py 3.7 read such a file likewise: the same numbers, {@code float32} and {@code int64},
 * whole numbers as attributes, texts as bytes.
 */
class TridentFileTest {
    private static final TridentFile.Tiles TILES = new TridentFile.Tiles(
            "Größe 1",
            new long[] {0, 448, 896},
            new long[] {512, 512, 960},
            256,
            512,
            0.25,
            Optional.of("uni"),
            Optional.of("ab12"));

    @TempDir
    Path folder;

    private static float[][] features() {
        return new float[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {-1, 0.5f, Float.MIN_VALUE, Float.MAX_VALUE}};
    }

    @Test
    void writtenAndReadItIsTheSame() throws Exception {
        final Path file = folder.resolve("new/slide.h5");
        TridentFile.write(file, TILES, features());
        try (FeatureFile in = FeatureFile.open(file)) {
            assertEquals(FeatureLayout.TRIDENT, in.layout());
            assertEquals("Größe 1", in.slide());
            assertEquals(Optional.of("uni"), in.encoder());
            assertEquals(Optional.of("ab12"), in.fingerprint());
            assertEquals(256, in.pixels());
            assertEquals(512, in.places().side());
            assertArrayEquals(new double[] {0, 448, 896}, in.places().x());
            assertArrayEquals(new double[] {512, 512, 960}, in.places().y());
            assertArrayEquals(new float[] {5, 6, 7, 8, -1, 0.5f, Float.MIN_VALUE, Float.MAX_VALUE}, in.features(1, 2));
        }
        try (Hdf5 in = Hdf5.open(file)) {
            final Hdf5Attributes coords = in.table("coords").orElseThrow().attributes();
            assertEquals(40, coords.number("level0_magnification").orElseThrow());
            assertEquals(20, coords.number("target_magnification").orElseThrow());
            assertEquals(32, coords.number("overlap").orElseThrow());
        }
        TridentFile.write(file, TILES, features());
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    /** Hundreds of files are worked through in little memory: 64 rows cost 64 rows, whatever else the file holds. */
    @Test
    void rowsCostWhatTheyAre() throws Exception {
        final int tiles = 4000;
        final int width = 768;
        final float[][] features = new float[tiles][width];
        final long[] x = new long[tiles];
        for (int i = 0; i < tiles; i++) {
            x[i] = i;
            Arrays.fill(features[i], i);
        }
        final Path file = folder.resolve("large.h5");
        TridentFile.write(
                file, new TridentFile.Tiles("s", x, x, 1, 1, Double.NaN, Optional.empty(), Optional.empty()), features);
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 2; round++) { // the first one loads classes
            final long before =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            try (FeatureFile in = FeatureFile.open(file)) {
                assertEquals(tiles, in.tiles());
                assertEquals(3000, in.features(3000, 64)[0]);
            }
            final long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertTrue(round == 0 || allocated < 4L * 64 * width * Float.BYTES, "allocated " + allocated);
        }
    }

    private Path written(final String name, final Consumer<WritableHdfFile> content) {
        final Path file = folder.resolve(name);
        Hdf5.quieten();
        try (WritableHdfFile out = HdfFile.write(file)) {
            content.accept(out);
        }
        return file;
    }

    private static void refused(final Path file, final String reason) {
        final RunFailed e = assertThrows(RunFailed.class, () -> {
            try (FeatureFile in = FeatureFile.open(file)) {
                in.places();
                in.features(0, in.tiles());
            }
        });
        assertEquals(file.toString(), e.where());
        assertTrue(e.what().contains(reason), e.what());
    }

    @Test
    void whatIsNoFileOfFeaturesIsToldApart() {
        final long[][] coords = {{0, 0}, {1, 0}, {2, 0}};
        refused(written("a", out -> out.putDataset("features", features())), "features without coordinates");
        refused(written("b", out -> out.putDataset("x", features())), "unknown layout: it holds \"x\"");
        refused(written("c", out -> {}), "unknown layout: it holds nothing");
        refused(
                written("d", out -> {
                    out.putDataset("features", features());
                    out.putDataset("coords", new long[][] {{0, 0}, {1, 0}});
                }),
                "3 rows of features and 2 rows of 2 coordinates");
        refused(
                written("e", out -> {
                    out.putDataset("features", features());
                    out.putDataset("coords", new long[][] {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}});
                }),
                "3 rows of 3 coordinates");
        refused(
                written("f", out -> {
                    out.putDataset("features", new float[][][] {features()});
                    out.putDataset("coords", coords);
                }),
                "\"features\" is no table of numbers: it has the shape [1, 3, 4]");
        refused(
                written("g", out -> {
                    out.putDataset("features", new String[] {"a", "b", "c"});
                    out.putDataset("coords", coords);
                }),
                "one vector");
        refused(
                written("h", out -> {
                    final float[][] numbers = features();
                    numbers[1][2] = Float.NaN;
                    out.putDataset("features", numbers);
                    out.putDataset("coords", coords);
                }),
                "The features of row 1 hold NaN");
        refused(
                written("i", out -> {
                    out.putDataset("features", features());
                    out.putDataset("coords", new double[][] {{0, 0}, {1, 0}, {2, Double.POSITIVE_INFINITY}});
                }),
                "The coordinates of row 2 are no numbers");
        refused(
                written("j", out -> {
                    out.putDataset("feats", features());
                    out.putDataset("coords", coords);
                    out.putAttribute("unit", "mm");
                }),
                "in the unit \"mm\"");
        refused(written("k", out -> out.putGroup("features")), "unknown layout: it holds \"features\"");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        final Path notAFolder = Files.writeString(folder.resolve("file"), "x");
        final RunFailed e = assertThrows(
                RunFailed.class, () -> TridentFile.write(notAFolder.resolve("slide.h5"), TILES, features()));
        assertEquals(notAFolder.resolve("slide.h5").toString(), e.where());
    }
}
