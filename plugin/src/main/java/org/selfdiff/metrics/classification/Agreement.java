package org.selfdiff.metrics.classification;

import org.selfdiff.metrics.Confusion;

/** Scores of a whole confusion matrix. */
public final class Agreement {
    private Agreement() {}

    /** How much a disagreement counts in Cohen's kappa, by the distance of the classes. */
    public enum Weights {
        /** All the same. */
        NONE,
        /** The distance; for ordered classes. */
        LINEAR,
        /** Its square; for ordered classes such as grades. */
        QUADRATIC
    }

    /** Share of cases that were predicted rightly. */
    public static double accuracy(final Confusion c) {
        long right = 0;
        for (int k = 0; k < c.classes(); k++) {
            right += c.truePositives(k);
        }
        return (double) right / c.total();
    }

    /** Mean recall over the classes that have true cases. */
    public static double balancedAccuracy(final Confusion c) {
        double sum = 0;
        for (int k = 0; k < c.classes(); k++) {
            sum += LabelMetric.RECALL.of(c, k, 0);
        }
        return sum / present(c);
    }

    /** The same, moved and scaled so that guessing counts 0 and perfection 1; undefined for one class. */
    public static double adjustedBalancedAccuracy(final Confusion c) {
        final double chance = 1.0 / present(c);
        return (balancedAccuracy(c) - chance) / (1 - chance);
    }

    private static int present(final Confusion c) {
        int present = 0;
        for (int k = 0; k < c.classes(); k++) {
            present += LabelMetric.support(c, k) > 0 ? 1 : 0;
        }
        return present;
    }

    /** Cohen's kappa (1960, weighted 1968): agreement beyond chance, at most 1; {@code NaN} for a single class. */
    public static double kappa(final Confusion c, final Weights weights) {
        double seen = 0;
        double expected = 0;
        for (int t = 0; t < c.classes(); t++) {
            for (int p = 0; p < c.classes(); p++) {
                final double weight = weight(weights, Math.abs(t - p));
                seen += weight * c.count(t, p);
                expected += weight * LabelMetric.support(c, t) * predicted(c, p) / c.total();
            }
        }
        return 1 - seen / expected;
    }

    private static double weight(final Weights weights, final int distance) {
        return switch (weights) {
            case NONE -> distance == 0 ? 0 : 1;
            case LINEAR -> distance;
            case QUADRATIC -> (double) distance * distance;
        };
    }

    private static long predicted(final Confusion c, final int k) {
        return c.truePositives(k) + c.falsePositives(k);
    }

    /** Matthews' correlation of truth and prediction for any number of classes (Gorodkin 2004); 0 where undefined. */
    public static double matthews(final Confusion c) {
        final double n = c.total();
        double right = 0;
        double both = 0;
        double truth = 0;
        double prediction = 0;
        for (int k = 0; k < c.classes(); k++) {
            final double t = LabelMetric.support(c, k);
            final double p = predicted(c, k);
            right += c.truePositives(k);
            both += t * p;
            truth += t * t;
            prediction += p * p;
        }
        final double spread = (n * n - truth) * (n * n - prediction);
        return spread == 0 ? 0 : (right * n - both) / Math.sqrt(spread);
    }
}
