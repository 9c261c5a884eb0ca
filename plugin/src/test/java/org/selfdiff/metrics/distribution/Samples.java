package org.selfdiff.metrics.distribution;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Random;
import org.selfdiff.metrics.Golden;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.weights.SafeTensors;

/** Feature vectors for tests. */
final class Samples {
    private Samples() {}

    /** A set of the golden values. */
    static FeatureSet golden(final String name) throws RunFailed, URISyntaxException {
        final Path file = Path.of(Golden.class
                .getResource("/metrics/distribution_features.safetensors")
                .toURI());
        try (SafeTensors tensors = SafeTensors.open(file)) {
            final int width = 16;
            final float[] values = tensors.floats(name);
            final FeatureSet set = new FeatureSet(width);
            for (int i = 0; i < values.length / width; i++) {
                set.add(java.util.Arrays.copyOfRange(values, i * width, (i + 1) * width));
            }
            return set;
        }
    }

    /** Independent normal numbers, moved and scaled. */
    static FeatureSet normal(final long seed, final int count, final int width, final double mean, final double scale) {
        final Random random = new Random(seed);
        final FeatureSet set = new FeatureSet(width);
        for (int i = 0; i < count; i++) {
            final float[] row = new float[width];
            for (int k = 0; k < width; k++) {
                row[k] = (float) (mean + scale * random.nextGaussian());
            }
            set.add(row);
        }
        return set;
    }

    static Gaussian gaussian(final FeatureSet set) throws Exception {
        try (Workers workers = new Workers(2)) {
            return new Moments(set.width(), workers)
                    .addAll(set, RunControl.silent())
                    .gaussian(RunControl.silent());
        }
    }

    static double frechet(final Gaussian a, final Gaussian b) throws Exception {
        try (Workers workers = new Workers(2)) {
            return FrechetDistance.of(a, b, workers, RunControl.silent()).value();
        }
    }
}
