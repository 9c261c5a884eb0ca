package org.selfdiff.diffusion.diffseg;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Symmetric Kullback-Leibler divergence {@code (KL(x|y) + KL(y|x)) / 2} of maps from anchors. As {@code (H(x) + H(y) -
 * <x, log y> - <y, log x>) / 2} with {@code H(x) = <x, log x>} it is a product of matrices: anchors lie side by side for
 * each pixel, so that the processor takes several at once, and four maps share what is read of them.
 */
final class Divergences {
    /** Zeros count as this, so that a logarithm exists. */
    private static final double LEAST = 1e-38;

    /** Maps that are compared together. */
    private static final int TOGETHER = 4;

    private final int pixels;

    private final int anchors;

    /** By pixel, then anchor. */
    private final double[] values;

    private final double[] logs;

    private final double[] entropies;

    Divergences(final List<float[]> anchors) {
        this.anchors = anchors.size();
        this.pixels = anchors.get(0).length;
        values = new double[Math.multiplyExact(pixels, this.anchors)];
        logs = new double[values.length];
        entropies = new double[this.anchors];
        for (int i = 0; i < this.anchors; i++) {
            final float[] anchor = anchors.get(i);
            for (int k = 0; k < pixels; k++) {
                final double log = log(anchor[k]);
                values[k * this.anchors + i] = anchor[k];
                logs[k * this.anchors + i] = log;
                entropies[i] += anchor[k] * log;
            }
        }
    }

    /** Divergence of each map from each anchor: for each map a row. */
    List<double[]> of(final List<float[]> maps, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final List<double[]> all = new ArrayList<>();
        final int blocks = (maps.size() + TOGETHER - 1) / TOGETHER;
        for (final double[][] block : workers.parts(
                blocks,
                (b, inner) -> {
                    inner.checkCancelled();
                    return block(maps, b * TOGETHER);
                },
                control)) {
            for (int m = 0; m < TOGETHER && all.size() < maps.size(); m++) {
                all.add(block[m]);
            }
        }
        return all;
    }

    private double[][] block(final List<float[]> maps, final int first) {
        final double[][] log = new double[TOGETHER][pixels];
        final double[][] sums = new double[TOGETHER][anchors];
        final double[] own = new double[TOGETHER];
        final float[][] map = new float[TOGETHER][];
        for (int m = 0; m < TOGETHER; m++) {
            map[m] = maps.get(Math.min(first + m, maps.size() - 1));
            for (int k = 0; k < pixels; k++) {
                log[m][k] = log(map[m][k]);
                own[m] += map[m][k] * log[m][k];
            }
        }
        for (int k = 0; k < pixels; k++) {
            add(
                    sums,
                    k * anchors,
                    map[0][k],
                    log[0][k],
                    map[1][k],
                    log[1][k],
                    map[2][k],
                    log[2][k],
                    map[3][k],
                    log[3][k]);
        }
        for (int m = 0; m < TOGETHER; m++) {
            for (int i = 0; i < anchors; i++) {
                sums[m][i] = (entropies[i] + own[m] - sums[m][i]) / 2;
            }
        }
        return sums;
    }

    /** Adds {@code x log y + y log x} of one pixel of four maps and all anchors. */
    private void add(
            final double[][] sums,
            final int at,
            final double x0,
            final double l0,
            final double x1,
            final double l1,
            final double x2,
            final double l2,
            final double x3,
            final double l3) {
        final double[] s0 = sums[0];
        final double[] s1 = sums[1];
        final double[] s2 = sums[2];
        final double[] s3 = sums[3];
        for (int i = 0; i < anchors; i++) {
            final double value = values[at + i];
            final double log = logs[at + i];
            s0[i] += x0 * log + l0 * value;
            s1[i] += x1 * log + l1 * value;
            s2[i] += x2 * log + l2 * value;
            s3[i] += x3 * log + l3 * value;
        }
    }

    private static double log(final double value) {
        return Math.log(Math.max(LEAST, value));
    }
}
