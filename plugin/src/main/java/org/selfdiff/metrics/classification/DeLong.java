package org.selfdiff.metrics.classification;

import java.util.stream.DoubleStream;
import org.selfdiff.metrics.statistics.Interval;
import org.selfdiff.metrics.statistics.Normal;
import org.selfdiff.metrics.statistics.Ranks;

/**
 * Area under the ROC curve with its variance (DeLong, DeLong, Clarke-Pearson, Biometrics 1988) by mid-ranks (Sun and Xu,
 * IEEE Signal Processing Letters 2014), in the time of a sort.
 */
public final class DeLong {
    private final double area;

    private final double[] positives;

    private final double[] negatives;

    private DeLong(final double area, final double[] positives, final double[] negatives) {
        this.area = area;
        this.positives = positives;
        this.negatives = negatives;
    }

    /**
     * Two classifiers on the same cases.
     *
     * @param difference area of the first minus area of the second
     * @param standardError of the difference
     * @param z difference over standard error; {@code NaN} for scores that order all cases alike
     * @param p two-sided
     */
    public record Comparison(double difference, double standardError, double z, double p) {
        /** Interval of the difference. */
        public Interval interval(final double confidence) {
            return Interval.normal(difference, standardError, confidence);
        }
    }

    /**
     * Area and placements.
     *
     * @param truth whether a case is of the class
     * @param scores higher means rather of the class; not {@code NaN}
     */
    public static DeLong of(final boolean[] truth, final double[] scores) {
        final double[] x = where(truth, scores, true);
        final double[] y = where(truth, scores, false);
        final double[] all = Ranks.of(scores);
        final double[] among = Ranks.of(x);
        final double[] amongOthers = Ranks.of(y);
        final double[] placeX = where(truth, all, true);
        final double[] placeY = where(truth, all, false);
        for (int i = 0; i < x.length; i++) {
            placeX[i] = (placeX[i] - among[i]) / y.length;
        }
        for (int j = 0; j < y.length; j++) {
            placeY[j] = 1 - (placeY[j] - amongOthers[j]) / x.length;
        }
        return new DeLong(y.length == 0 ? Double.NaN : mean(placeX), placeX, placeY);
    }

    private static double[] where(final boolean[] truth, final double[] values, final boolean positive) {
        int n = 0;
        for (final boolean t : truth) {
            n += t == positive ? 1 : 0;
        }
        final double[] chosen = new double[n];
        n = 0;
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] == positive) {
                chosen[n++] = values[i];
            }
        }
        return chosen;
    }

    /** Area under the curve, 0 to 1; {@code NaN} where one kind of case is absent. */
    public double area() {
        return area;
    }

    /** For each case of the class, the share of others that score lower. */
    public double[] positivePlacements() {
        return positives.clone();
    }

    /** For each other case, the share of the class that scores higher. */
    public double[] negativePlacements() {
        return negatives.clone();
    }

    /** Variance of the area; {@code NaN} with fewer than two cases of a kind, 0 for perfect separation. */
    public double variance() {
        return covariance(this, this);
    }

    /** Its root. */
    public double standardError() {
        return Math.sqrt(variance());
    }

    /** Area plus and minus the normal quantile times the standard error; can leave 0 to 1. */
    public Interval interval(final double confidence) {
        return Interval.normal(area, standardError(), confidence);
    }

    /**
     * The normal interval of log(area / (1 - area)), which stays within 0 and 1.
     *
     * @return none for an area of 0 or 1
     */
    public Interval logitInterval(final double confidence) {
        if (!(area > 0 && area < 1)) {
            return Interval.NONE;
        }
        final Interval logit =
                Interval.normal(Math.log(area / (1 - area)), standardError() / (area * (1 - area)), confidence);
        return new Interval(sigmoid(logit.low()), sigmoid(logit.high()));
    }

    private static double sigmoid(final double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Covariance of two areas on the same cases in the same order. */
    public static double covariance(final DeLong a, final DeLong b) {
        return covariance(a.positives, b.positives) / a.positives.length
                + covariance(a.negatives, b.negatives) / a.negatives.length;
    }

    private static double covariance(final double[] a, final double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("the cases of both must be the same");
        }
        final double meanA = mean(a);
        final double meanB = mean(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }
        return sum / (a.length - 1);
    }

    private static double mean(final double[] values) {
        return DoubleStream.of(values).sum() / values.length;
    }

    /** The paired test: whether two classifiers on the same cases have the same area. */
    public static Comparison compare(final DeLong a, final DeLong b) {
        final double difference = a.area - b.area;
        // Rounding can leave a variance a little below 0 where both order all cases alike.
        final double variance = Math.max(0, a.variance() + b.variance() - 2 * covariance(a, b));
        final double z = difference / Math.sqrt(variance);
        return new Comparison(difference, Math.sqrt(variance), z, Normal.twoSided(z));
    }
}
