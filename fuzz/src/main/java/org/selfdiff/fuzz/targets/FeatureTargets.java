package org.selfdiff.fuzz.targets;

import java.nio.file.Path;
import java.util.List;
import org.selfdiff.data.features.FeatureFile;
import org.selfdiff.fuzz.Scratch;
import org.selfdiff.fuzz.Target;
import org.selfdiff.fuzz.seed.FeatureSeeds;
import org.selfdiff.fuzz.seed.Words;
import org.selfdiff.run.RunFailed;

/** Features in HDF5 files. */
public final class FeatureTargets {
    private FeatureTargets() {}

    /** The targets. */
    public static List<Target> all() {
        return List.of(Target.of("features", 500, Scratch.file("any.h5", FeatureTargets::features), FeatureSeeds::files)
                .with(Words.texts("OHDR", "OCHK", "FRHP", "BTHD", "FAHD", "FADB", "features", "feats", "coords")));
    }

    private static void features(final Path file) throws RunFailed {
        try (FeatureFile in = FeatureFile.open(file)) {
            in.slide();
            in.encoder();
            in.places();
            for (int i = 0; i < Math.min(in.tiles(), 16); i++) {
                in.features(i, 1);
            }
        }
    }
}
