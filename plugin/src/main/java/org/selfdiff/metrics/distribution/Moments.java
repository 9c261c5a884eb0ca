package org.selfdiff.metrics.distribution;

import java.util.Arrays;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/**
 * Mean and covariance of a stream of vectors, in 64 bits and in memory that does not grow with their number. Vectors are
 * taken in blocks, each around its own mean, and blocks are put together as in Chan, Golub, LeVeque 1979, so that a large
 * mean costs no digits. Two streams can be added.
 */
public final class Moments {
    private static final int BLOCK = 1024;

    private final int width;

    private final Workers workers;

    private long count;

    private final double[] mean;

    /** Upper triangle of the sum of squares and products around the mean. */
    private final double[] scatter;

    /** Feature by feature, the numbers of the vectors that are not in the sums yet. */
    private final double[] block;

    private int waiting;

    /**
     * No vectors yet.
     *
     * @param width numbers of a vector
     * @param workers threads; their number changes no digit
     */
    public Moments(final int width, final Workers workers) {
        this.width = width;
        this.workers = workers;
        mean = new double[width];
        scatter = new double[Math.multiplyExact(width, width)];
        block = new double[width * stride()];
    }

    /** One place more than vectors, for the distance of the means. */
    private static int stride() {
        return BLOCK + 1;
    }

    /** Adds a vector of finite numbers. */
    public void add(final double[] vector, final RunControl control) throws RunFailed, RunCancelled {
        if (vector.length != width) {
            throw new IllegalArgumentException(vector.length + " numbers in a stream of " + width);
        }
        for (int i = 0; i < width; i++) {
            block[i * stride() + waiting] = vector[i];
        }
        waiting++;
        if (waiting == BLOCK) {
            flush(control);
        }
    }

    /** Adds all vectors of a set. */
    public Moments addAll(final FeatureSet set, final RunControl control) throws RunFailed, RunCancelled {
        final double[] vector = new double[width];
        final Pace pace = new Pace("vectors", 0, set.count());
        for (int i = 0; i < set.count(); i++) {
            if (i % BLOCK == 0) {
                control.progress((double) i / set.count(), pace.line(i));
            }
            set.read(i, 0, width, vector, 0);
            add(vector, control);
        }
        return this;
    }

    private void flush(final RunControl control) throws RunFailed, RunCancelled {
        if (waiting == 0) {
            return;
        }
        control.checkCancelled();
        final double all = count + waiting;
        final double root = Math.sqrt(count / all * waiting);
        for (int i = 0; i < width; i++) {
            final int row = i * stride();
            double sum = 0;
            for (int r = 0; r < waiting; r++) {
                sum += block[row + r];
            }
            final double own = sum / waiting;
            for (int r = 0; r < waiting; r++) {
                block[row + r] -= own;
            }
            block[row + waiting] = root * (own - mean[i]);
            mean[i] += (own - mean[i]) * waiting / all;
        }
        addProducts(block, waiting + 1, control);
        count += waiting;
        waiting = 0;
    }

    private void addProducts(final double[] features, final int vectors, final RunControl control)
            throws RunFailed, RunCancelled {
        final Vectors columns = new Vectors() {
            @Override
            public int count() {
                return width;
            }

            @Override
            public int width() {
                return vectors;
            }

            @Override
            public void read(final int index, final int from, final int length, final double[] to, final int offset) {
                System.arraycopy(features, index * stride() + from, to, offset, length);
            }
        };
        Products.addUpper(columns, columns, scatter, workers, control);
    }

    /** Adds another stream of the same width, which stays as it is but for vectors that still waited. */
    public void merge(final Moments other, final RunControl control) throws RunFailed, RunCancelled {
        if (other.width != width) {
            throw new IllegalArgumentException("streams of " + width + " and " + other.width);
        }
        flush(control);
        other.flush(control);
        if (other.count == 0) {
            return;
        }
        final double all = count + other.count;
        final double root = Math.sqrt(count / all * other.count);
        for (int i = 0; i < width; i++) {
            block[i * stride()] = root * (other.mean[i] - mean[i]);
            mean[i] += (other.mean[i] - mean[i]) * other.count / all;
        }
        addProducts(block, 1, control);
        Arrays.setAll(scatter, i -> scatter[i] + other.scatter[i]);
        count += other.count;
    }

    /** Vectors so far. */
    public long count() {
        return count + waiting;
    }

    /** Mean and covariance so far; {@code NaN} covariance for a single vector. */
    public Gaussian gaussian(final RunControl control) throws RunFailed, RunCancelled {
        flush(control);
        final double[] covariance = Products.mirrored(scatter.clone(), width);
        for (int i = 0; i < covariance.length; i++) {
            covariance[i] /= count - 1;
        }
        return new Gaussian(count, mean.clone(), covariance);
    }
}
