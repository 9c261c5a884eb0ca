package org.selfdiff.metrics.statistics;

/** Mann and Whitney's test whether one sample tends to be larger than another (1947), two-sided. */
public final class MannWhitney {
    private MannWhitney() {}

    /** Normal approximation, corrected for ties and continuity; the statistic is U of the first sample. */
    public static TestResult approximate(final double[] first, final double[] second) {
        final double m = first.length;
        final double n = second.length;
        final double[] ranks = Ranks.of(joined(first, second));
        final double u = u(ranks, first.length);
        final double larger = Math.max(u, m * n - u);
        final double all = m + n;
        final double variance = m * n / 12 * (all + 1 - Ranks.tieTerm(ranks) / (all * (all - 1)));
        final double z = (larger - m * n / 2 - 0.5) / Math.sqrt(variance);
        return new TestResult(u, Math.min(1, 2 * Normal.survival(z)));
    }

    /** The exact test; only right where no values are equal. The statistic is U of the first sample. */
    public static TestResult exact(final double[] first, final double[] second) {
        final int m = first.length;
        final int n = second.length;
        final double u = u(Ranks.of(joined(first, second)), m);
        final double[] share = shares(m, n);
        double atLeast = 0;
        for (int i = (int) Math.ceil(Math.max(u, m * n - u)); i < share.length; i++) {
            atLeast += share[i];
        }
        return new TestResult(u, Math.min(1, 2 * atLeast));
    }

    /**
     * Probability of each U: the coefficients of the Gaussian binomial, a product of (1 - q^(n+i)) / (1 - q^i).
     */
    private static double[] shares(final int m, final int n) {
        final double[] share = new double[m * n + 1];
        share[0] = 1;
        for (int i = 1; i <= m; i++) {
            for (int s = share.length - 1; s >= n + i; s--) {
                share[s] -= share[s - n - i];
            }
            for (int s = i; s < share.length; s++) {
                share[s] += share[s - i];
            }
            for (int s = 0; s < share.length; s++) {
                share[s] *= (double) i / (n + i);
            }
        }
        return share;
    }

    private static double u(final double[] ranks, final int m) {
        double sum = 0;
        for (int i = 0; i < m; i++) {
            sum += ranks[i];
        }
        return sum - m * (m + 1.0) / 2;
    }

    private static double[] joined(final double[] first, final double[] second) {
        final double[] all = new double[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
