package org.selfdiff.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** The weights of PyTorch's interpolations along one side, from their formulas. */
final class ResizeWeights {
    private ResizeWeights() {}

    /**
     * The matrix (to, from) that brings a side to another length.
     *
     * @param like an array of the type wanted
     */
    static NDArray matrix(final NDArray like, final long from, final long to, final Resize how) {
        final double[] weights = new double[Math.toIntExact(from * to)];
        final double scale = how.offset() == 0 ? (double) from / to : from / (to + how.offset());
        for (int i = 0; i < to; i++) {
            row(weights, i, (int) from, scale, how);
        }
        return like.getManager().create(weights, new Shape(to, from)).toType(like.getDataType(), false);
    }

    private static void row(final double[] weights, final int i, final int from, final double scale, final Resize how) {
        if (how.kind() == Resize.Kind.NEAREST) {
            weights[i * from + Math.min(from - 1, (int) (i * scale))] = 1;
            return;
        }
        final boolean cubic = how.kind() == Resize.Kind.BICUBIC;
        if (how.antialias()) {
            final double stretch = Math.max(scale, 1);
            final double support = (cubic ? 2 : 1) * stretch;
            final double centre = scale * (i + 0.5);
            final int first = Math.max(0, (int) (centre - support + 0.5));
            final int end = Math.min(from, (int) (centre + support + 0.5));
            double sum = 0;
            for (int j = first; j < end; j++) {
                final double at = (j - centre + 0.5) / stretch;
                weights[i * from + j] = cubic ? cubic(at, -0.5) : Math.max(0, 1 - Math.abs(at));
                sum += weights[i * from + j];
            }
            for (int j = first; j < end; j++) {
                weights[i * from + j] /= sum;
            }
            return;
        }
        final double centre = (i + 0.5) * scale - 0.5;
        final double place = cubic ? centre : Math.max(0, centre);
        final int floor = (int) Math.floor(place);
        for (int j = floor - 1; j <= floor + 2; j++) {
            final double at = j - place;
            final int inside = Math.max(0, Math.min(from - 1, j));
            weights[i * from + inside] += cubic ? cubic(at, -0.75) : Math.max(0, 1 - Math.abs(at));
        }
    }

    private static double cubic(final double at, final double a) {
        final double x = Math.abs(at);
        if (x <= 1) {
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        }
        return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
    }
}
