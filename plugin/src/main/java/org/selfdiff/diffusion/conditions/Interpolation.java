package org.selfdiff.diffusion.conditions;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * A point between the embeddings of two pictures.
 *
 * @param path how one goes from the one to the other
 * @param partner how the second picture is chosen, anew for each condition
 * @param neighbours of how many nearest pictures {@link Partner#NEAREST} takes one, 1 or more
 * @param least weight of the partner, drawn evenly between this...
 * @param most ...and this; 0 to 1
 * @param rule for the label
 */
public record Interpolation(Path path, Partner partner, int neighbours, double least, double most, LabelRule rule)
        implements ConditionStrategy {

    /** Below this sine of the angle a straight line is taken. */
    private static final double STRAIGHT = 1e-6;

    /** How one goes from the one embedding to the other. */
    public enum Path {
        /** In a straight line. */
        LINEAR,

        /** Along the arc between the directions (slerp, Shoemake 1985), which keeps lengths. */
        SPHERICAL
    }

    /** How the second picture is chosen. */
    public enum Partner {
        /** Any other picture of the same label. */
        SAME_LABEL,

        /** One of the nearest by Euclidean distance. */
        NEAREST,

        /** Any other picture. */
        RANDOM
    }

    /** Checks the numbers. */
    public Interpolation {
        if (neighbours < 1 || !(least >= 0 && least <= most && most <= 1)) {
            throw new IllegalArgumentException(
                    "neighbours 1 or more, weights 0 to 1, not " + neighbours + ", " + least + ", " + most);
        }
    }

    @Override
    public Maker prepare(final Sources sources, final long seed, final RunControl control)
            throws RunFailed, RunCancelled {
        if (sources.size() < 2) {
            throw new RunFailed(
                    "There is nothing to interpolate with",
                    "row \"" + sources.names().get(0) + "\", the only one",
                    "Give at least two rows, or choose another strategy.");
        }
        final Map<Optional<String>, List<Integer>> byLabel = sources.byLabel();
        if (partner == Partner.SAME_LABEL) {
            requirePartners(sources, byLabel);
        }
        final int[][] nearest =
                partner == Partner.NEAREST ? Neighbours.of(sources.vectors(), neighbours, control) : new int[0][];
        return new Maker() {
            @Override
            public int groups() {
                return sources.size();
            }

            @Override
            public Condition make(final int group, final int copy) {
                final Draws draws = new Draws(seed, group, copy);
                final int other =
                        switch (partner) {
                            case SAME_LABEL -> another(
                                    byLabel.get(sources.labels().get(group)), group, draws);
                            case NEAREST -> nearest[group][draws.below(0, nearest[group].length)];
                            case RANDOM -> {
                                final int drawn = draws.below(0, sources.size() - 1);
                                yield drawn < group ? drawn : drawn + 1;
                            }
                        };
                return between(sources, group, other, least + draws.uniform(0) * (most - least));
            }
        };
    }

    private static void requirePartners(final Sources sources, final Map<Optional<String>, List<Integer>> byLabel)
            throws RunFailed {
        for (final Map.Entry<Optional<String>, List<Integer>> entry : byLabel.entrySet()) {
            final String where = "row \"" + sources.names().get(entry.getValue().get(0)) + "\"";
            if (entry.getKey().isEmpty()) {
                throw new RunFailed(
                        "There is no label, but the partner shall have the same",
                        where,
                        "Choose the column of labels, give the row a label, or choose another partner.");
            }
            if (entry.getValue().size() < 2) {
                throw new RunFailed(
                        "No other row has the label \"" + entry.getKey().get() + "\"",
                        where,
                        "Filter the label out, or choose another partner.");
            }
        }
    }

    private static int another(final List<Integer> rows, final int row, final Draws draws) {
        final int drawn = draws.below(0, rows.size() - 1);
        return rows.get(drawn < Collections.binarySearch(rows, row) ? drawn : drawn + 1);
    }

    private Condition between(final Sources sources, final int source, final int other, final double weight) {
        final float[] a = sources.vectors().get(source);
        final float[] b = sources.vectors().get(other);
        final double[] factors = path == Path.LINEAR ? new double[] {1 - weight, weight} : spherical(a, b, weight);
        final float[] vector = new float[a.length];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = (float) (factors[0] * a[d] + factors[1] * b[d]);
        }
        return new Condition(
                vector,
                List.of(source, other),
                List.of(1 - weight, weight),
                rule.label(sources.labels().get(source), sources.labels().get(other), weight));
    }

    /** Factors of both vectors: the direction moves at constant speed, the length in a straight line. */
    private static double[] spherical(final float[] a, final float[] b, final double weight) {
        final double lengthA = Math.sqrt(dot(a, a));
        final double lengthB = Math.sqrt(dot(b, b));
        final double cosine = Math.max(-1, Math.min(1, dot(a, b) / (lengthA * lengthB)));
        final double angle = Math.acos(cosine);
        if (!(Math.sin(angle) > STRAIGHT)) {
            return new double[] {1 - weight, weight};
        }
        final double length = (1 - weight) * lengthA + weight * lengthB;
        final double scale = length / Math.sin(angle);
        return new double[] {
            Math.sin((1 - weight) * angle) * scale / lengthA, Math.sin(weight * angle) * scale / lengthB
        };
    }

    private static double dot(final float[] a, final float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
