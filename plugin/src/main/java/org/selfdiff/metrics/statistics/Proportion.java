package org.selfdiff.metrics.statistics;

/**
 * A share of cases and how sure it is.
 *
 * @param successes cases that count
 * @param n all cases
 */
public record Proportion(long successes, long n) {

    /** The share, {@code NaN} of no cases. */
    public double value() {
        return (double) successes / n;
    }

    /** Wilson's score interval (1927): close to its confidence on average, also for few cases. */
    public Interval wilson(final double confidence) {
        final double z = Normal.quantile(0.5 + confidence / 2);
        final double p = value();
        final double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
        final double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4.0 * n * n)) / (1 + z * z / n);
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /** Clopper and Pearson's exact interval (1934): never below its confidence. */
    public Interval clopperPearson(final double confidence) {
        final double tail = (1 - confidence) / 2;
        return new Interval(
                successes == 0 ? 0 : Beta.quantile(successes, n - successes + 1.0, tail),
                successes == n ? 1 : Beta.quantile(successes + 1.0, n - successes, 1 - tail));
    }
}
