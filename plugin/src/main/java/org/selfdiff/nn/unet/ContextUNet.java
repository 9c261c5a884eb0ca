package org.selfdiff.nn.unet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.Resize;
import org.selfdiff.nn.Sinusoids;
import org.selfdiff.nn.block.ContextTransformer;
import org.selfdiff.nn.block.Layers;
import org.selfdiff.nn.block.Layers.Kernel;
import org.selfdiff.nn.block.PreNormResidual;
import org.selfdiff.nn.block.SpatialAttention;

/**
 * The U-Net of Stable Diffusion: it predicts a picture from a noisy one, its time-step and a context, whose tokens every
 * place may look at. The names of its parameters are those of diffusers.
 *
 * @param spec sizes
 */
public record ContextUNet(ContextUNetSpec spec) implements Network {
    /** The function {@code (x, t, context) -> picture}, without context where the network has none. */
    public static final String PREDICT = "predict";

    /**
     * The function {@code (x, t, context) -> maps}: what the places look at in every self-attention, the mean over its heads
     * (batch, 1, places, places), way down, middle, way up.
     */
    public static final String SELF_ATTENTION = UNet.SELF_ATTENTION;

    private static final double EPSILON = 1e-5;

    @Override
    public List<NetworkFunction> functions() {
        return List.of(new Way(this, PREDICT), new Way(this, SELF_ATTENTION));
    }

    private record Way(ContextUNet network, String name) implements NetworkFunction {
        @Override
        public List<Input> inputs() {
            final ContextUNetSpec spec = network.spec;
            final int side = 2 * spec.sideMultiple();
            final Input x = Input.of("x", 1, spec.inputChannels(), side, side);
            final Input t = Input.exact("t", 1);
            return spec.contextWidth() == 0
                    ? List.of(x, t)
                    : List.of(x, t, Input.of("context", 1, 1, spec.contextWidth()));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
            final List<T> maps = name.equals(SELF_ATTENTION) ? new ArrayList<>() : null;
            final T context = inputs.size() > 2 ? inputs.get(2) : null;
            final T out = new Pass<>(network.spec, ops, maps, context).forward(inputs.get(0), inputs.get(1));
            return maps == null ? List.of(out) : maps;
        }
    }

    /** A skip connection and its channels. */
    private record Skip<T>(T picture, int width) {}

    /** One way through the network. */
    private static final class Pass<T> {
        private final ContextUNetSpec spec;

        private final Ops<T> ops;

        private final List<T> maps;

        private final T context;

        private final int timeWidth;

        private final Deque<Skip<T>> skips = new ArrayDeque<>();

        private T time;

        Pass(final ContextUNetSpec spec, final Ops<T> ops, final List<T> maps, final T context) {
            this.spec = spec;
            this.ops = ops;
            this.maps = maps;
            this.context = context;
            this.timeWidth = 4 * spec.widths().get(0);
        }

        T forward(final T x, final T t) {
            final int first = spec.widths().get(0);
            final T waves = ops.timeEmbedding(t, first, Sinusoids.STABLE);
            final T hidden = ops.silu(Layers.linear(ops, "time_embedding.linear_1", waves, first, timeWidth));
            // every block begins with the same SiLU of the time
            time = ops.silu(Layers.linear(ops, "time_embedding.linear_2", hidden, timeWidth, timeWidth));
            T h = Layers.conv(ops, "conv_in", x, spec.inputChannels(), first, Kernel.same(3));
            skips.push(new Skip<>(h, first));
            h = up(middle(down(h)));
            h = ops.silu(Layers.norm(ops, "conv_norm_out", h, first, spec.groups(), EPSILON));
            return Layers.conv(ops, "conv_out", h, first, spec.outputChannels(), Kernel.same(3));
        }

        private T down(final T x) {
            T h = x;
            int in = spec.widths().get(0);
            for (int level = 0; level < spec.levels(); level++) {
                final String name = "down_blocks." + level + ".";
                final int width = spec.widths().get(level);
                for (int i = 0; i < spec.blocks(); i++) {
                    h = attention(name, i, level, residual(name, i, h, in, width));
                    in = width;
                    skips.push(new Skip<>(h, width));
                }
                if (level < spec.levels() - 1) {
                    h = Layers.conv(ops, name + "downsamplers.0.conv", h, width, width, new Kernel(3, 2, 1));
                    skips.push(new Skip<>(h, width));
                }
            }
            return h;
        }

        private T middle(final T x) {
            final int level = spec.levels() - 1;
            final int width = spec.widths().get(level);
            final T h = seen("mid_block.attentions.0.", level, residual("mid_block.", 0, x, width, width));
            return residual("mid_block.", 1, h, width, width);
        }

        private T up(final T x) {
            T h = x;
            int in = spec.widths().get(spec.levels() - 1);
            for (int k = 0; k < spec.levels(); k++) {
                final String name = "up_blocks." + k + ".";
                final int level = spec.levels() - 1 - k;
                final int width = spec.widths().get(level);
                for (int i = 0; i <= spec.blocks(); i++) {
                    final Skip<T> skip = skips.pop();
                    final T joined = ops.concat(h, skip.picture());
                    h = attention(name, i, level, residual(name, i, joined, in + skip.width(), width));
                    in = width;
                }
                if (level > 0) {
                    final T large = ops.resizeLike(h, skips.peek().picture(), Resize.nearest());
                    h = Layers.conv(ops, name + "upsamplers.0.conv", large, width, width, Kernel.same(3));
                }
            }
            return h;
        }

        private T residual(final String name, final int i, final T x, final int in, final int out) {
            return new PreNormResidual(name + "resnets." + i + ".", in, out, timeWidth, spec.groups(), EPSILON)
                    .forward(ops, x, time);
        }

        private T attention(final String name, final int i, final int level, final T x) {
            return spec.attention().get(level) ? seen(name + "attentions." + i + ".", level, x) : x;
        }

        private T seen(final String name, final int level, final T x) {
            final int width = spec.widths().get(level);
            final int heads = spec.heads().get(level);
            return context == null
                    ? new SpatialAttention(name, width, heads, spec.groups(), EPSILON).forward(ops, x, maps)
                    : new ContextTransformer(
                                    name, width, heads, spec.contextWidth(), spec.linearProjection(), spec.groups())
                            .forward(ops, x, context, maps);
        }
    }
}
