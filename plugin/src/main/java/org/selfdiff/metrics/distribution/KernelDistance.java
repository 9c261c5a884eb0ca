package org.selfdiff.metrics.distribution;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Kernel distance KID (Binkowski et al., ICLR 2018): the squared maximum mean discrepancy with the kernel
 * (x.y / d + 1)³, without bias, so that it may be below zero, as mean over subsets of both sets.
 *
 * @param subsets value on each
 */
public record KernelDistance(List<Double> subsets) {

    /**
     * Computes it on given subsets.
     *
     * @param first a set
     * @param firstIndices the vectors of each subset of it, at least two
     * @param second another set of the same width
     * @param secondIndices subsets of it, as many
     */
    public static KernelDistance of(
            final FeatureSet first,
            final int[][] firstIndices,
            final FeatureSet second,
            final int[][] secondIndices,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final List<Double> values = new ArrayList<>();
        final Pace pace = new Pace("subsets", 0, firstIndices.length);
        workers.inOrder(
                firstIndices.length,
                (i, part) -> squaredDiscrepancy(first.subset(firstIndices[i]), second.subset(secondIndices[i]), part),
                (i, value) -> {
                    values.add(value);
                    control.progress((i + 1.0) / firstIndices.length, pace.line(i + 1L));
                },
                control);
        return new KernelDistance(List.copyOf(values));
    }

    private static double squaredDiscrepancy(final FeatureSet x, final FeatureSet y, final RunControl control)
            throws RunCancelled {
        final double m = x.count();
        final double n = y.count();
        return (kernel(x, x, control) / (m * (m - 1)) + kernel(y, y, control) / (n * (n - 1)))
                - 2 * kernel(x, y, control) / (m * n);
    }

    /** Sum of the kernel over all pairs; of pairs within a set only those of different vectors. */
    private static double kernel(final FeatureSet a, final FeatureSet b, final RunControl control) throws RunCancelled {
        double sum = 0;
        for (int stripe = 0; stripe < PairBlocks.stripes(a); stripe++) {
            control.checkCancelled();
            sum += kernel(a, stripe, b, control);
        }
        return a == b ? 2 * sum : sum;
    }

    private static double kernel(final FeatureSet a, final int stripe, final FeatureSet b, final RunControl control)
            throws RunCancelled {
        final boolean within = a == b;
        final int top = stripe * PairBlocks.STRIPE;
        final double[] sum = new double[1];
        PairBlocks.stripe(
                PairBlocks.Term.PRODUCT, a, stripe, b, within ? top : 0, control, (first, columns, products) -> {
                    for (int r = 0; r < PairBlocks.rows(a, stripe); r++) {
                        double line = 0;
                        for (int c = within ? Math.max(0, top + r + 1 - first) : 0; c < columns; c++) {
                            final double k = products[r * PairBlocks.BLOCK + c] / a.width() + 1;
                            line += k * k * k;
                        }
                        sum[0] += line;
                    }
                });
        return sum[0];
    }

    /** Mean over subsets. */
    public double mean() {
        return values().sum() / subsets.size();
    }

    /** Standard deviation over subsets, with n. */
    public double deviation() {
        final double mean = mean();
        return Math.sqrt(values().map(v -> (v - mean) * (v - mean)).sum() / subsets.size());
    }

    private DoubleStream values() {
        return subsets.stream().mapToDouble(Double::doubleValue);
    }
}
