package org.selfdiff.imaging.stain;

import java.util.Arrays;
import java.util.Optional;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Vahadane et al. 2016, "Structure-preserving color normalization and sparse stain separation for histological images":
 * the densities {@code V} of tissue as stains times amounts, both without negative numbers, where most pixels have one
 * stain: {@code min 1/2 |V - W H|^2 + lambda |H|_1} with stains {@code W} of length 1 and lambda 0.1. It begins with
 * Macenko's stains and alternates: all amounts in closed form, as there are two, then each stain in closed form (block
 * coordinate descent as in Mairal et al. 2010, over the whole sample, so that nothing is random). No step raises the
 * objective.
 */
final class Vahadane {
    static final double LAMBDA = 0.1;

    private static final int MOST_ROUNDS = 300;

    private static final double SETTLED = 1e-6;

    private final double[] densities;

    /** Two stains. */
    private final double[][] w;

    /** Sums over the pixels: amounts times amounts, and densities times amounts. */
    private final double[] hh = new double[3];

    private final double[][] vh = new double[2][3];

    private final double lambda;

    private Vahadane(final double[] densities, final double[][] start, final double lambda) {
        this.densities = densities;
        this.lambda = lambda;
        w = new double[2][];
        for (int s = 0; s < 2; s++) {
            w[s] = Vectors.unit(positive(start[s]));
        }
    }

    /**
     * The two stains, hematoxylin first.
     *
     * @param densities three for every pixel; negative ones count as 0
     * @param lambda weight of sparseness; it draws the stains towards the tissue's mean colour, and the less of it the
     *     better the densities are reconstructed
     * @return two unit vectors; empty if the densities span no plane or one stain is enough for all
     */
    static Optional<double[][]> stains(final double[] densities, final double lambda, final RunControl control)
            throws RunCancelled {
        final double[] v = positive(densities);
        final Optional<double[][]> start = Macenko.stains(v);
        if (start.isEmpty()) {
            return start;
        }
        final Vahadane fit = new Vahadane(v, start.get(), lambda);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            control.checkCancelled();
            fit.amounts();
            if (!(fit.hh[0] > 0 && fit.hh[2] > 0)) {
                return Optional.empty();
            }
            if (Math.max(fit.improve(0), fit.improve(1)) < SETTLED) {
                break;
            }
        }
        return Optional.of(fit.w[0][0] > fit.w[1][0] ? fit.w : new double[][] {fit.w[1], fit.w[0]});
    }

    private static double[] positive(final double[] values) {
        final double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.max(0, values[i]);
        }
        return out;
    }

    private void amounts() {
        Arrays.fill(hh, 0);
        Arrays.fill(vh[0], 0);
        Arrays.fill(vh[1], 0);
        final double[] h = new double[2];
        final double cosine = Vectors.dot(w[0], w[1]);
        for (int i = 0; i < densities.length; i += 3) {
            final double x = densities[i];
            final double y = densities[i + 1];
            final double z = densities[i + 2];
            final double b0 = w[0][0] * x + w[0][1] * y + w[0][2] * z - lambda;
            final double b1 = w[1][0] * x + w[1][1] * y + w[1][2] * z - lambda;
            solve(cosine, b0, b1, h);
            hh[0] += h[0] * h[0];
            hh[1] += h[0] * h[1];
            hh[2] += h[1] * h[1];
            for (int s = 0; s < 2; s++) {
                vh[s][0] += x * h[s];
                vh[s][1] += y * h[s];
                vh[s][2] += z * h[s];
            }
        }
    }

    /**
     * The two amounts, none negative, that minimise {@code (h0^2 + h1^2) / 2 + cosine h0 h1 - b0 h0 - b1 h1}: where the
     * gradient is 0 if that is allowed, else on the better axis.
     */
    static void solve(final double cosine, final double b0, final double b1, final double[] h) {
        final double determinant = 1 - cosine * cosine;
        h[0] = (b0 - cosine * b1) / determinant;
        h[1] = (b1 - cosine * b0) / determinant;
        if (!(h[0] >= 0 && h[1] >= 0)) {
            final double p0 = Math.max(0, b0);
            final double p1 = Math.max(0, b1);
            h[0] = p0 >= p1 ? p0 : 0;
            h[1] = p0 >= p1 ? 0 : p1;
        }
    }

    /** The best stain for the amounts as they are and the other stain as it is; returns how far it moved. */
    private double improve(final int s) {
        final double own = s == 0 ? hh[0] : hh[2];
        final double[] step = new double[3];
        for (int c = 0; c < 3; c++) {
            step[c] = Math.max(0, (vh[s][c] - hh[1] * w[1 - s][c]) / own);
        }
        if (!(Vectors.length(step) > 0)) {
            return 0;
        }
        final double[] moved = Vectors.unit(step);
        final double distance = Vectors.length(Vectors.sum(1, moved, -1, w[s]));
        w[s] = moved;
        return distance;
    }

    /** The mean of the objective over the pixels, with the best amounts for some stains. */
    static double objective(final double[] densities, final double[][] stains, final double lambda) {
        final double[] h = new double[2];
        final double cosine = Vectors.dot(stains[0], stains[1]);
        double sum = 0;
        for (int i = 0; i < densities.length; i += 3) {
            final double[] v = {densities[i], densities[i + 1], densities[i + 2]};
            solve(cosine, Vectors.dot(stains[0], v) - lambda, Vectors.dot(stains[1], v) - lambda, h);
            final double[] rest = Vectors.sum(1, v, -1, Vectors.sum(h[0], stains[0], h[1], stains[1]));
            sum += Vectors.dot(rest, rest) / 2 + lambda * (h[0] + h[1]);
        }
        return sum / (densities.length / 3.0);
    }
}
