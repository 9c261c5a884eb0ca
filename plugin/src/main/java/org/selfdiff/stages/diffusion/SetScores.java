package org.selfdiff.stages.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.metrics.distribution.FeatureSet;
import org.selfdiff.metrics.distribution.FrechetDistance;
import org.selfdiff.metrics.distribution.Gaussian;
import org.selfdiff.metrics.distribution.InfiniteSample;
import org.selfdiff.metrics.distribution.KernelDistance;
import org.selfdiff.metrics.distribution.ManifoldScores;
import org.selfdiff.metrics.distribution.Moments;
import org.selfdiff.metrics.distribution.VendiScore;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** All scores of two sets of pictures. */
final class SetScores {
    /** A line is drawn from this share of the pictures on. */
    private static final int SMALLEST_SHARE = 5;

    private static final String SEPARATOR = ", ";

    private final String pictures;

    private final PictureSet real;

    private final PictureSet synthetic;

    private final FeatureSet realFeatures;

    private final FeatureSet syntheticFeatures;

    private final ScoreDistribution.Settings settings;

    private final Workers workers;

    private final List<DistributionScore> scores = new ArrayList<>();

    private SetScores(
            final String pictures,
            final PictureSet real,
            final PictureSet synthetic,
            final ScoreDistribution.Settings settings,
            final Workers workers) {
        this.pictures = pictures;
        this.real = real;
        this.synthetic = synthetic;
        this.settings = settings;
        this.workers = workers;
        realFeatures = real.features();
        syntheticFeatures = synthetic.features();
    }

    static List<DistributionScore> of(
            final String pictures,
            final PictureSet real,
            final PictureSet synthetic,
            final ScoreDistribution.Settings settings,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final SetScores all = new SetScores(pictures, real, synthetic, settings, workers);
        all.frechet(control.part(0, 0.5));
        all.kernel(control.part(0.5, 0.6));
        all.neighbours(control.part(0.6, 1));
        return all.scores;
    }

    /** What the distance is called: FID only with the network that the name means. */
    static String frechetName(final PictureSet set) {
        final String encoder = encoder(set);
        return isInception(encoder) ? "FID" : "FD (" + encoder + ")";
    }

    static String encoder(final PictureSet set) {
        return set.embeddings().encodedBy().map(EncodedBy::encoder).orElse("unknown encoder");
    }

    private static boolean isInception(final String encoder) {
        final String name = encoder.toLowerCase(Locale.ROOT);
        return name.contains("inception") && (name.contains("pytorch-fid") || name.contains("fid inception"));
    }

    private void frechet(final RunControl control) throws RunFailed, RunCancelled {
        final Gaussian first = gaussian(realFeatures, control.part(0, 0.15));
        final Gaussian second = gaussian(syntheticFeatures, control.part(0.15, 0.25));
        control.progress(0.25, "Frechet distance");
        final FrechetDistance.From from = new FrechetDistance.From(first, workers, control);
        final double distance = from.to(second, control).value();
        final String name = frechetName(real);
        final int width = realFeatures.width();
        final boolean few = Math.min(real.count(), synthetic.count()) <= width;
        add(
                name,
                distance,
                Double.NaN,
                few ? "fewer pictures than the " + width + " numbers of an embedding: much too large" : "");
        // Below as many pictures as an embedding has numbers, distances lie on no such line.
        final int smallest = Math.max(synthetic.count() / SMALLEST_SHARE, width + 1);
        if (settings.points() > 1 && smallest <= synthetic.count() / 2) {
            infinite(from, name, smallest, control.part(0.3, 1));
        }
    }

    private Gaussian gaussian(final FeatureSet set, final RunControl control) throws RunFailed, RunCancelled {
        return new Moments(set.width(), workers).addAll(set, control).gaussian(control);
    }

    private void infinite(
            final FrechetDistance.From from, final String name, final int smallest, final RunControl control)
            throws RunFailed, RunCancelled {
        final int[] sizes = InfiniteSample.sizes(smallest, synthetic.count(), settings.points());
        final double[] distances = new double[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            final RunControl part = control.part((double) i / sizes.length, (i + 1.0) / sizes.length);
            final int[] order = new SeededRandom(settings.seed(), 1, i).permutation(synthetic.count());
            final FeatureSet prefix = syntheticFeatures.subset(java.util.Arrays.copyOf(order, sizes[i]));
            distances[i] = from.to(gaussian(prefix, part), control).value();
        }
        add(
                name + SEPARATOR + "infinitely many synthetic pictures",
                InfiniteSample.of(sizes, distances).value(),
                Double.NaN,
                "line through " + sizes.length + " sizes from " + smallest + " on");
    }

    private void kernel(final RunControl control) throws RunFailed, RunCancelled {
        final int size = Math.min(settings.kernelSubsetSize(), Math.min(real.count(), synthetic.count()));
        final KernelDistance distance = KernelDistance.of(
                realFeatures,
                subsets(2, real.count(), size),
                syntheticFeatures,
                subsets(3, synthetic.count(), size),
                workers,
                control);
        final String encoder = encoder(real);
        add(
                isInception(encoder) ? "KID" : "KD (" + encoder + ")",
                distance.mean(),
                distance.deviation(),
                settings.kernelSubsets() + " subsets of " + size);
    }

    private int[][] subsets(final int set, final int count, final int size) {
        return IntStream.range(0, settings.kernelSubsets())
                .mapToObj(i ->
                        java.util.Arrays.copyOf(new SeededRandom(settings.seed(), set, i).permutation(count), size))
                .toArray(int[][]::new);
    }

    private void neighbours(final RunControl control) throws RunFailed, RunCancelled {
        final FeatureSet first = some(4, realFeatures);
        final FeatureSet second = some(5, syntheticFeatures);
        final int k = Math.min(settings.neighbours(), Math.min(first.count(), second.count()) - 1);
        final ManifoldScores manifold =
                ManifoldScores.of(first, second, k, ManifoldScores.Edge.OUTSIDE, workers, control.part(0, 0.7));
        final String note = k + " neighbours";
        add("Precision", manifold.precision(), first, second, note);
        add("Recall", manifold.recall(), first, second, note);
        add("Density", manifold.density(), first, second, note);
        add("Coverage", manifold.coverage(), first, second, note);
        control.progress(0.7, "diversity");
        final String effective = "effective number of different pictures";
        scores.add(new DistributionScore(
                pictures,
                "Vendi score, real",
                VendiScore.of(first, 1, workers, control),
                Double.NaN,
                first.count(),
                0,
                effective));
        scores.add(new DistributionScore(
                pictures,
                "Vendi score, synthetic",
                VendiScore.of(second, 1, workers, control),
                Double.NaN,
                0,
                second.count(),
                effective));
    }

    private FeatureSet some(final int set, final FeatureSet all) {
        return all.count() <= settings.mostPictures()
                ? all
                : all.subset(java.util.Arrays.copyOf(
                        new SeededRandom(settings.seed(), set).permutation(all.count()), settings.mostPictures()));
    }

    private void add(final String name, final double value, final double deviation, final String note) {
        scores.add(new DistributionScore(pictures, name, value, deviation, real.count(), synthetic.count(), note));
    }

    private void add(
            final String name, final double value, final FeatureSet first, final FeatureSet second, final String note) {
        scores.add(new DistributionScore(pictures, name, value, Double.NaN, first.count(), second.count(), note));
    }
}
