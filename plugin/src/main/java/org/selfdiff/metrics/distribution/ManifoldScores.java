package org.selfdiff.metrics.distribution;

import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * How synthetic and real pictures cover each other. Around each picture lies a ball that reaches to its k-th neighbour of
 * the same set.
 *
 * @param precision share of synthetic pictures within a ball of a real one (Kynkäänniemi et al. 2019)
 * @param recall share of real pictures within a ball of a synthetic one
 * @param density mean number of real balls around a synthetic picture, over k; may exceed 1 (Naeem et al. 2020)
 * @param coverage share of real pictures whose ball holds a synthetic one
 */
public record ManifoldScores(double precision, double recall, double density, double coverage) {

    /** Whether what lies exactly on the edge of a ball is in it. */
    public enum Edge {
        /** It is not, as in Naeem et al. */
        OUTSIDE,
        /** It is, as Kynkäänniemi et al. wrote it. */
        INSIDE
    }

    /**
     * Computes all four.
     *
     * @param k neighbours, fewer than each set has pictures
     */
    public static ManifoldScores of(
            final FeatureSet real,
            final FeatureSet synthetic,
            final int k,
            final Edge edge,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        if (k < 1 || k >= real.count() || k >= synthetic.count()) {
            throw new IllegalArgumentException(
                    k + " neighbours in sets of " + real.count() + " and " + synthetic.count());
        }
        final double[] realRadii = Neighbours.squaredRadii(real, k, workers, control.part(0, 0.3));
        final double[] syntheticRadii = Neighbours.squaredRadii(synthetic, k, workers, control.part(0.3, 0.6));
        final int[] realBalls = new int[synthetic.count()];
        Neighbours.visit(synthetic, real, workers, control.part(0.6, 0.8), (s, r, squared) -> {
            if (within(squared, realRadii[r], edge)) {
                realBalls[s]++;
            }
        });
        final boolean[] inSynthetic = new boolean[real.count()];
        final boolean[] covered = new boolean[real.count()];
        Neighbours.visit(real, synthetic, workers, control.part(0.8, 1), (r, s, squared) -> {
            inSynthetic[r] |= within(squared, syntheticRadii[s], edge);
            covered[r] |= within(squared, realRadii[r], edge);
        });
        double found = 0;
        double balls = 0;
        for (final int n : realBalls) {
            found += n > 0 ? 1 : 0;
            balls += n;
        }
        return new ManifoldScores(
                found / synthetic.count(), share(inSynthetic), balls / k / synthetic.count(), share(covered));
    }

    private static boolean within(final double squared, final double squaredRadius, final Edge edge) {
        return edge == Edge.OUTSIDE ? squared < squaredRadius : squared <= squaredRadius;
    }

    private static double share(final boolean[] flags) {
        int n = 0;
        for (final boolean flag : flags) {
            n += flag ? 1 : 0;
        }
        return (double) n / flags.length;
    }
}
