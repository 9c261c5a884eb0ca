package org.selfdiff.metrics;

/**
 * How well two sets of pixels agree, from the counts of one class: true positives (TP), false positives (FP), false
 * negatives (FN). All lie in 0 to 1, and 1 is perfect. Dice = 2 IoU / (1 + IoU).
 */
public enum OverlapMetric {
    /** Dice or F1: 2 TP / (2 TP + FP + FN). */
    DICE {
        @Override
        double ratio(final double tp, final double fp, final double fn) {
            return 2 * tp / (2 * tp + fp + fn);
        }
    },
    /** Intersection over union or Jaccard: TP / (TP + FP + FN). */
    IOU {
        @Override
        double ratio(final double tp, final double fp, final double fn) {
            return tp / (tp + fp + fn);
        }
    },
    /** TP / (TP + FP). */
    PRECISION {
        @Override
        double ratio(final double tp, final double fp, final double fn) {
            return tp / (tp + fp);
        }
    },
    /** Recall or sensitivity: TP / (TP + FN). */
    RECALL {
        @Override
        double ratio(final double tp, final double fp, final double fn) {
            return tp / (tp + fn);
        }
    };

    abstract double ratio(double tp, double fp, double fn);

    /**
     * The value for one class.
     *
     * @param counts counts of all classes
     * @param index the class
     * @param policy what 0 divided by 0 counts
     * @return 0 to 1, {@code NaN} if the policy skips the class
     */
    public double of(final Confusion counts, final int index, final EmptyClassPolicy policy) {
        if (counts.isEmpty(index)) {
            return policy.absent();
        }
        final double value =
                ratio(counts.truePositives(index), counts.falsePositives(index), counts.falseNegatives(index));
        return Double.isNaN(value) ? policy.halfAbsent() : value;
    }
}
