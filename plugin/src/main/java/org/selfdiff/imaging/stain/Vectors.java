package org.selfdiff.imaging.stain;

/** Vectors of three numbers. */
final class Vectors {

    private Vectors() {}

    static double dot(final double[] a, final double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static double length(final double[] a) {
        return Math.sqrt(dot(a, a));
    }

    static double[] cross(final double[] a, final double[] b) {
        return new double[] {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    /** {@code a * x + b * y}. */
    static double[] sum(final double a, final double[] x, final double b, final double[] y) {
        return new double[] {a * x[0] + b * y[0], a * x[1] + b * y[1], a * x[2] + b * y[2]};
    }

    /** The vector divided by its length, which must not be 0. */
    static double[] unit(final double[] a) {
        final double length = length(a);
        return new double[] {a[0] / length, a[1] / length, a[2] / length};
    }

    /** A unit vector at right angles to a unit vector. */
    static double[] anyNormal(final double[] a) {
        final boolean x = Math.abs(a[0]) < Math.abs(a[1]);
        return unit(cross(a, x ? new double[] {1, 0, 0} : new double[] {0, 1, 0}));
    }
}
