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
    /** TP / (TP + FP); 0 if the class is there but nothing was predicted. */
    PRECISION {
        @Override
        double ratio(final double tp, final double fp, final double fn) {
            return tp + fp == 0 ? 0 : tp / (tp + fp);
        }
    },
    /** Recall or sensitivity: TP / (TP + FN); 0 if the class is not there but was predicted. */
    RECALL {
        @Override
        double ratio(final double tp, final double fp, final double fn) {
            return tp + fn == 0 ? 0 : tp / (tp + fn);
        }
    };

    abstract double ratio(double tp, double fp, double fn);

    /**
     * The value for one class.
     *
     * @param counts counts of all classes
     * @param index the class
     * @param policy what a class counts that neither the truth nor the prediction holds
     * @return 0 to 1, {@code NaN} if the policy skips the class
     */
    public double of(final Confusion counts, final int index, final EmptyClassPolicy policy) {
        return counts.isEmpty(index)
                ? policy.value()
                : ratio(counts.truePositives(index), counts.falsePositives(index), counts.falseNegatives(index));
    }
}
