package org.selfdiff.metrics;

/**
 * What a class counts in a picture where a metric is 0 divided by 0: all of them where neither the truth nor the prediction
 * holds the class, precision also where only the truth does, recall where only the prediction does.
 */
public enum EmptyClassPolicy {
    /**
     * 1 wherever it is 0 divided by 0, as in scikit-learn with {@code zero_division=1} and in GenSelfDiff-HIS: rightly
     * predicting nothing is perfect.
     */
    COUNT_AS_ONE(1, 1),
    /**
     * Left out of every mean ({@code NaN}) where the class is absent from both, and 0 where it is absent from one, as in
     * torchmetrics. (MONAI leaves a class out wherever the truth lacks it, also where it was predicted.)
     */
    SKIP(Double.NaN, 0),
    /** 0 wherever it is 0 divided by 0. */
    COUNT_AS_ZERO(0, 0);

    private final double absent;

    private final double halfAbsent;

    EmptyClassPolicy(final double absent, final double halfAbsent) {
        this.absent = absent;
        this.halfAbsent = halfAbsent;
    }

    /** Where neither the truth nor the prediction holds the class: 1, 0 or {@code NaN}. */
    public double absent() {
        return absent;
    }

    /** Where one of them does, and the metric is 0 divided by 0 all the same: 1 or 0. */
    public double halfAbsent() {
        return halfAbsent;
    }
}
