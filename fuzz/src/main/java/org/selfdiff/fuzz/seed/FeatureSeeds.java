package org.selfdiff.fuzz.seed;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.data.features.TridentFile;
import org.selfdiff.run.RunFailed;

/** HDF5 files of features: in one piece, in chunks, compressed, in the layouts of CLAM, TRIDENT and STAMP. */
public final class FeatureSeeds {
    private static final float[][] FEATURES = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}, {13, 14, 15}};

    private static final int[][] COORDS = {{0, 0}, {256, 0}, {512, 0}, {0, 256}, {256, 256}};

    private FeatureSeeds() {}

    /** Files. */
    public static Map<String, byte[]> files() throws IOException, RunFailed {
        final Path file = Files.createTempFile("seed", ".h5");
        final Map<String, byte[]> all = new LinkedHashMap<>();
        TridentFile.write(
                file,
                new TridentFile.Tiles(
                        "s",
                        new long[] {0, 512, 0, 512, 0},
                        new long[] {0, 0, 512, 512, 1024},
                        256,
                        512,
                        0.5,
                        Optional.of("e"),
                        Optional.of("f")),
                FEATURES);
        all.put("trident", Files.readAllBytes(file));
        all.put(
                "chunks",
                written(
                        "features",
                        DatasetCreationOptions.builder().chunkDimensions(2, 2).build()));
        all.put(
                "compressed",
                written(
                        "feats",
                        DatasetCreationOptions.builder()
                                .chunkDimensions(3, 2)
                                .shuffle()
                                .deflate(6)
                                .build()));
        all.put(
                "one-chunk",
                written("features", DatasetCreationOptions.builder().deflate(1).build()));
        Files.delete(file);
        return all;
    }

    private static byte[] written(final String name, final DatasetCreationOptions options) throws IOException {
        final Path file = Files.createTempFile("seed", ".h5");
        Files.delete(file);
        try (WritableHdfFile out = HdfFile.write(file)) {
            out.putAttribute("unit", "um");
            out.putAttribute("tile_size_um", 256.0);
            out.putDataset(name, FEATURES, options);
            out.putDataset("coords", COORDS, options);
        }
        try {
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }
}
