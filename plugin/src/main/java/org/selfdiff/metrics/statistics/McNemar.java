package org.selfdiff.metrics.statistics;

/**
 * McNemar's test of two classifiers on the same cases (Psychometrika 1947): only cases that one of them has right
 * count.
 *
 * @param onlyFirst cases that only the first has right
 * @param onlySecond cases that only the second has right
 */
public record McNemar(long onlyFirst, long onlySecond) {

    /** The exact binomial test, two-sided: twice the smaller tail, at most 1; 1 without such cases. */
    public TestResult exact() {
        return new TestResult(fewer(), Math.min(1, 2 * tail()));
    }

    /** The exact test less half the probability of what was seen: less conservative. 1 without such cases. */
    public double midP() {
        return 2 * tail() - seen();
    }

    /**
     * The chi-square approximation with one degree of freedom.
     *
     * @param continuity whether 1 is taken off the distance (Edwards 1948)
     * @return {@code NaN} without such cases
     */
    public TestResult chiSquare(final boolean continuity) {
        final double distance = Math.abs((double) onlyFirst - onlySecond) - (continuity ? 1 : 0);
        final double statistic = distance * distance / (onlyFirst + onlySecond);
        return new TestResult(statistic, Double.isNaN(statistic) ? Double.NaN : Gamma.upper(0.5, statistic / 2));
    }

    private long fewer() {
        return Math.min(onlyFirst, onlySecond);
    }

    private double tail() {
        final long n = onlyFirst + onlySecond;
        // P(X <= k) of a fair coin is the share of a beta distribution above one half.
        return fewer() == n ? 1 : Beta.cdf(n - fewer(), fewer() + 1.0, 0.5);
    }

    private double seen() {
        final long n = onlyFirst + onlySecond;
        return Math.exp(
                Gamma.log(n + 1.0) - Gamma.log(onlyFirst + 1.0) - Gamma.log(onlySecond + 1.0) - n * Math.log(2));
    }
}
