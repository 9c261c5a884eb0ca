package org.selfdiff.imaging.stain;

import java.util.Arrays;

/**
 * Eigenvalues and eigenvectors of a symmetric 3 x 3 matrix in closed form: the roots of the characteristic polynomial
 * by the cosine of a third of an angle (Smith 1961, "Eigenvalues of a symmetric 3 x 3 matrix"), the vector of the root
 * that stands apart from the others as a normal to the rows of {@code A - value I}, and the next one in the plane at
 * right angles to it, where the problem is 2 x 2. So the vectors are orthonormal for equal roots as well.
 *
 * @param values in ascending order
 * @param vectors of length 1, in the same order; their signs have no meaning
 */
record SymmetricEigen(double[] values, double[][] vectors) {

    /**
     * Solves.
     *
     * @param a the matrix, row by row; only its upper triangle is read
     */
    static SymmetricEigen of(final double[] a) {
        double scale = 0;
        for (final double v : a) {
            scale = Math.max(scale, Math.abs(v));
        }
        if (!(scale > 0)) {
            return new SymmetricEigen(new double[3], new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        }
        final double[][] m = {
            {a[0] / scale, a[1] / scale, a[2] / scale},
            {a[1] / scale, a[4] / scale, a[5] / scale},
            {a[2] / scale, a[5] / scale, a[8] / scale}
        };
        final double[] values = values(m);
        // the middle root is nearer to the lower or to the upper one; begin with the other
        final boolean upperFirst = values[2] - values[1] >= values[1] - values[0];
        final double[] first = normalToRows(m, values[upperFirst ? 2 : 0]);
        final double[] second = inPlane(m, first, values[1]);
        final double[] third = Vectors.cross(first, second);
        final double[][] vectors =
                upperFirst ? new double[][] {third, second, first} : new double[][] {first, second, third};
        return new SymmetricEigen(new double[] {scale * values[0], scale * values[1], scale * values[2]}, vectors);
    }

    private static double[] values(final double[][] m) {
        final double mean = (m[0][0] + m[1][1] + m[2][2]) / 3;
        final double[] d = {m[0][0] - mean, m[1][1] - mean, m[2][2] - mean};
        final double off = m[0][1] * m[0][1] + m[0][2] * m[0][2] + m[1][2] * m[1][2];
        final double p = Math.sqrt((Vectors.dot(d, d) + 2 * off) / 6);
        if (!(p > 0)) {
            return new double[] {mean, mean, mean};
        }
        final double determinant = d[0] * (d[1] * d[2] - m[1][2] * m[1][2])
                - m[0][1] * (m[0][1] * d[2] - m[1][2] * m[0][2])
                + m[0][2] * (m[0][1] * m[1][2] - d[1] * m[0][2]);
        final double half = Math.max(-1, Math.min(1, determinant / (2 * p * p * p)));
        final double angle = Math.acos(half) / 3;
        final double upper = mean + 2 * p * Math.cos(angle);
        final double lower = mean + 2 * p * Math.cos(angle + 2 * Math.PI / 3);
        final double[] values = {lower, 3 * mean - upper - lower, upper};
        Arrays.sort(values);
        return values;
    }

    /** The longest of the cross products of two rows: the others may be of parallel rows. */
    private static double[] normalToRows(final double[][] m, final double value) {
        final double[][] rows = shifted(m, value);
        double[] longest = new double[3];
        for (int i = 0; i < 3; i++) {
            final double[] normal = Vectors.cross(rows[i], rows[(i + 1) % 3]);
            longest = Vectors.length(normal) > Vectors.length(longest) ? normal : longest;
        }
        // of a multiple of the unit matrix every vector is an eigenvector
        return Vectors.length(longest) > 0 ? Vectors.unit(longest) : new double[] {1, 0, 0};
    }

    private static double[] inPlane(final double[][] m, final double[] normal, final double value) {
        final double[] u = Vectors.anyNormal(normal);
        final double[] v = Vectors.cross(normal, u);
        final double[][] rows = shifted(m, value);
        final double[] mu = times(rows, u);
        final double[] mv = times(rows, v);
        final double uu = Vectors.dot(u, mu);
        final double uv = Vectors.dot(u, mv);
        final double vv = Vectors.dot(v, mv);
        // a vector c u + s v with (uu c + uv s) = 0 and (uv c + vv s) = 0, from the larger equation
        final boolean upper = Math.hypot(uu, uv) >= Math.hypot(uv, vv);
        final double c = upper ? -uv : -vv;
        final double s = upper ? uu : uv;
        final double length = Math.hypot(c, s);
        return length > 0 ? Vectors.sum(c / length, u, s / length, v) : u;
    }

    private static double[][] shifted(final double[][] m, final double value) {
        return new double[][] {
            {m[0][0] - value, m[0][1], m[0][2]},
            {m[1][0], m[1][1] - value, m[1][2]},
            {m[2][0], m[2][1], m[2][2] - value}
        };
    }

    private static double[] times(final double[][] m, final double[] x) {
        return new double[] {Vectors.dot(m[0], x), Vectors.dot(m[1], x), Vectors.dot(m[2], x)};
    }
}
