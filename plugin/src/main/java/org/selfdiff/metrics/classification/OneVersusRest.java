package org.selfdiff.metrics.classification;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Areas under ROC curves of more than two classes. */
public final class OneVersusRest {
    private OneVersusRest() {}

    /** Whether each case is of the class. */
    public static boolean[] truth(final int[] classes, final int index) {
        final boolean[] truth = new boolean[classes.length];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = classes[i] == index;
        }
        return truth;
    }

    /** The scores of one class. */
    public static double[] column(final double[][] scores, final int index) {
        final double[] column = new double[scores.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = scores[i][index];
        }
        return column;
    }

    /** Curve of one class against all others. */
    public static RocCurve curve(final int[] classes, final double[][] scores, final int index) {
        return RocCurve.of(truth(classes, index), column(scores, index));
    }

    /**
     * Mean over classes of the area of each against all others.
     *
     * @param classes true class of each case, 0 to k - 1
     * @param scores of each case, k each
     * @param weighted by the cases of each class, else every class counts the same
     * @return {@code NaN} where a class has no case (or all)
     */
    public static double area(final int[] classes, final double[][] scores, final boolean weighted) {
        final int k = scores[0].length;
        return mean(
                k,
                c -> curve(classes, scores, c).area(),
                c -> weighted ? IntStream.of(classes).filter(i -> i == c).count() : 1);
    }

    /**
     * Mean over pairs of classes of the area between them, taken both ways (Hand and Till 2001).
     *
     * @param weighted by the cases of both classes, else every pair counts the same
     * @return over the classes that have cases; {@code NaN} for fewer than two
     */
    public static double pairwiseArea(final int[] classes, final double[][] scores, final boolean weighted) {
        final int[] present = IntStream.of(classes).distinct().sorted().toArray();
        final int[][] pairs = IntStream.of(present)
                .boxed()
                .flatMap(a -> IntStream.of(present).filter(b -> b > a).mapToObj(b -> new int[] {a, b}))
                .toArray(int[][]::new);
        return mean(
                pairs.length,
                p -> (between(classes, scores, pairs[p][0], pairs[p][1])
                                + between(classes, scores, pairs[p][1], pairs[p][0]))
                        / 2,
                p -> weighted
                        ? IntStream.of(classes)
                                .filter(i -> i == pairs[p][0] || i == pairs[p][1])
                                .count()
                        : 1);
    }

    private static double between(final int[] classes, final double[][] scores, final int a, final int b) {
        final int[] cases = IntStream.range(0, classes.length)
                .filter(i -> classes[i] == a || classes[i] == b)
                .toArray();
        final boolean[] truth = new boolean[cases.length];
        final double[] of = new double[cases.length];
        for (int i = 0; i < cases.length; i++) {
            truth[i] = classes[cases[i]] == a;
            of[i] = scores[cases[i]][a];
        }
        return RocCurve.of(truth, of).area();
    }

    private static double mean(final int n, final IntToDoubleFunction value, final IntToDoubleFunction weight) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < n; i++) {
            sum += weight.applyAsDouble(i) * value.applyAsDouble(i);
            weights += weight.applyAsDouble(i);
        }
        return sum / weights;
    }
}
