package org.selfdiff.stages.classification;

import java.util.Arrays;
import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Logistic regression with L2 regularisation, as scikit-learn defines it: the least of {@code |W|^2 / 2 + C sum_i w_i
 * loss_i}, where the loss is the cross-entropy of a softmax, or of one sigmoid; what is added to the linear map is not
 * regularised. Solved by Newton's method with conjugate gradients (Nocedal and Wright, Numerical Optimization, chapter 7)
 * until the gradient vanishes; nothing is random.
 */
final class LogisticRegression {
    private static final int MOST_ROUNDS = 200;

    /** Share of the first gradient at which the last one counts as none. */
    private static final double VANISHED = 1e-10;

    /** The same, where rounding lets no step lower the loss any more. */
    private static final double NEARLY_VANISHED = 1e-6;

    private final List<float[]> x;

    /** For each row and output, 1 or 0. */
    private final double[][] y;

    private final double[] weight;

    private final double strength;

    private final double[] mean;

    private final double[] deviation;

    private final int width;

    private final int outputs;

    /** Probabilities at the point of the last {@link #loss}. */
    private final double[][] p;

    /**
     * A linear map.
     *
     * @param weight for each output a number for each of the vector's
     * @param bias for each output
     */
    record Fit(double[][] weight, double[] bias) {}

    private LogisticRegression(
            final List<float[]> x,
            final double[][] y,
            final double[] weight,
            final double strength,
            final boolean standardised) {
        this.x = x;
        this.y = y;
        this.weight = weight;
        this.strength = strength;
        width = x.get(0).length;
        outputs = y[0].length;
        mean = new double[width];
        deviation = new double[width];
        p = new double[x.size()][outputs];
        Arrays.fill(deviation, 1);
        if (standardised) {
            measure();
        }
    }

    private void measure() {
        for (final float[] row : x) {
            for (int j = 0; j < width; j++) {
                mean[j] += row[j] / (double) x.size();
            }
        }
        final double[] squares = new double[width];
        for (final float[] row : x) {
            for (int j = 0; j < width; j++) {
                squares[j] += (row[j] - mean[j]) * (row[j] - mean[j]);
            }
        }
        for (int j = 0; j < width; j++) {
            final double own = Math.sqrt(squares[j] / x.size());
            deviation[j] = own > 1e-12 * Math.abs(mean[j]) ? own : 1;
        }
    }

    /**
     * Fits.
     *
     * @param x vectors
     * @param y for each of them and each output 1 or 0: with several outputs exactly one 1 (softmax), with one output any
     * @param weight how much each of them counts
     * @param strength C: the more, the less it is regularised
     * @param standardised whether all numbers are brought to mean 0 and deviation 1 before; the result takes them as they
     *     are in any case
     */
    static Fit fit(
            final List<float[]> x,
            final double[][] y,
            final double[] weight,
            final double strength,
            final boolean standardised,
            final RunControl control)
            throws RunFailed, RunCancelled {
        return new LogisticRegression(x, y, weight, strength, standardised).solve(control);
    }

    private Fit solve(final RunControl control) throws RunFailed, RunCancelled {
        double[] point = new double[outputs * (width + 1)];
        double loss = loss(point);
        double[] gradient = gradient(point);
        final double first = norm(gradient);
        for (int round = 0; round < MOST_ROUNDS && norm(gradient) > VANISHED * first; round++) {
            control.progress((double) round / MOST_ROUNDS, "round " + (round + 1));
            final double[] step = direction(gradient, control);
            final double slope = dot(step, gradient);
            double length = 1;
            double[] next = moved(point, step, length);
            double lower = loss(next);
            while (!(lower <= loss + 1e-4 * length * slope) && length > 1e-10) {
                length /= 2;
                next = moved(point, step, length);
                lower = loss(next);
            }
            if (!(lower < loss)) {
                loss(point);
                break;
            }
            point = next;
            loss = lower;
            gradient = gradient(point);
        }
        if (!(norm(gradient) <= NEARLY_VANISHED * first)) {
            throw new RunFailed(
                    "The linear probe does not settle: its gradient is " + norm(gradient) + " of " + first,
                    "column of embeddings",
                    "Regularise more (a smaller C), or let the embeddings be standardised.");
        }
        return plain(point);
    }

    /** Newton's direction, by conjugate gradients, the more exactly the nearer the end is. */
    private double[] direction(final double[] gradient, final RunControl control) throws RunCancelled {
        final double[] step = new double[gradient.length];
        final double[] residual = new double[gradient.length];
        for (int i = 0; i < residual.length; i++) {
            residual[i] = -gradient[i];
        }
        double[] along = residual.clone();
        double squares = dot(residual, residual);
        final double start = Math.sqrt(squares);
        final double goal = start * Math.min(0.1, Math.sqrt(start / (1 + start)) * 0.1);
        for (int i = 0; i < 20 * gradient.length && Math.sqrt(squares) > goal; i++) {
            control.checkCancelled();
            final double[] bent = curvature(along);
            final double curve = dot(along, bent);
            if (!(curve > 0)) {
                break;
            }
            final double length = squares / curve;
            for (int j = 0; j < step.length; j++) {
                step[j] += length * along[j];
                residual[j] -= length * bent[j];
            }
            final double before = squares;
            squares = dot(residual, residual);
            final double[] further = new double[along.length];
            for (int j = 0; j < along.length; j++) {
                further[j] = residual[j] + squares / before * along[j];
            }
            along = further;
        }
        return step;
    }

    /** The loss at a point; leaves the probabilities there. */
    private double loss(final double[] point) {
        final Fit fit = plain(point);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            final double[] logits = linear(fit, x.get(i));
            if (outputs == 1) {
                final double z = y[i][0] > 0 ? logits[0] : -logits[0];
                sum += weight[i] * (Math.max(-z, 0) + Math.log1p(Math.exp(-Math.abs(z))));
                p[i][0] = 1 / (1 + Math.exp(-logits[0]));
            } else {
                double most = Double.NEGATIVE_INFINITY;
                for (final double logit : logits) {
                    most = Math.max(most, logit);
                }
                double all = 0;
                for (int k = 0; k < outputs; k++) {
                    p[i][k] = Math.exp(logits[k] - most);
                    all += p[i][k];
                }
                for (int k = 0; k < outputs; k++) {
                    p[i][k] /= all;
                    sum += weight[i] * y[i][k] * (most + Math.log(all) - logits[k]);
                }
            }
        }
        double squares = 0;
        for (int i = 0; i < outputs * width; i++) {
            squares += point[i] * point[i];
        }
        return 0.5 * squares + strength * sum;
    }

    /** The gradient at the point of the last loss. */
    private double[] gradient(final double[] point) {
        final double[][] pull = new double[p.length][outputs];
        for (int i = 0; i < pull.length; i++) {
            for (int k = 0; k < outputs; k++) {
                pull[i][k] = strength * weight[i] * (p[i][k] - y[i][k]);
            }
        }
        return gathered(pull, point);
    }

    /** The Hessian at the point of the last loss, times a direction. */
    private double[] curvature(final double[] direction) {
        final Fit fit = plain(direction);
        final double[][] pull = new double[p.length][outputs];
        for (int i = 0; i < pull.length; i++) {
            final double[] a = linear(fit, x.get(i));
            double mean = 0;
            for (int k = 0; k < outputs; k++) {
                mean += p[i][k] * a[k];
            }
            for (int k = 0; k < outputs; k++) {
                pull[i][k] = strength * weight[i] * p[i][k] * (a[k] - mean);
            }
            if (outputs == 1) {
                pull[i][0] = strength * weight[i] * p[i][0] * (1 - p[i][0]) * a[0];
            }
        }
        return gathered(pull, direction);
    }

    /** Sum of the standardised vectors, as much of each as is said, with the regularisation. */
    private double[] gathered(final double[][] pull, final double[] point) {
        final double[] sum = new double[point.length];
        for (int i = 0; i < pull.length; i++) {
            final float[] row = x.get(i);
            for (int k = 0; k < outputs; k++) {
                final double much = pull[i][k];
                final int at = k * width;
                for (int j = 0; j < width; j++) {
                    sum[at + j] += much * row[j];
                }
                sum[outputs * width + k] += much;
            }
        }
        for (int k = 0; k < outputs; k++) {
            final double all = sum[outputs * width + k];
            for (int j = 0; j < width; j++) {
                final int at = k * width + j;
                sum[at] = (sum[at] - mean[j] * all) / deviation[j] + point[at];
            }
        }
        return sum;
    }

    /** The map of a point, for vectors as they are. */
    private Fit plain(final double[] point) {
        final double[][] map = new double[outputs][width];
        final double[] bias = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            bias[k] = point[outputs * width + k];
            for (int j = 0; j < width; j++) {
                map[k][j] = point[k * width + j] / deviation[j];
                bias[k] -= map[k][j] * mean[j];
            }
        }
        return new Fit(map, bias);
    }

    private double[] linear(final Fit fit, final float[] row) {
        final double[] out = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            double sum = fit.bias[k];
            final double[] map = fit.weight[k];
            for (int j = 0; j < width; j++) {
                sum += map[j] * row[j];
            }
            out[k] = sum;
        }
        return out;
    }

    private static double[] moved(final double[] point, final double[] step, final double length) {
        final double[] next = new double[point.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = point[i] + length * step[i];
        }
        return next;
    }

    private static double norm(final double[] values) {
        return Math.sqrt(dot(values, values));
    }

    private static double dot(final double[] a, final double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
