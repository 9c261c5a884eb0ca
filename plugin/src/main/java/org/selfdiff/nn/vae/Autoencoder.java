package org.selfdiff.nn.vae;

import java.util.List;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;
import org.selfdiff.nn.block.Layers.Kernel;
import org.selfdiff.nn.block.PreNormResidual;
import org.selfdiff.nn.block.SpatialAttention;

/**
 * The KL autoencoder of Stable Diffusion: a picture becomes mean and logarithm of the variance of a small one, and a
 * small one becomes a picture. The names of its parameters are those of diffusers.
 *
 * @param spec sizes
 */
public record Autoencoder(AutoencoderSpec spec) implements Network {
    /** The function {@code x -> (mean, log variance)}, each (batch, latent channels, height / f, width / f). */
    public static final String ENCODE = "encode";

    /** The function {@code z -> picture}. */
    public static final String DECODE = "decode";

    private static final double EPSILON = 1e-6;

    @Override
    public List<NetworkFunction> functions() {
        return List.of(new Encode(this), new Decode(this));
    }

    private record Encode(Autoencoder network) implements NetworkFunction {
        @Override
        public String name() {
            return ENCODE;
        }

        @Override
        public List<Input> inputs() {
            final AutoencoderSpec spec = network.spec;
            return List.of(Input.of("x", 1, spec.channels(), 2L * spec.factor(), 2L * spec.factor()));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
            final T moments = network.moments(ops, inputs.get(0));
            final int n = network.spec.latentChannels();
            return List.of(ops.slice(moments, 1, 0, n), ops.slice(moments, 1, n, 2L * n));
        }
    }

    private record Decode(Autoencoder network) implements NetworkFunction {
        @Override
        public String name() {
            return DECODE;
        }

        @Override
        public List<Input> inputs() {
            return List.of(Input.of("z", 1, network.spec.latentChannels(), 2, 2));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
            return List.of(network.decoded(ops, inputs.get(0)));
        }
    }

    private int last() {
        return spec.widths().get(spec.widths().size() - 1);
    }

    private <T> T residual(final Ops<T> ops, final String name, final T x, final int in, final int out) {
        return new PreNormResidual(name, in, out, 0, spec.groups(), EPSILON).forward(ops, x, null);
    }

    private <T> T middle(final Ops<T> ops, final String name, final T x) {
        T h = residual(ops, name + "resnets.0.", x, last(), last());
        h = new SpatialAttention(name + "attentions.0.", last(), 1, spec.groups(), EPSILON).forward(ops, h);
        return residual(ops, name + "resnets.1.", h, last(), last());
    }

    private <T> T end(final Ops<T> ops, final String name, final T x, final int in, final int out) {
        final T h = ops.silu(Layers.norm(ops, name + "conv_norm_out", x, in, spec.groups(), EPSILON));
        return Layers.conv(ops, name + "conv_out", h, in, out, Kernel.same(3));
    }

    /** Describes the way to mean and log variance, one after the other in the channels. */
    public <T> T moments(final Ops<T> ops, final T x) {
        int in = spec.widths().get(0);
        T h = Layers.conv(ops, "encoder.conv_in", x, spec.channels(), in, Kernel.same(3));
        for (int level = 0; level < spec.widths().size(); level++) {
            final String name = "encoder.down_blocks." + level + ".";
            final int out = spec.widths().get(level);
            for (int i = 0; i < spec.blocks(); i++) {
                h = residual(ops, name + "resnets." + i + ".", h, i == 0 ? in : out, out);
            }
            if (level < spec.widths().size() - 1) {
                h = Layers.conv(
                        ops, name + "downsamplers.0.conv", ops.padRightBottom(h, 1, 1), out, out, new Kernel(3, 2, 0));
            }
            in = out;
        }
        h = middle(ops, "encoder.mid_block.", h);
        final int moments = 2 * spec.latentChannels();
        h = end(ops, "encoder.", h, last(), moments);
        return spec.quantised() ? Layers.conv(ops, "quant_conv", h, moments, moments, Kernel.same(1)) : h;
    }

    /** Describes the way from a latent to a picture. */
    public <T> T decoded(final Ops<T> ops, final T z) {
        final int n = spec.latentChannels();
        T h = spec.quantised() ? Layers.conv(ops, "post_quant_conv", z, n, n, Kernel.same(1)) : z;
        h = Layers.conv(ops, "decoder.conv_in", h, n, last(), Kernel.same(3));
        h = middle(ops, "decoder.mid_block.", h);
        int in = last();
        for (int i = 0; i < spec.widths().size(); i++) {
            final String name = "decoder.up_blocks." + i + ".";
            final int out = spec.widths().get(spec.widths().size() - 1 - i);
            for (int k = 0; k <= spec.blocks(); k++) {
                h = residual(ops, name + "resnets." + k + ".", h, k == 0 ? in : out, out);
            }
            if (i < spec.widths().size() - 1) {
                h = Layers.conv(ops, name + "upsamplers.0.conv", ops.doubled(h), out, out, Kernel.same(3));
            }
            in = out;
        }
        return end(ops, "decoder.", h, in, spec.channels());
    }
}
