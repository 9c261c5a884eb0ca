package org.selfdiff.nn.cnn;

import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.Window;

/** Convolutions without bias, and batch normalisations with the statistics of their training. */
final class NormedConv {
    private NormedConv() {}

    static <T> T conv(final Ops<T> ops, final String name, final T x, final Kernel kernel) {
        final Initial initial = Initial.fanIn((long) kernel.in() * kernel.height() * kernel.width());
        final T weight =
                ops.parameter(name + ".weight", initial, kernel.out(), kernel.in(), kernel.height(), kernel.width());
        return ops.conv(x, weight, null, kernel.window());
    }

    static <T> T norm(final Ops<T> ops, final String name, final T x, final int width, final double epsilon) {
        final T scale = ops.parameter(name + ".weight", Initial.ones(), width);
        final T shift = ops.parameter(name + ".bias", Initial.zeros(), width);
        final T mean = ops.buffer(name + ".running_mean", Initial.zeros(), width);
        return ops.batchNorm(x, scale, shift, mean, ops.buffer(name + ".running_var", Initial.ones(), width), epsilon);
    }

    /** Mean over all places of a picture: (batch, channels). */
    static <T> T average(final Ops<T> ops, final T picture) {
        return ops.reshape(ops.mean(ops.tokens(picture), 1), 0, -1);
    }

    /** Sizes of a convolution. */
    record Kernel(int in, int out, int height, int width, Window window) {
        /** A square one. */
        static Kernel square(final int in, final int out, final int side, final int stride, final int padding) {
            return new Kernel(in, out, side, side, Window.square(stride, padding));
        }

        /** One that keeps the size of the picture, with odd sides. */
        static Kernel keeping(final int in, final int out, final int height, final int width) {
            return new Kernel(in, out, height, width, Window.padded(height / 2, width / 2));
        }
    }
}
