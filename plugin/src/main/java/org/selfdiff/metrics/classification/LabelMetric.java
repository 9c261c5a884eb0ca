package org.selfdiff.metrics.classification;

import java.util.stream.IntStream;
import org.selfdiff.metrics.Confusion;

/** Shares of the cases of one class against all others, from a confusion matrix; all lie in 0 to 1. */
public enum LabelMetric {
    /** Share of what was predicted as the class that is of it: TP / (TP + FP). */
    PRECISION {
        @Override
        long hits(final Confusion c, final int k) {
            return c.truePositives(k);
        }

        @Override
        long cases(final Confusion c, final int k) {
            return c.truePositives(k) + c.falsePositives(k);
        }
    },
    /** Share of the class that was found: TP / (TP + FN). */
    RECALL {
        @Override
        long hits(final Confusion c, final int k) {
            return c.truePositives(k);
        }

        @Override
        long cases(final Confusion c, final int k) {
            return support(c, k);
        }
    },
    /** Harmonic mean of both: 2 TP / (2 TP + FP + FN). */
    F1 {
        @Override
        long hits(final Confusion c, final int k) {
            return 2 * c.truePositives(k);
        }

        @Override
        long cases(final Confusion c, final int k) {
            return 2 * c.truePositives(k) + c.falsePositives(k) + c.falseNegatives(k);
        }
    },
    /** Share of the others that were not predicted as the class: TN / (TN + FP). */
    SPECIFICITY {
        @Override
        long hits(final Confusion c, final int k) {
            return cases(c, k) - c.falsePositives(k);
        }

        @Override
        long cases(final Confusion c, final int k) {
            return c.total() - support(c, k);
        }
    };

    /** How classes are put together. */
    public enum Average {
        /** Every class counts the same. */
        MACRO,
        /** Every case counts the same: hits and cases of all classes are added first. */
        MICRO,
        /** Classes count by how many true cases they have. */
        WEIGHTED
    }

    abstract long hits(Confusion c, int k);

    abstract long cases(Confusion c, int k);

    /** How many cases are of the class. */
    public static long support(final Confusion c, final int k) {
        return c.truePositives(k) + c.falseNegatives(k);
    }

    /**
     * The value for one class.
     *
     * @param undefined what 0/0 counts
     */
    public double of(final Confusion confusion, final int k, final double undefined) {
        final long cases = cases(confusion, k);
        return cases == 0 ? undefined : (double) hits(confusion, k) / cases;
    }

    /**
     * The value over classes.
     *
     * @param average how they are put together
     * @param seenOnly whether classes that occur neither in truth nor prediction are left out
     * @param undefined what 0/0 counts
     */
    public double average(
            final Confusion confusion, final Average average, final boolean seenOnly, final double undefined) {
        final int[] classes = IntStream.range(0, confusion.classes())
                .filter(k -> !seenOnly || !confusion.isEmpty(k))
                .toArray();
        if (average == Average.MICRO) {
            final long cases =
                    IntStream.of(classes).mapToLong(k -> cases(confusion, k)).sum();
            final long hits =
                    IntStream.of(classes).mapToLong(k -> hits(confusion, k)).sum();
            return cases == 0 ? undefined : (double) hits / cases;
        }
        double sum = 0;
        double weights = 0;
        for (final int k : classes) {
            final double weight = average == Average.MACRO ? 1 : support(confusion, k);
            // A class of weight 0 must not turn the mean into NaN where 0/0 counts that.
            sum += weight == 0 ? 0 : weight * of(confusion, k, undefined);
            weights += weight;
        }
        return sum / weights;
    }
}
