package org.selfdiff.metrics;

/**
 * What a class counts in a picture where neither the truth nor the prediction holds it, so that every metric is
 * 0/0.
 */
public enum EmptyClassPolicy {
    /** 1: rightly predicting nothing is perfect, as in scikit-learn's {@code zero_division=1}. */
    COUNT_AS_ONE(1),
    /** Left out of every mean ({@code NaN}), as in MONAI. */
    SKIP(Double.NaN),
    /** 0. */
    COUNT_AS_ZERO(0);

    private final double value;

    EmptyClassPolicy(final double value) {
        this.value = value;
    }

    /** 1, 0 or {@code NaN}. */
    public double value() {
        return value;
    }
}
