package org.selfdiff.nn.block;

import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;

/** Single layers with parameters of their own, initialised as PyTorch does. */
public final class Layers {
    private Layers() {}

    /** Convolution with a square kernel that keeps the size ({@code stride} 1) or divides it. */
    public static <T> T conv(
            final Ops<T> ops, final String name, final T x, final int in, final int out, final Kernel kernel) {
        final Initial initial = Initial.fanIn((long) in * kernel.size() * kernel.size());
        final T weight = ops.parameter(name + ".weight", initial, out, in, kernel.size(), kernel.size());
        return ops.conv(x, weight, ops.parameter(name + ".bias", initial, out), kernel.stride(), kernel.padding());
    }

    /** Convolution of single places without bias. */
    public static <T> T projection(final Ops<T> ops, final String name, final T x, final int in, final int out) {
        return ops.conv(x, ops.parameter(name + ".weight", Initial.fanIn(in), out, in, 1, 1), null, 1, 0);
    }

    /** Transposed convolution that doubles height and width. */
    public static <T> T doubling(final Ops<T> ops, final String name, final T x, final int width) {
        // PyTorch reads the fan-in of a transposed convolution from the second dimension of its weight
        final Initial initial = Initial.fanIn(width * 16L);
        final T weight = ops.parameter(name + ".weight", initial, width, width, 4, 4);
        return ops.convTransposed(x, weight, ops.parameter(name + ".bias", initial, width), 2, 1);
    }

    /** Linear map of the last dimension. */
    public static <T> T linear(final Ops<T> ops, final String name, final T x, final int in, final int out) {
        final T weight = ops.parameter(name + ".weight", Initial.fanIn(in), out, in);
        return ops.linear(x, weight, ops.parameter(name + ".bias", Initial.fanIn(in), out));
    }

    /** Group normalisation with epsilon 1e-5. */
    public static <T> T norm(final Ops<T> ops, final String name, final T x, final int width, final int groups) {
        return norm(ops, name, x, width, groups, 1e-5);
    }

    /** Group normalisation. */
    public static <T> T norm(
            final Ops<T> ops, final String name, final T x, final int width, final int groups, final double epsilon) {
        final T scale = ops.parameter(name + ".weight", Initial.ones(), width);
        return ops.groupNorm(x, scale, ops.parameter(name + ".bias", Initial.zeros(), width), groups, epsilon);
    }

    /**
     * A square convolution kernel.
     *
     * @param size side in pixels
     * @param stride step in pixels
     * @param padding zeros added on each side
     */
    public record Kernel(int size, int stride, int padding) {

        /** An odd kernel that keeps the picture's size. */
        public static Kernel same(final int size) {
            return new Kernel(size, 1, size / 2);
        }

        /** 4 x 4 with stride 2: halves height and width. */
        public static Kernel halving() {
            return new Kernel(4, 2, 1);
        }
    }
}
