package org.selfdiff.imaging.stain;

import java.util.Arrays;
import java.util.Optional;

/**
 * Macenko et al. 2009, "A method for normalizing histology slides for quantitative analysis": the densities of tissue
 * lie near a plane through the origin, that of the two largest eigenvectors of their covariance; its stains are the
 * extreme directions in it, the 1st and 99th percentile of the angle.
 */
final class Macenko {
    private static final double ALPHA = 0.01;

    private Macenko() {}

    /**
     * The two stains, hematoxylin first: the one that absorbs more red, as in the reference code.
     *
     * @param densities three for every pixel
     * @return two unit vectors; empty if the densities span no plane
     */
    static Optional<double[][]> stains(final double[] densities) {
        final SymmetricEigen eigen = SymmetricEigen.of(covariance(densities));
        if (!(eigen.values()[1] > 1e-9)) {
            return Optional.empty();
        }
        final double[] e2 = eigen.vectors()[2];
        // towards more density, so that the angles lie about 0 and not where they jump
        final double sign = e2[0] + e2[1] + e2[2] < 0 ? -1 : 1;
        final double[] u = {sign * e2[0], sign * e2[1], sign * e2[2]};
        final double[] v = eigen.vectors()[1];
        final double[] angles = new double[densities.length / 3];
        for (int i = 0; i < angles.length; i++) {
            angles[i] = Math.atan2(along(densities, i, v), along(densities, i, u));
        }
        Arrays.sort(angles);
        final double low = Quantiles.of(angles, ALPHA);
        final double high = Quantiles.of(angles, 1 - ALPHA);
        final double[] a = Vectors.unit(Vectors.sum(Math.cos(low), u, Math.sin(low), v));
        final double[] b = Vectors.unit(Vectors.sum(Math.cos(high), u, Math.sin(high), v));
        return Optional.of(a[0] > b[0] ? new double[][] {a, b} : new double[][] {b, a});
    }

    private static double along(final double[] densities, final int i, final double[] direction) {
        return densities[3 * i] * direction[0]
                + densities[3 * i + 1] * direction[1]
                + densities[3 * i + 2] * direction[2];
    }

    /** Row by row, about the mean. */
    static double[] covariance(final double[] densities) {
        final int n = densities.length / 3;
        final double[] mean = new double[3];
        for (int i = 0; i < densities.length; i++) {
            mean[i % 3] += densities[i] / n;
        }
        final double[] out = new double[9];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = j; k < 3; k++) {
                    out[3 * j + k] += (densities[3 * i + j] - mean[j]) * (densities[3 * i + k] - mean[k]) / (n - 1.0);
                }
            }
        }
        out[3] = out[1];
        out[6] = out[2];
        out[7] = out[5];
        return out;
    }
}
