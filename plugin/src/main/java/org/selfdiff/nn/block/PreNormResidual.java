package org.selfdiff.nn.block;

import org.selfdiff.nn.Ops;

/**
 * The residual block of Stable Diffusion: twice normalisation, SiLU and convolution 3 x 3, with the time added in
 * between and the input added at the end, through a 1 x 1 convolution where the widths differ.
 *
 * @param name prefix of its parameters, with its dot
 * @param in channels of its input
 * @param out channels of its output
 * @param timeWidth width of the time vector; 0 for a block that does not see the time
 * @param groups groups of its normalisations
 * @param epsilon of its normalisations
 */
public record PreNormResidual(String name, int in, int out, int timeWidth, int groups, double epsilon) {

    /**
     * Describes the block.
     *
     * @param x picture with {@code in} channels
     * @param time vector after its SiLU; not read when {@code timeWidth} is 0
     */
    public <T> T forward(final Ops<T> ops, final T x, final T time) {
        T h = half(ops, "1", x, in);
        if (timeWidth > 0) {
            h = ops.addPerChannel(h, Layers.linear(ops, name + "time_emb_proj", time, timeWidth, out));
        }
        h = half(ops, "2", h, out);
        final T shortcut = in == out ? x : Layers.conv(ops, name + "conv_shortcut", x, in, out, Layers.Kernel.same(1));
        return ops.add(shortcut, h);
    }

    private <T> T half(final Ops<T> ops, final String index, final T x, final int width) {
        final T h = ops.silu(Layers.norm(ops, name + "norm" + index, x, width, groups, epsilon));
        return Layers.conv(ops, name + "conv" + index, h, width, out, Layers.Kernel.same(3));
    }
}
