package org.selfdiff.metrics.statistics;

import java.util.stream.DoubleStream;

/** How two quantities of the same cases go together; p values are two-sided, against none. */
public final class Correlation {
    private Correlation() {}

    /** Pearson's r of a linear relation, -1 to 1. */
    public static TestResult pearson(final double[] x, final double[] y) {
        final double meanX = DoubleStream.of(x).sum() / x.length;
        final double meanY = DoubleStream.of(y).sum() / y.length;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        final double r = xy / Math.sqrt(xx * yy);
        final double freedom = x.length - 2.0;
        return new TestResult(r, Beta.studentTwoSided(r * Math.sqrt(freedom / (1 - r * r)), freedom));
    }

    /** Spearman's rho: Pearson's of ranks. */
    public static TestResult spearman(final double[] x, final double[] y) {
        return pearson(Ranks.of(x), Ranks.of(y));
    }

    /** Kendall's tau-b, with its correction for ties. */
    public static double kendall(final double[] x, final double[] y) {
        double agreement = 0;
        double differentX = 0;
        double differentY = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                final double signX = Math.signum(x[i] - x[j]);
                final double signY = Math.signum(y[i] - y[j]);
                agreement += signX * signY;
                differentX += signX * signX;
                differentY += signY * signY;
            }
        }
        return agreement / Math.sqrt(differentX * differentY);
    }
}
