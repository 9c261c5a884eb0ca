package org.selfdiff.nn.unet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.UNetSpec;
import org.selfdiff.nn.block.AttentionBlock;
import org.selfdiff.nn.block.Layers;
import org.selfdiff.nn.block.Layers.Kernel;
import org.selfdiff.nn.block.ResidualBlock;
import org.selfdiff.nn.block.TimeMlp;

/**
 * The U-Net of GenSelfDiff-HIS (arXiv 2309.01487), which is that of the "annotated diffusion model": it predicts a
 * picture from a noisy picture and its time-step, or, with another last layer and time-step 0, a class per pixel.
 *
 * <p>Way down: per level residual blocks, attention, and a halving convolution except at the last. Middle: residual
 * block, attention, residual block. Way up: per level the way-down's picture is joined, residual blocks, attention, and
 * a doubling convolution; the first level has no way up. End: the first level's picture is added where the spec says
 * so, a residual block that does not see the time, and a 1 x 1 convolution.
 *
 * @param spec sizes
 */
public record UNet(UNetSpec spec) implements Network {

    /** Prefix of the last residual block and convolution: what fine-tuning starts anew. */
    public static final String FINAL = "final.";

    /** The function {@code (x, t) -> picture}. */
    public static final String PREDICT = "predict";

    /**
     * The function {@code (x, t) -> maps}: what the places look at in every full attention, the mean over its heads (batch, 1,
     * places, places), way down, middle, way up. A network without full attention does not have it.
     */
    public static final String SELF_ATTENTION = "self_attention";

    @Override
    public List<NetworkFunction> functions() {
        final boolean looks =
                spec.middleAttention() == AttentionKind.FULL || spec.attention().contains(AttentionKind.FULL);
        return looks ? List.of(new Way(this, PREDICT), new Way(this, SELF_ATTENTION)) : List.of(new Way(this, PREDICT));
    }

    /** A function of a noisy picture (batch, channels, height, width) and its time-step (batch). */
    private record Way(UNet network, String name) implements NetworkFunction {
        @Override
        public List<Input> inputs() {
            final UNetSpec spec = network.spec;
            final int side = spec.sideMultiple();
            return List.of(Input.of("x", 1, spec.inputChannels(), side, side), Input.exact("t", 1));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> inputs) {
            final List<T> maps = name.equals(SELF_ATTENTION) ? new ArrayList<>() : null;
            final T out = network.forward(ops, inputs.get(0), inputs.get(1), maps);
            return maps == null ? List.of(out) : maps;
        }
    }

    /**
     * Describes the network.
     *
     * @param x (batch, channels, height, width)
     * @param t time-steps (batch)
     */
    public <T> T forward(final Ops<T> ops, final T x, final T t) {
        return forward(ops, x, t, null);
    }

    private <T> T forward(final Ops<T> ops, final T x, final T t, final List<T> maps) {
        final T time = new TimeMlp("time", spec.baseWidth()).forward(ops, t);
        T h = Layers.conv(ops, "stem", x, spec.inputChannels(), spec.stemWidth(), Kernel.same(spec.stemKernel()));
        final Deque<T> skips = new ArrayDeque<>();
        h = down(ops, h, time, skips, maps);
        h = middle(ops, h, time, maps);
        h = up(ops, h, time, skips, maps);
        if (spec.finestSkip() && spec.levels() > 1) {
            h = ops.add(h, skips.pop());
        }
        h = new ResidualBlock(FINAL + "block", spec.width(0), spec.width(0), 0, spec.groups()).forward(ops, h, time);
        return Layers.conv(ops, FINAL + "conv", h, spec.width(0), spec.outputChannels(), Kernel.same(1));
    }

    private <T> T down(final Ops<T> ops, final T x, final T time, final Deque<T> skips, final List<T> maps) {
        T h = x;
        for (int level = 0; level < spec.levels(); level++) {
            final String name = "down." + level;
            final int in = level == 0 ? spec.stemWidth() : spec.width(level - 1);
            h = level(ops, name, h, time, in, level, spec.width(level), maps);
            skips.push(h);
            if (level < spec.levels() - 1) {
                h = Layers.conv(ops, name + ".halve", h, spec.width(level), spec.width(level), Kernel.halving());
            }
        }
        return h;
    }

    private <T> T middle(final Ops<T> ops, final T x, final T time, final List<T> maps) {
        final int width = spec.width(spec.levels() - 1);
        T h = block("middle.block1", width, width).forward(ops, x, time);
        h = attention("middle.attention", spec.middleAttention(), width).forward(ops, h, maps);
        return block("middle.block2", width, width).forward(ops, h, time);
    }

    private <T> T up(final Ops<T> ops, final T x, final T time, final Deque<T> skips, final List<T> maps) {
        T h = x;
        for (int level = spec.levels() - 1; level > 0; level--) {
            final String name = "up." + level;
            final int width = spec.width(level - 1);
            h = ops.concat(h, skips.pop());
            h = level(ops, name, h, time, 2 * spec.width(level), level, width, maps);
            h = Layers.doubling(ops, name + ".double", h, width);
        }
        return h;
    }

    private <T> T level(
            final Ops<T> ops,
            final String name,
            final T x,
            final T time,
            final int in,
            final int level,
            final int out,
            final List<T> maps) {
        T h = x;
        for (int i = 1; i <= spec.blocksPerLevel(); i++) {
            h = block(name + ".block" + i, i == 1 ? in : out, out).forward(ops, h, time);
        }
        return attention(name + ".attention", spec.attention().get(level), out).forward(ops, h, maps);
    }

    private ResidualBlock block(final String name, final int in, final int out) {
        return new ResidualBlock(name, in, out, new TimeMlp("time", spec.baseWidth()).outWidth(), spec.groups());
    }

    private AttentionBlock attention(final String name, final AttentionKind kind, final int width) {
        return new AttentionBlock(name, kind, width, spec.heads(), spec.headWidth());
    }
}
