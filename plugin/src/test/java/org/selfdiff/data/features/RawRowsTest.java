package org.selfdiff.data.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.Fixtures;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Rows one by one are those of the file, whichever way they are read. */
class RawRowsTest {
    @TempDir
    Path folder;

    /** Every second row in an order of its own, into places behind each other, and one left free. */
    private static void compare(final FeatureFile file, final Optional<RawRows> raw) throws RunFailed {
        final int width = file.width();
        final float[] all = file.features(0, file.tiles());
        final int[] order = new SeededRandom(7).permutation(file.tiles());
        final int[] rows = java.util.Arrays.copyOf(order, (order.length + 1) / 2);
        final int[] places = new SeededRandom(8).permutation(rows.length);
        final float[] expected = new float[(rows.length + 1) * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(all, rows[i] * width, expected, places[i] * width, width);
        }
        final float[] found = new float[expected.length];
        if (raw.isPresent()) {
            raw.get().copy(rows, places, found);
        } else {
            file.copy(rows, places, found);
        }
        assertArrayEquals(expected, found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clam_features", "trident_features", "stamp_features", "stamp_features_historic"})
    void rowsAreThoseOfTheFile(final String name) throws Exception {
        try (FeatureFile file = FeatureFile.open(Fixtures.path("mil/h5/" + name + ".h5"))) {
            compare(file, Optional.empty());
            compare(file, Optional.of(file.unpack(folder.resolve("unpacked"), RunControl.silent())));
            if (file.raw().isPresent()) {
                compare(file, file.raw());
            }
        }
    }

    private Path written(final int tiles) throws RunFailed {
        final float[][] features = new float[tiles][7];
        for (int i = 0; i < tiles; i++) {
            for (int k = 0; k < 7; k++) {
                features[i][k] = i * 7 + k;
            }
        }
        final Path path = folder.resolve("slide.h5");
        TridentFile.write(
                path,
                new TridentFile.Tiles(
                        "s", new long[tiles], new long[tiles], 8, 8, 1, Optional.of("E"), Optional.empty()),
                features);
        return path;
    }

    @Test
    void whatWeWriteIsReadWithoutUnpacking() throws Exception {
        try (FeatureFile file = FeatureFile.open(written(100))) {
            compare(file, file.raw());
            assertTrue(file.raw().orElseThrow().offset() > 0);
        }
    }

    /** A user's block of 512 bytes before the file, and the other order of bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"variant_userblock_512", "variant_big_endian", "variant_contiguous"})
    void placesInTheFileAreThoseOfTheFormat(final String name) throws Exception {
        try (Hdf5 file = Hdf5.open(Fixtures.path("mil/h5/" + name + ".h5"))) {
            int compared = 0;
            for (final String dataset : file.names()) {
                final Hdf5Table table = file.table(dataset).orElse(null);
                if (table == null || table.axes() != 2 || table.plain().isEmpty()) {
                    continue;
                }
                final int rows = (int) table.rows();
                final int width = (int) table.width();
                final float[] expected = new float[rows * width];
                table.read(0, rows, expected);
                final float[] found = new float[expected.length];
                final int[] all = java.util.stream.IntStream.range(0, rows).toArray();
                new RawRows(file.path(), file.path(), table.plain().getAsLong(), rows, width, table.plainOrder())
                        .copy(all, all, found);
                assertArrayEquals(expected, found, name + " " + dataset);
                compared++;
            }
            assertTrue(compared > 0, name + " has nothing to compare");
        }
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        final Path path = written(5);
        final RawRows rows;
        try (FeatureFile file = FeatureFile.open(path)) {
            rows = file.raw().orElseThrow();
            final RunFailed there =
                    assertThrows(RunFailed.class, () -> file.copy(new int[] {5}, new int[1], new float[7]));
            assertEquals("The file has 5 rows, not row 5", there.what());
        }
        final RunFailed beyond =
                assertThrows(RunFailed.class, () -> rows.copy(new int[] {5}, new int[1], new float[7]));
        assertEquals("The file has 5 rows, not row 5", beyond.what());
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(rows.offset() + (2 * 7 + 3) * Float.BYTES);
            file.writeInt(-1);
        }
        final RunFailed nan = assertThrows(RunFailed.class, () -> rows.copy(new int[] {2}, new int[1], new float[7]));
        assertEquals("The features of row 2 hold NaN, which is no number", nan.what());
        assertEquals(path.toString(), nan.where());
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(rows.offset() + 3 * 7 * Float.BYTES);
        }
        final RunFailed cut = assertThrows(RunFailed.class, () -> rows.copy(new int[] {4}, new int[1], new float[7]));
        assertTrue(cut.what().contains("ends before row 4"), cut.what());
        Files.delete(path);
        final RunFailed gone = assertThrows(RunFailed.class, () -> rows.copy(new int[] {4}, new int[1], new float[7]));
        assertEquals(List.of(path.toString()), List.of(gone.where()));
    }
}
