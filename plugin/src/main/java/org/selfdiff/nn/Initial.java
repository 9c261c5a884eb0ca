package org.selfdiff.nn;

/** What a parameter holds before training. */
public sealed interface Initial {

    /**
     * Uniform in {@code [-bound, bound]}.
     *
     * @param bound half the width of the interval
     */
    record Uniform(double bound) implements Initial {}

    /**
     * The same number everywhere.
     *
     * @param value the number
     */
    record Constant(float value) implements Initial {}

    /**
     * Normal around 0, nothing beyond two deviations.
     *
     * @param deviation the standard deviation before the ends are cut off
     */
    record TruncatedNormal(double deviation) implements Initial {}

    /** Normal with a deviation, cut off at two of them: tokens and tables of transformers. */
    static Initial normal(final double deviation) {
        return new TruncatedNormal(deviation);
    }

    /** Zero: shifts of normalisations. */
    static Initial zeros() {
        return new Constant(0);
    }

    /** One: scales of normalisations. */
    static Initial ones() {
        return new Constant(1);
    }

    /**
     * PyTorch's default for weights and biases of convolutions and linear maps: uniform within {@code 1/sqrt(fanIn)}
     * (Kaiming uniform with a = sqrt 5).
     *
     * @param fanIn number of inputs that one output sums over
     */
    static Initial fanIn(final long fanIn) {
        return new Uniform(1 / Math.sqrt(fanIn));
    }
}
