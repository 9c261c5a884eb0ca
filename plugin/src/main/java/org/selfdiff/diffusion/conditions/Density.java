package org.selfdiff.diffusion.conditions;

import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Draws from a mixture of normal distributions that is fitted to the embeddings of each label, so that no picture is
 * imitated. A group stands for a source row, of which the label is taken and nothing else: labels are as frequent as in
 * the data.
 *
 * @param components most of a mixture, 1 or more; one after the other is added as long as the Bayesian
 *     information criterion falls
 * @param full whether directions in which embeddings vary together are learnt (shrunk covariance matrices); otherwise
 *     each dimension by itself
 * @param shrinkage of full covariances, 0 to 1; empty to estimate it from the data
 */
public record Density(int components, boolean full, OptionalDouble shrinkage) implements ConditionStrategy {
    /** Smallest variance, relative to the mean over all dimensions. */
    private static final double FLOOR = 1e-6;

    /** Checks the numbers. */
    public Density {
        if (components < 1
                || shrinkage.isPresent() && !(shrinkage.getAsDouble() >= 0 && shrinkage.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "components 1 or more, shrinkage 0 to 1, not " + components + ", " + shrinkage);
        }
    }

    @Override
    public Maker prepare(final Sources sources, final long seed, final RunControl control)
            throws RunFailed, RunCancelled {
        final Map<Optional<String>, GaussianMixture> mixtures = mixtures(sources, seed, control);
        return new Maker() {
            @Override
            public int groups() {
                return sources.size();
            }

            @Override
            public Condition make(final int group, final int copy) {
                final Optional<String> label = sources.labels().get(group);
                final Draws draws = new Draws(seed, group, copy);
                final float[] vector = mixtures.get(label).draw(draws.uniform(0), draws.gaussians(sources.width()));
                return new Condition(vector, List.of(), List.of(), label);
            }
        };
    }

    private Map<Optional<String>, GaussianMixture> mixtures(
            final Sources sources, final long seed, final RunControl control) throws RunFailed, RunCancelled {
        final Map<Optional<String>, GaussianMixture> mixtures = new LinkedHashMap<>();
        final List<Map.Entry<Optional<String>, List<Integer>>> labels =
                List.copyOf(sources.byLabel().entrySet());
        try (Workers workers = Workers.all()) {
            workers.inOrder(
                    labels.size(),
                    (i, inner) -> mixture(
                            sources, labels.get(i).getKey(), labels.get(i).getValue(), seed, inner),
                    (i, mixture) -> {
                        mixtures.put(labels.get(i).getKey(), mixture);
                        control.progress(
                                (double) mixtures.size() / labels.size(),
                                "densities: " + mixtures.size() + " of " + labels.size() + " labels");
                    },
                    control);
        }
        return mixtures;
    }

    /** The best of mixtures with more and more components, up to the first that is worse than the one before. */
    private GaussianMixture mixture(
            final Sources sources,
            final Optional<String> label,
            final List<Integer> members,
            final long seed,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final double[][] rows = new double[members.size()][];
        final Set<FloatBuffer> different = new HashSet<>();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = doubles(sources.vectors().get(members.get(i)));
            different.add(FloatBuffer.wrap(sources.vectors().get(members.get(i))));
        }
        if (different.size() < 2) {
            throw new RunFailed(
                    (label.isPresent() ? "The label \"" + label.get() + "\"" : "The table")
                            + " has a single embedding, which has no density",
                    "row \"" + sources.names().get(members.get(0)) + "\"",
                    "Filter the label out, give it more rows, or choose the strategy jitter.");
        }
        final GaussianMixture.Estimate estimate = new GaussianMixture.Estimate(
                full ? Covariance.Shape.FULL : Covariance.Shape.DIAGONAL, FLOOR * variance(rows), shrinkage);
        GaussianMixture best = null;
        for (int k = 1; k <= Math.min(components, different.size() / 2); k++) {
            final int[] groups = KMeans.groups(rows, k, seed);
            final GaussianMixture mixture = GaussianMixture.fit(rows, groups, k, estimate, control);
            if (best != null && mixture.bic() >= best.bic()) {
                break;
            }
            best = mixture;
        }
        return best;
    }

    private static double[] doubles(final float[] vector) {
        final double[] doubles = new double[vector.length];
        for (int d = 0; d < vector.length; d++) {
            doubles[d] = vector[d];
        }
        return doubles;
    }

    /** Mean variance of a dimension. */
    private static double variance(final double[][] rows) {
        double all = 0;
        for (int d = 0; d < rows[0].length; d++) {
            double mean = 0;
            for (final double[] row : rows) {
                mean += row[d];
            }
            mean /= rows.length;
            for (final double[] row : rows) {
                all += (row[d] - mean) * (row[d] - mean);
            }
        }
        return all / rows.length / rows[0].length;
    }
}
