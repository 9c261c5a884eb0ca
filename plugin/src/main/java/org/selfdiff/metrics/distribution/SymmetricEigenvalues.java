package org.selfdiff.metrics.distribution;

import java.util.Arrays;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Eigenvalues of a symmetric matrix: Householder's reflections to a tridiagonal one, then the implicit QL method with
 * Wilkinson's shifts (Golub and Van Loan, chapter 8). The change of the matrix by one reflection and the product with the
 * next vector are done in one pass, since reading the matrix is what takes the time.
 */
final class SymmetricEigenvalues {
    private static final int ROUNDS = 60;

    private final int n;

    /** Lower triangle, row by row. */
    private final double[] a;

    private final double[] diagonal;

    /** Below the diagonal; the first is not used. */
    private final double[] side;

    private SymmetricEigenvalues(final double[] matrix, final int n) {
        this.n = n;
        a = matrix;
        diagonal = new double[n];
        side = new double[n];
    }

    /**
     * All eigenvalues.
     *
     * @param matrix n x n numbers, of which the lower triangle is read; is used up
     * @return ascending
     */
    static double[] of(final double[] matrix, final int n, final RunControl control) throws RunCancelled {
        final double scale = Arrays.stream(matrix).map(Math::abs).max().orElse(0);
        if (scale == 0 || n == 0) {
            return new double[n];
        }
        // Squares of very small or large numbers would leave the range.
        final double factor = Math.scalb(1.0, -Math.getExponent(scale));
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] *= factor;
        }
        final SymmetricEigenvalues eigenvalues = new SymmetricEigenvalues(matrix, n);
        eigenvalues.tridiagonalise(control);
        eigenvalues.iterate(control);
        final double[] values = eigenvalues.diagonal;
        for (int i = 0; i < n; i++) {
            values[i] /= factor;
        }
        Arrays.sort(values);
        return values;
    }

    /**
     * From the last row up: a reflection makes all of a row zero but the number beside the diagonal.
     */
    private void tridiagonalise(final RunControl control) throws RunCancelled {
        double[] v = new double[n];
        double[] w = new double[n];
        double[] next = new double[n];
        final double[] product = new double[n];
        for (int r = n - 1; r >= 0; r--) {
            control.checkCancelled();
            update(r, v, w);
            diagonal[r] = a[r * n + r];
            final double beta = reflection(r, next);
            // Also where there is nothing to reflect, the rows above still wait for the last change.
            Arrays.fill(product, 0, r, 0);
            for (int i = 0; i < r; i++) {
                update(i, v, w);
                multiply(i, next, product);
            }
            double both = 0;
            for (int i = 0; i < r; i++) {
                product[i] *= beta;
                both += product[i] * next[i];
            }
            for (int i = 0; i < r; i++) {
                w[i] = product[i] - beta / 2 * both * next[i];
            }
            final double[] swap = v;
            v = next;
            next = swap;
        }
    }

    /** Row i less v wᵀ + w vᵀ, up to the diagonal. */
    private void update(final int i, final double[] v, final double[] w) {
        final int row = i * n;
        final double p = v[i];
        final double q = w[i];
        for (int j = 0; j <= i; j++) {
            a[row + j] -= p * w[j] + q * v[j];
        }
    }

    /** What row i, and column i by symmetry, give to the product with a vector. */
    private void multiply(final int i, final double[] x, final double[] product) {
        final int row = i * n;
        final double factor = x[i];
        for (int j = 0; j < i; j++) {
            product[j] += factor * a[row + j];
        }
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 <= i; j += 4) {
            s0 += a[row + j] * x[j];
            s1 += a[row + j + 1] * x[j + 1];
            s2 += a[row + j + 2] * x[j + 2];
            s3 += a[row + j + 3] * x[j + 3];
        }
        for (; j <= i; j++) {
            s0 += a[row + j] * x[j];
        }
        product[i] += (s0 + s1) + (s2 + s3);
    }

    /**
     * The reflection I - beta u uᵀ that makes row r zero up to the number beside the diagonal, which is noted.
     *
     * @param u takes r numbers
     * @return beta, 0 where there is nothing to do
     */
    private double reflection(final int r, final double[] u) {
        if (r == 0) {
            return 0;
        }
        double rest = 0;
        for (int j = 0; j < r - 1; j++) {
            u[j] = a[r * n + j];
            rest += u[j] * u[j];
        }
        final double last = a[r * n + r - 1];
        if (rest == 0) {
            u[r - 1] = 0;
            side[r] = last;
            return 0;
        }
        final double norm = Math.sqrt(rest + last * last);
        final double image = last > 0 ? -norm : norm;
        u[r - 1] = last - image;
        side[r] = image;
        return 2 / (rest + u[r - 1] * u[r - 1]);
    }

    /** QL: chases a rotation up the matrix until the number beside an eigenvalue vanishes. */
    private void iterate(final RunControl control) throws RunCancelled {
        System.arraycopy(side, 1, side, 0, n - 1);
        side[n - 1] = 0;
        for (int low = 0; low < n; low++) {
            control.checkCancelled();
            for (int round = 0; ; round++) {
                int end = low;
                while (end < n - 1 && !vanishes(end)) {
                    end++;
                }
                if (end == low) {
                    break;
                }
                if (round == ROUNDS) {
                    throw new ArithmeticException("eigenvalues do not converge");
                }
                sweep(low, end);
            }
        }
    }

    private boolean vanishes(final int i) {
        return Math.abs(side[i]) <= Math.ulp(1.0) * (Math.abs(diagonal[i]) + Math.abs(diagonal[i + 1]));
    }

    /** One sweep over rows {@code low} to {@code end}. */
    private void sweep(final int low, final int end) {
        final double half = (diagonal[low + 1] - diagonal[low]) / (2 * side[low]);
        final double shift = diagonal[low] - side[low] / (half + Math.copySign(Math.hypot(half, 1), half));
        double g = diagonal[end] - shift;
        double sine = 1;
        double cosine = 1;
        double carried = 0;
        for (int i = end - 1; i >= low; i--) {
            final double f = sine * side[i];
            final double b = cosine * side[i];
            final double radius = Math.sqrt(f * f + g * g);
            side[i + 1] = radius;
            if (radius == 0) {
                diagonal[i + 1] -= carried;
                side[end] = 0;
                return;
            }
            sine = f / radius;
            cosine = g / radius;
            g = diagonal[i + 1] - carried;
            final double turned = (diagonal[i] - g) * sine + 2 * cosine * b;
            carried = sine * turned;
            diagonal[i + 1] = g + carried;
            g = cosine * turned - b;
        }
        diagonal[low] -= carried;
        side[low] = g;
        side[end] = 0;
    }
}
