package org.selfdiff.diffusion.conditions;

import java.util.OptionalDouble;

/** Covariance matrix of a normal distribution, with what is needed to rate and to draw vectors. */
sealed interface Covariance {

    /** Which entries are estimated. */
    enum Shape {
        /** Variances only. */
        DIAGONAL,

        /** All, shrunk toward a multiple of the identity, so that fewer rows than dimensions do. */
        FULL
    }

    /**
     * Weighted estimate.
     *
     * @param rows vectors
     * @param weights one for each row, 0 or more, of positive sum
     * @param mean their weighted mean
     * @param floor added to every variance
     * @param shrinkage of {@link Shape#FULL}: 0 for none, 1 for a multiple of the identity; empty for that of Chen et al.
     *     (IEEE Transactions on Signal Processing 58, 2010, OAS)
     */
    static Covariance estimate(
            final Shape shape,
            final double[][] rows,
            final double[] weights,
            final double[] mean,
            final double floor,
            final OptionalDouble shrinkage) {
        return switch (shape) {
            case DIAGONAL -> Diagonal.estimate(rows, weights, mean, floor);
            case FULL -> Full.estimate(rows, weights, mean, floor, shrinkage);
        };
    }

    /** Numbers that an estimate in so many dimensions has free. */
    static long parameters(final Shape shape, final int dimensions) {
        return shape == Shape.DIAGONAL ? dimensions : (long) dimensions * (dimensions + 1) / 2;
    }

    /** Logarithm of the density at a difference from the mean; {@code work} is overwritten. */
    double logDensity(double[] difference, double[] work);

    /** Turns standard normal numbers into a difference from the mean. */
    double[] colour(float[] normal);

    /** The entry in a row and column. */
    double entry(int row, int column);

    /** Variances alone. */
    record Diagonal(double[] variances) implements Covariance {
        private static Diagonal estimate(
                final double[][] rows, final double[] weights, final double[] mean, final double floor) {
            final double[] variances = new double[mean.length];
            double sum = 0;
            for (int i = 0; i < rows.length; i++) {
                sum += weights[i];
                for (int d = 0; d < mean.length; d++) {
                    final double difference = rows[i][d] - mean[d];
                    variances[d] += weights[i] * difference * difference;
                }
            }
            for (int d = 0; d < mean.length; d++) {
                variances[d] = variances[d] / sum + floor;
            }
            return new Diagonal(variances);
        }

        @Override
        public double logDensity(final double[] difference, final double[] work) {
            double sum = variances.length * Math.log(2 * Math.PI);
            for (int d = 0; d < variances.length; d++) {
                sum += Math.log(variances[d]) + difference[d] * difference[d] / variances[d];
            }
            return -sum / 2;
        }

        @Override
        public double[] colour(final float[] normal) {
            final double[] difference = new double[variances.length];
            for (int d = 0; d < variances.length; d++) {
                difference[d] = Math.sqrt(variances[d]) * normal[d];
            }
            return difference;
        }

        @Override
        public double entry(final int row, final int column) {
            return row == column ? variances[row] : 0;
        }
    }

    /**
     * All entries, as a Cholesky factor.
     *
     * @param factor lower triangle L of {@code L L^T}, row r with r + 1 numbers
     * @param columns the same by columns, each below the diagonal and in its whole length, so that it is run through
     *     several numbers at once
     * @param halfLogDeterminant half the logarithm of the determinant
     */
    record Full(double[][] factor, double[][] columns, double halfLogDeterminant) implements Covariance {
        private static Full estimate(
                final double[][] rows,
                final double[] weights,
                final double[] mean,
                final double floor,
                final OptionalDouble shrinkage) {
            final int n = mean.length;
            final double[][] sum = new double[n][];
            for (int r = 0; r < n; r++) {
                sum[r] = new double[r + 1];
            }
            final double[] difference = new double[n];
            double count = 0;
            for (int i = 0; i < rows.length; i++) {
                count += weights[i];
                if (weights[i] == 0) {
                    continue;
                }
                for (int d = 0; d < n; d++) {
                    difference[d] = rows[i][d] - mean[d];
                }
                for (int r = 0; r < n; r++) {
                    final double weighted = weights[i] * difference[r];
                    for (int c = 0; c <= r; c++) {
                        sum[r][c] += weighted * difference[c];
                    }
                }
            }
            for (final double[] row : sum) {
                for (int c = 0; c < row.length; c++) {
                    row[c] /= count;
                }
            }
            shrink(sum, shrinkage.isPresent() ? shrinkage.getAsDouble() : oas(sum, count), floor);
            return cholesky(sum);
        }

        private static void shrink(final double[][] matrix, final double share, final double floor) {
            final double even = trace(matrix) / matrix.length;
            for (int r = 0; r < matrix.length; r++) {
                for (int c = 0; c <= r; c++) {
                    matrix[r][c] = (1 - share) * matrix[r][c] + (r == c ? share * even + floor : 0);
                }
            }
        }

        /** Oracle approximating shrinkage, as scikit-learn computes it. */
        static double oas(final double[][] matrix, final double count) {
            final int n = matrix.length;
            final double even = trace(matrix) / n;
            double squares = 0;
            for (int r = 0; r < n; r++) {
                for (int c = 0; c <= r; c++) {
                    squares += (r == c ? 1 : 2) * matrix[r][c] * matrix[r][c];
                }
            }
            final double mean = squares / ((double) n * n);
            final double below = (count + 1) * (mean - even * even / n);
            return below <= 0 ? 1 : Math.min(1, (mean + even * even) / below);
        }

        private static double trace(final double[][] matrix) {
            double trace = 0;
            for (int r = 0; r < matrix.length; r++) {
                trace += matrix[r][r];
            }
            return trace;
        }

        /** Factors a lower triangle in place. */
        private static Full cholesky(final double[][] matrix) {
            double halfLogDeterminant = 0;
            for (int r = 0; r < matrix.length; r++) {
                for (int c = 0; c <= r; c++) {
                    double left = matrix[r][c];
                    for (int k = 0; k < c; k++) {
                        left -= matrix[r][k] * matrix[c][k];
                    }
                    if (r != c) {
                        matrix[r][c] = left / matrix[c][c];
                    } else if (left > 0) {
                        matrix[r][r] = Math.sqrt(left);
                        halfLogDeterminant += Math.log(matrix[r][r]);
                    } else {
                        throw new ArithmeticException("the covariance is singular in dimension " + r);
                    }
                }
            }
            final double[][] columns = new double[matrix.length][matrix.length];
            for (int r = 0; r < matrix.length; r++) {
                for (int c = 0; c < r; c++) {
                    columns[c][r] = matrix[r][c];
                }
            }
            return new Full(matrix, columns, halfLogDeterminant);
        }

        @Override
        public double logDensity(final double[] difference, final double[] work) {
            System.arraycopy(difference, 0, work, 0, factor.length);
            double squares = 0;
            for (int c = 0; c < factor.length; c++) {
                final double solved = work[c] / factor[c][c];
                final double[] column = columns[c];
                squares += solved * solved;
                for (int r = c + 1; r < column.length; r++) {
                    work[r] -= solved * column[r];
                }
            }
            return -(factor.length * Math.log(2 * Math.PI) + squares) / 2 - halfLogDeterminant;
        }

        @Override
        public double[] colour(final float[] normal) {
            final double[] difference = new double[factor.length];
            for (int r = 0; r < factor.length; r++) {
                for (int c = 0; c <= r; c++) {
                    difference[r] += factor[r][c] * normal[c];
                }
            }
            return difference;
        }

        @Override
        public double entry(final int row, final int column) {
            double sum = 0;
            for (int k = 0; k <= Math.min(row, column); k++) {
                sum += factor[row][k] * factor[column][k];
            }
            return sum;
        }
    }
}
