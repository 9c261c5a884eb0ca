package org.selfdiff.metrics;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How scores are put together. Both choices change the numbers, so that neither has a default.
 *
 * @param emptyClass what a class counts where it is absent from truth and prediction
 * @param background whether class 0 counts in means over classes
 */
public record Scoring(EmptyClassPolicy emptyClass, boolean background) {

    /**
     * A mean with its spread.
     *
     * @param mean {@code NaN} if nothing counted
     * @param deviation standard deviation with n - 1, {@code NaN} below two values
     * @param count how many values counted
     */
    public record Mean(double mean, double deviation, int count) {

        /** Mean of the values that are not {@code NaN}. */
        public static Mean of(final DoubleStream values) {
            final double[] v = values.filter(x -> !Double.isNaN(x)).toArray();
            final double mean = v.length == 0 ? Double.NaN : DoubleStream.of(v).sum() / v.length;
            final double squares =
                    DoubleStream.of(v).map(x -> (x - mean) * (x - mean)).sum();
            return new Mean(mean, v.length < 2 ? Double.NaN : Math.sqrt(squares / (v.length - 1)), v.length);
        }
    }

    /** All four metrics of something; a value is {@code NaN} where the policy skips it. */
    public record Scores(double dice, double iou, double precision, double recall) {

        /** One of them. */
        public double get(final OverlapMetric metric) {
            return switch (metric) {
                case DICE -> dice;
                case IOU -> iou;
                case PRECISION -> precision;
                case RECALL -> recall;
            };
        }
    }

    /** The classes that count: all, or all but class 0. */
    public IntStream classes(final int all) {
        return IntStream.range(background ? 0 : 1, all);
    }

    /** The scores of one class. */
    public Scores of(final Confusion counts, final int index) {
        return new Scores(
                OverlapMetric.DICE.of(counts, index, emptyClass),
                OverlapMetric.IOU.of(counts, index, emptyClass),
                OverlapMetric.PRECISION.of(counts, index, emptyClass),
                OverlapMetric.RECALL.of(counts, index, emptyClass));
    }

    /** The mean of each metric over the classes that count. */
    public Scores overClasses(final Confusion counts) {
        return new Scores(
                overClasses(counts, OverlapMetric.DICE),
                overClasses(counts, OverlapMetric.IOU),
                overClasses(counts, OverlapMetric.PRECISION),
                overClasses(counts, OverlapMetric.RECALL));
    }

    private double overClasses(final Confusion counts, final OverlapMetric metric) {
        return Mean.of(classes(counts.classes()).mapToDouble(c -> metric.of(counts, c, emptyClass)))
                .mean();
    }

    /** The mean of one metric of one class over pictures. */
    public Mean overPictures(final List<Confusion> pictures, final int index, final OverlapMetric metric) {
        return Mean.of(pictures.stream().mapToDouble(c -> metric.of(c, index, emptyClass)));
    }

    /** The counts of all pictures as if they were one. */
    public static Confusion pooled(final List<Confusion> pictures) {
        return pictures.stream().reduce(Confusion::plus).orElseThrow();
    }
}
