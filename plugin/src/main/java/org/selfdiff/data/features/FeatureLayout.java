package org.selfdiff.data.features;

import java.util.Optional;
import org.selfdiff.run.RunFailed;

/** Who laid out a file of features, and where it then says what. */
public enum FeatureLayout {
    /** CLAM: {@code features} and {@code coords}, mostly without a word about them. */
    CLAM("features") {
        @Override
        FeatureHeader header(final Hdf5 file, final Hdf5Attributes features, final Hdf5Attributes coords)
                throws RunFailed {
            // CLAM itself counts tiles in pixels of the level that it reads
            final double downsample = coords.number("downsample").orElse(Double.NaN);
            final double size = coords.number("patch_size").orElse(Double.NaN);
            return new FeatureHeader(
                    slide(features, coords),
                    Optional.empty(),
                    Optional.empty(),
                    size * downsample,
                    size,
                    Double.NaN,
                    1,
                    false);
        }
    },

    /** TRIDENT, which is ours too: attributes at {@code coords} and {@code features}. */
    TRIDENT("features") {
        @Override
        FeatureHeader header(final Hdf5 file, final Hdf5Attributes features, final Hdf5Attributes coords)
                throws RunFailed {
            return new FeatureHeader(
                    slide(features, coords),
                    features.text("encoder"),
                    features.text(TridentFile.FINGERPRINT),
                    coords.number("patch_size_level0").orElse(Double.NaN),
                    coords.number("patch_size").orElse(Double.NaN),
                    MAGNIFICATION / coords.number("target_magnification").orElse(Double.NaN),
                    1,
                    false);
        }
    },

    /** STAMP: {@code feats} and {@code coords} in micrometres, attributes at the file. */
    STAMP("feats") {
        @Override
        FeatureHeader header(final Hdf5 file, final Hdf5Attributes features, final Hdf5Attributes coords)
                throws RunFailed {
            final Hdf5Attributes all = file.attributes();
            final Optional<String> encoder = all.text("extractor");
            final Optional<String> unit = all.text("unit");
            if (unit.isEmpty()) {
                // before STAMP stated a unit, its tiles of 256 micrometres counted as 224
                return new FeatureHeader(
                        Optional.empty(), encoder, Optional.empty(), UM, PIXELS, UM / PIXELS, UM / PIXELS, true);
            }
            if (!unit.get().equals("um")) {
                throw new RunFailed(
                        "Its coordinates are in the unit \"" + unit.get() + "\", which is not known",
                        file.path().toString(),
                        "Use files whose unit is um.");
            }
            final double side =
                    all.number("tile_size_um").orElse(all.number("tile_size").orElse(Double.NaN));
            final double pixels = all.number("tile_size_px").orElse(PIXELS);
            return new FeatureHeader(Optional.empty(), encoder, Optional.empty(), side, pixels, side / pixels, 1, true);
        }
    };

    /** Micrometres a pixel at a magnification of 1, as TRIDENT counts. */
    static final double MAGNIFICATION = 10;

    private static final double UM = 256;

    private static final double PIXELS = 224;

    private final String dataset;

    FeatureLayout(final String dataset) {
        this.dataset = dataset;
    }

    /** Name of the dataset of features. */
    String dataset() {
        return dataset;
    }

    abstract FeatureHeader header(Hdf5 file, Hdf5Attributes features, Hdf5Attributes coords) throws RunFailed;

    /** The layout of a file that has features. */
    static FeatureLayout of(final boolean stamp, final Hdf5Attributes features, final Hdf5Attributes coords)
            throws RunFailed {
        if (stamp) {
            return STAMP;
        }
        return coords.has("patch_size_level0") || features.has("encoder") ? TRIDENT : CLAM;
    }

    private static Optional<String> slide(final Hdf5Attributes features, final Hdf5Attributes coords) throws RunFailed {
        final Optional<String> name = features.text("name");
        return name.isPresent() ? name : coords.text("name");
    }
}
