package org.selfdiff.weights;

import java.util.Arrays;

/**
 * Numbers of one parameter on the Java side.
 *
 * @param shape lengths of its dimensions; not to be changed
 * @param values its elements in row-major order; not copied, and not to be changed
 */
public record Weight(long[] shape, float[] values) {
    /** Refuses a shape that does not fit the number of elements. */
    public Weight {
        long n = 1;
        for (final long length : shape) {
            n = length < 0 ? -1 : Math.multiplyExact(n, length);
        }
        if (n != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + Arrays.toString(shape));
        }
    }

    /** Equal shape and equal bits. */
    @Override
    public boolean equals(final Object other) {
        return other instanceof Weight w && Arrays.equals(shape, w.shape) && Arrays.equals(values, w.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    /** The shape. */
    @Override
    public String toString() {
        return "Weight" + Arrays.toString(shape);
    }
}
