package org.selfdiff.train;

/**
 * What a validation measures.
 *
 * @param name in messages and tables, lower case, for instance {@code loss}, {@code AUROC}
 * @param higherIsBetter its direction
 */
public record Score(String name, boolean higherIsBetter) {

    /** The mean loss over the held-out data. */
    public static final Score LOSS = new Score("loss", false);

    /** Whether a value is better than another. */
    public boolean better(final double value, final double other) {
        return higherIsBetter ? value > other : value < other;
    }
}
