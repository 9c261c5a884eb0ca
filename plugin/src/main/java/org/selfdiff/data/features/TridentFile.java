package org.selfdiff.data.features;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunFailed;

/**
 * Writes the features of a slide in TRIDENT's layout, which other programs read: {@code features} of 32-bit numbers and
 * {@code coords} of whole numbers in pixels of level 0, with attributes. Texts are of a fixed length.
 */
public final class TridentFile {
    /** Attribute of ours: which weights the encoder had. */
    static final String FINGERPRINT = "selfdiff.encoder.fingerprint";

    private TridentFile() {}

    /**
     * Tiles of one slide, all of one size.
     *
     * @param slide its name
     * @param x left columns in pixels of level 0
     * @param y upper rows in pixels of level 0
     * @param pixels side of a tile in pixels as the encoder saw it
     * @param side side of a tile in pixels of level 0
     * @param mpp micrometres along the side of a pixel of level 0, {@code NaN} if unknown
     * @param encoder what made the features
     * @param fingerprint of the encoder's weights
     */
    public record Tiles(
            String slide,
            long[] x,
            long[] y,
            int pixels,
            int side,
            double mpp,
            Optional<String> encoder,
            Optional<String> fingerprint) {}

    /**
     * Writes a file; an older one of that name is replaced in one moment.
     *
     * @param features the numbers of every tile, at least one
     * @throws RunFailed naming the file, when it cannot be written
     */
    public static void write(final Path file, final Tiles tiles, final float[][] features) throws RunFailed {
        if (features.length == 0 || features.length != tiles.x.length || features.length != tiles.y.length) {
            throw new IllegalArgumentException(features.length + " features for " + tiles.x.length + " tiles");
        }
        final long bytes = (long) features.length * (features[0].length * Float.BYTES + 2 * Long.BYTES) + 4096;
        AtomicFile.make(file, bytes, temporary -> {
            Hdf5.quieten();
            try (WritableHdfFile out = HdfFile.write(temporary)) {
                put(out, tiles, features);
            } catch (RuntimeException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    private static void put(final WritableHdfFile out, final Tiles tiles, final float[][] features) {
        final WritableDataset numbers = out.putDataset("features", features);
        numbers.putAttribute("name", tiles.slide);
        tiles.encoder.ifPresent(encoder -> numbers.putAttribute("encoder", encoder));
        tiles.fingerprint.ifPresent(print -> numbers.putAttribute(FINGERPRINT, print));
        final long[][] pairs = new long[tiles.x.length][];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new long[] {tiles.x[i], tiles.y[i]};
        }
        final WritableDataset coords = out.putDataset("coords", pairs);
        coords.putAttribute("name", tiles.slide);
        coords.putAttribute("patch_size", (long) tiles.pixels);
        coords.putAttribute("patch_size_level0", (long) tiles.side);
        coords.putAttribute("overlap", overlap(tiles));
        if (tiles.mpp > 0) {
            final double magnification = FeatureLayout.MAGNIFICATION / tiles.mpp;
            coords.putAttribute("level0_magnification", Math.round(magnification));
            coords.putAttribute("target_magnification", Math.round(magnification * tiles.pixels / tiles.side));
        }
    }

    /** What neighbouring tiles have in common, in pixels as the encoder saw them. */
    private static long overlap(final Tiles tiles) {
        final double step = TilePlaces.of(
                        java.util.Arrays.stream(tiles.x).asDoubleStream().toArray(),
                        java.util.Arrays.stream(tiles.y).asDoubleStream().toArray(),
                        Double.NaN,
                        false)
                .side();
        return step < tiles.side ? Math.round((tiles.side - step) * tiles.pixels / tiles.side) : 0;
    }
}
