package org.selfdiff.data.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.Fixtures;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.StateDict;
import org.selfdiff.weights.StateDicts;

/** Files that h5py wrote through the functions of CLAM, TRIDENT and STAMP, and variants of them. */
class FeatureFileTest {
    @TempDir
    Path folder;

    private static Path h5(final String name) {
        return Fixtures.path("mil/h5/" + name);
    }

    /** Every dataset of numbers of every file, mapped and read, at once and in pieces of 5 rows. */
    @ParameterizedTest
    @ValueSource(longs = {0, Integer.MAX_VALUE})
    void everyFixtureReadsAsExpected(final long mapped) throws Exception {
        final JsonObject files = JsonParser.parseString(Files.readString(h5("expected.json"), StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonObject("files");
        int compared = 0;
        for (final String name : files.keySet()) {
            final JsonObject datasets = files.getAsJsonObject(name).getAsJsonObject("datasets");
            try (Hdf5 file = Hdf5.open(h5(name), mapped)) {
                for (final String dataset : datasets.keySet()) {
                    if (!dataset.contains("/")) {
                        compare(name, file.table(dataset).orElseThrow(), datasets.getAsJsonObject(dataset));
                        compared++;
                    }
                }
            }
        }
        assertEquals(43, compared);
    }

    private static void compare(final String name, final Hdf5Table table, final JsonObject expected) throws RunFailed {
        table.check("x");
        final long[] shape = shape(expected.getAsJsonArray("shape"));
        assertEquals(shape.length, table.axes(), name);
        assertEquals(shape[0], table.rows(), name);
        assertEquals(shape.length == 1 ? 1 : shape[1], table.width(), name);
        final int rows = (int) table.rows();
        final int width = (int) table.width();
        final double[] all = new double[rows * width];
        table.read(0, rows, all);
        final float[] piece = new float[5 * width];
        for (int from = 0; from < rows; from += 5) {
            final int n = Math.min(5, rows - from);
            table.read(from, n, piece);
            for (int i = 0; i < n * width; i++) {
                assertEquals((float) all[from * width + i], piece[i], name);
            }
        }
        assertEquals(expected.get("sum").getAsDouble(), Arrays.stream(all).sum(), 1e-3, name);
        final double squares = expected.get("sum_of_squares").getAsDouble();
        assertEquals(squares, Arrays.stream(all).map(v -> v * v).sum(), 1e-12 * squares, name);
        if (rows > 0) {
            final JsonArray first = expected.getAsJsonArray("first");
            final JsonArray last = expected.getAsJsonArray("last");
            for (int i = 0; i < first.size(); i++) {
                assertEquals(first.get(i).getAsDouble(), all[i], name);
                assertEquals(last.get(i).getAsDouble(), all[all.length - last.size() + i], name);
            }
        }
    }

    private static long[] shape(final JsonArray array) {
        final long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).getAsLong();
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({
        "clam_features, CLAM, clam_features, , 77, 32, NaN, 512, false, false",
        "trident_features, TRIDENT, slide_002, uni_v1, 19, 48, 256, 512, true, false",
        "trident_features_none_attribute, TRIDENT, slide_002, , 3, 48, 256, 512, true, false",
        "trident_features_empty, TRIDENT, slide_003, uni_v1, 0, 48, 256, 512, true, false",
        "stamp_features, STAMP, stamp_features, ctranspath, 21, 24, 224, 256, true, true",
        "stamp_features_v2_0, STAMP, stamp_features_v2_0, uni, 9, 24, 224, 256, true, true",
        "stamp_features_historic, STAMP, stamp_features_historic, xiyuewang-ctranspath-7c998680, 12, 24, 224, 256, true, true",
        "variant_gzip4, CLAM, Größe µm, , 77, 32, 256, 256, true, false",
        "variant_libver_latest_unlimited, CLAM, variant_libver_latest_unlimited, , 77, 32, NaN, 512, false, false"
    })
    void layoutsAreRecognised(
            final String name,
            final FeatureLayout layout,
            final String slide,
            final String encoder,
            final int tiles,
            final int width,
            final double pixels,
            final double side,
            final boolean stated,
            final boolean micrometres)
            throws RunFailed {
        try (FeatureFile file = FeatureFile.open(h5(name + ".h5"))) {
            assertEquals(layout, file.layout());
            assertEquals(slide, file.slide());
            assertEquals(Optional.ofNullable(encoder), file.encoder());
            assertEquals(tiles, file.tiles());
            assertEquals(width, file.width());
            assertEquals(pixels, file.pixels());
            assertEquals(side, file.places().side());
            assertEquals(stated, file.places().stated());
            assertEquals(micrometres, file.places().micrometres());
            assertEquals(Math.max(0, tiles - 1) * width, file.features(0, Math.max(0, tiles - 1)).length);
        }
    }

    /** All numbers of the main files. */
    @Test
    void featuresAndPlacesAreTheFiles() throws RunFailed {
        try (StateDict contents = StateDicts.open(h5("contents.safetensors"))) {
            final Map<String, String> datasets =
                    Map.of("clam_features", "features", "trident_features", "features", "stamp_features", "feats");
            for (final Map.Entry<String, String> entry : datasets.entrySet()) {
                try (FeatureFile file = FeatureFile.open(h5(entry.getKey() + ".h5"))) {
                    final String key = key(contents, entry.getKey(), entry.getValue());
                    assertArrayEquals(contents.floats(key), file.features(0, file.tiles()), key);
                    final String coords = key(contents, entry.getKey(), "coords");
                    final double[] pairs =
                            contents.require(coords).type().name().startsWith("F")
                                    ? contents.doubles(coords)
                                    : Arrays.stream(contents.longs(coords))
                                            .asDoubleStream()
                                            .toArray();
                    for (int i = 0; i < file.tiles(); i++) {
                        assertEquals(pairs[2 * i], file.places().x()[i]);
                        assertEquals(pairs[2 * i + 1], file.places().y()[i]);
                    }
                }
            }
        }
    }

    private static String key(final StateDict contents, final String file, final String dataset) {
        return contents.tensors().keySet().stream()
                .filter(k -> k.startsWith(file) && k.endsWith(dataset))
                .findFirst()
                .orElseThrow();
    }

    /** STAMP counted 256 micrometres as 224 once; at 0.5 micrometres a pixel they are 512 pixels. */
    @Test
    void micrometresBecomePixels() throws RunFailed {
        try (FeatureFile file = FeatureFile.open(h5("stamp_features_historic.h5"))) {
            final TilePlaces pixels = file.places().inPixels(0.5);
            assertEquals(512, pixels.x()[1] - pixels.x()[0], 1e-9);
            assertEquals(512, pixels.side(), 1e-9);
            assertFalse(pixels.micrometres());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "clam_patches, 'coordinates of tiles, but no features'",
        "trident_patches, 'coordinates of tiles, but no features'",
        "trident_slide_feature, one vector for the whole slide",
        "stamp_slide_feature, one vector for the whole slide",
        "variant_unallocated_chunks, were never written"
    })
    void otherFilesAreRefused(final String name, final String reason) {
        final RunFailed e = assertThrows(RunFailed.class, () -> {
            try (FeatureFile file = FeatureFile.open(h5(name + ".h5"))) {
                file.features(0, file.tiles());
            }
        });
        assertTrue(e.what().contains(reason), e.what());
        assertTrue(e.where().endsWith(name + ".h5"), e.where());
    }

    @Test
    void cutFilesAreRefused() throws Exception {
        for (final String name :
                new String[] {"clam_features.h5", "variant_libver_latest_gzip.h5", "stamp_features.h5"}) {
            final byte[] whole = Files.readAllBytes(h5(name));
            for (int n = 0; n < whole.length; n += 397) {
                final Path cut = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(whole, n));
                final RunFailed e = assertThrows(
                        RunFailed.class,
                        () -> {
                            try (FeatureFile file = FeatureFile.open(cut)) {
                                file.features(0, file.tiles());
                            }
                        },
                        name + " cut at " + n);
                assertEquals(cut.toString(), e.where());
            }
        }
        assertTrue(assertThrows(RunFailed.class, () -> FeatureFile.open(folder.resolve("gone.h5"))
                        .close())
                .what()
                .contains("cannot be read"));
        assertThrows(RunFailed.class, () -> FeatureFile.open(folder).close());
        final Path text = Files.writeString(folder.resolve("text.h5"), "x,y\n1,2\n");
        assertTrue(assertThrows(RunFailed.class, () -> FeatureFile.open(text).close())
                .what()
                .contains("no sound HDF5 file"));
    }
}
