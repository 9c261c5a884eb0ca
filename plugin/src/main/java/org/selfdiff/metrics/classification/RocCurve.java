package org.selfdiff.metrics.classification;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.metrics.statistics.Ranks;

/**
 * Receiver operating characteristic and precision-recall curve of one class: a point for each distinct score, from the
 * highest down; what scores at least that counts as found. The first point finds nothing and has an infinite threshold.
 */
public final class RocCurve {
    private final List<Point> points;

    private RocCurve(final List<Point> points) {
        this.points = List.copyOf(points);
    }

    /**
     * A point.
     *
     * @param threshold the lowest score that counts as found
     * @param truePositives cases of the class among those found
     * @param falsePositives others among those found
     */
    public record Point(double threshold, long truePositives, long falsePositives) {}

    /**
     * The curve.
     *
     * @param truth whether a case is of the class
     * @param scores higher means rather of the class; not {@code NaN}
     */
    public static RocCurve of(final boolean[] truth, final double[] scores) {
        if (truth.length != scores.length) {
            throw new IllegalArgumentException(truth.length + " truths and " + scores.length + " scores");
        }
        final int[] order = Ranks.order(scores);
        final List<Point> points = new ArrayList<>();
        points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
        long positives = 0;
        long negatives = 0;
        for (int i = order.length - 1; i >= 0; i--) {
            if (truth[order[i]]) {
                positives++;
            } else {
                negatives++;
            }
            if (i == 0 || scores[order[i - 1]] != scores[order[i]]) {
                points.add(new Point(scores[order[i]], positives, negatives));
            }
        }
        return new RocCurve(points);
    }

    /** From nothing found to all found. */
    public List<Point> points() {
        return points;
    }

    /** Cases of the class. */
    public long positives() {
        return last().truePositives;
    }

    /** All others. */
    public long negatives() {
        return last().falsePositives;
    }

    private Point last() {
        return points.get(points.size() - 1);
    }

    /** Recall or sensitivity at a point, 0 to 1; {@code NaN} without a case of the class. */
    public double truePositiveRate(final Point point) {
        return (double) point.truePositives / positives();
    }

    /** 1 - specificity at a point, 0 to 1; {@code NaN} without other cases. */
    public double falsePositiveRate(final Point point) {
        return (double) point.falsePositives / negatives();
    }

    /** Share of the class among those found; 1 where nothing is found. */
    public static double precision(final Point point) {
        final long found = point.truePositives + point.falsePositives;
        return found == 0 ? 1 : (double) point.truePositives / found;
    }

    /**
     * Area under the ROC curve: the probability that a case of the class scores higher than another, ties counting one
     * half.
     *
     * @return 0 to 1, {@code NaN} where one kind of case is absent
     */
    public double area() {
        // Twice the number of pairs is a whole number, exact below 2^53.
        double twice = 0;
        for (int i = 1; i < points.size(); i++) {
            final Point a = points.get(i - 1);
            final Point b = points.get(i);
            twice += (double) (b.falsePositives - a.falsePositives) * (a.truePositives + b.truePositives);
        }
        return twice / 2 / ((double) positives() * negatives());
    }

    /**
     * Average precision: the sum of recall steps times precision, without interpolation.
     *
     * @return 0 to 1; 0 without a case of the class, as in scikit-learn
     */
    public double averagePrecision() {
        double sum = 0;
        for (int i = 1; i < points.size(); i++) {
            final Point point = points.get(i);
            sum += (point.truePositives - points.get(i - 1).truePositives) * precision(point);
        }
        return positives() == 0 ? 0 : sum / positives();
    }

    /** The point of largest Youden's J = sensitivity + specificity - 1, the first of equal ones. */
    public Point youden() {
        Point best = points.get(0);
        for (final Point point : points) {
            if (youden(point) > youden(best)) {
                best = point;
            }
        }
        return best;
    }

    /** Youden's J at a point. */
    public double youden(final Point point) {
        return truePositiveRate(point) - falsePositiveRate(point);
    }

    /** The curve without points on a line between their neighbours, for drawing; the highest score always has its point. */
    public RocCurve withoutCollinear() {
        final List<Point> corners = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (i < 2 || i == points.size() - 1 || bends(points.get(i - 1), points.get(i), points.get(i + 1))) {
                corners.add(points.get(i));
            }
        }
        return new RocCurve(corners);
    }

    /** As in scikit-learn: equal steps before and behind a point make a line; longer steps of one slope do not. */
    private static boolean bends(final Point a, final Point b, final Point c) {
        return a.truePositives - 2 * b.truePositives + c.truePositives != 0
                || a.falsePositives - 2 * b.falsePositives + c.falsePositives != 0;
    }
}
