package org.selfdiff.metrics.distribution;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.selfdiff.metrics.statistics.MannWhitney;
import org.selfdiff.metrics.statistics.Percentiles;
import org.selfdiff.metrics.statistics.TestResult;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Whether synthetic pictures are copies of training ones: how far each is from the nearest training picture, beside how
 * far training pictures are from each other, and, where there are some, held-out real pictures from training ones.
 */
public final class Memorisation {
    private final FeatureSet training;

    private final Neighbours nearest;

    /** Of the nearest training picture of each synthetic one, the distance to its own nearest. */
    private final double[] ownDistance;

    private Memorisation(final FeatureSet training, final Neighbours nearest, final double[] ownDistance) {
        this.training = training;
        this.nearest = nearest;
        this.ownDistance = ownDistance;
    }

    /**
     * A synthetic picture and the training picture that it is nearest to.
     *
     * @param synthetic index
     * @param training index
     * @param distance between both
     */
    public record Pair(int synthetic, int training, double distance) {}

    /**
     * Synthetic beside held-out pictures.
     *
     * @param closer share of synthetic pictures that are nearer to a training picture than the nearest twentieth of
     *     held-out ones; about 0.05 where nothing is copied
     * @param medianRatio median distance of synthetic over that of held-out pictures; far below 1 means copies
     * @param test whether synthetic distances tend to be smaller or larger (Meehan, Chaudhuri, Dasgupta 2020); a
     *     statistic below {@code m n / 2} means smaller
     * @param distances of held-out pictures to the nearest training picture, ascending
     */
    public record HeldOut(double closer, double medianRatio, TestResult test, double[] distances) {
        /** Share of held-out pictures that are nearer to a training picture than a distance. */
        public double nearer(final double distance) {
            return Arrays.stream(distances).filter(d -> d < distance).count() / (double) distances.length;
        }
    }

    /** Finds the nearest training picture of each synthetic one; there must be two training pictures. */
    public static Memorisation of(
            final FeatureSet training, final FeatureSet synthetic, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final Neighbours nearest = Neighbours.nearest(synthetic, training, workers, control.part(0, 0.5));
        final int[] found = Arrays.stream(nearest.index()).distinct().sorted().toArray();
        final double[] own = distances(Neighbours.within(training, found, workers, control.part(0.5, 1)));
        return new Memorisation(
                training,
                nearest,
                Arrays.stream(nearest.index())
                        .mapToDouble(t -> own[Arrays.binarySearch(found, t)])
                        .toArray());
    }

    private static double[] distances(final Neighbours neighbours) {
        return Arrays.stream(neighbours.squaredDistance()).map(Math::sqrt).toArray();
    }

    /** Distance of each synthetic picture to the nearest training picture. */
    public double[] distances() {
        return distances(nearest);
    }

    /** The training picture that a synthetic one is nearest to. */
    public int nearest(final int synthetic) {
        return nearest.index()[synthetic];
    }

    /**
     * Authenticity (Alaa et al., ICML 2022): share of synthetic pictures that are farther from their nearest training
     * picture than that one is from its own nearest. About one half or more where nothing is copied.
     */
    public double authenticity() {
        final double[] distances = distances();
        return IntStream.range(0, distances.length)
                        .filter(i -> distances[i] > ownDistance[i])
                        .count()
                / (double) distances.length;
    }

    /** Compares with held-out real pictures. */
    public HeldOut against(final FeatureSet heldOut, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final double[] held = distances(Neighbours.nearest(heldOut, training, workers, control));
        final double[] own = distances();
        Arrays.sort(held);
        final double near = Percentiles.of(held, 0.05);
        return new HeldOut(
                Arrays.stream(own).filter(d -> d < near).count() / (double) own.length,
                Percentiles.median(own) / Percentiles.of(held, 0.5),
                MannWhitney.approximate(own, held),
                held);
    }

    /** The pairs of smallest distance, the nearest first. */
    public List<Pair> nearestPairs(final int most) {
        final double[] distances = distances();
        return IntStream.range(0, distances.length)
                .boxed()
                .sorted((a, b) -> Double.compare(distances[a], distances[b]))
                .limit(most)
                .map(i -> new Pair(i, nearest.index()[i], distances[i]))
                .toList();
    }
}
