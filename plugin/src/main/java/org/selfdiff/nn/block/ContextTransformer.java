package org.selfdiff.nn.block;

import java.util.List;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;

/**
 * The transformer of Stable Diffusion's U-Net: places of a picture look at each other, then at a context, then pass a
 * gated feed-forward part (GEGLU, Shazeer, arXiv 2002.05202).
 *
 * @param name prefix of its parameters, with its dot
 * @param width channels of the picture
 * @param heads heads of both attentions
 * @param contextWidth numbers of a context token
 * @param linear whether the projections around it are linear maps of tokens, not 1 x 1 convolutions; it computes the same
 * @param groups groups of the normalisation in front
 */
public record ContextTransformer(String name, int width, int heads, int contextWidth, boolean linear, int groups) {
    private static final double GROUP_EPSILON = 1e-6;

    private static final double LAYER_EPSILON = 1e-5;

    private String block() {
        return name + "transformer_blocks.0.";
    }

    /**
     * Describes the block.
     *
     * @param context (batch, tokens, contextWidth)
     * @param maps takes what places look at, the mean over heads (batch, 1, places, places); {@code null} where it is not
     *     wanted, which is faster
     */
    public <T> T forward(final Ops<T> ops, final T x, final T context, final List<T> maps) {
        final T tokens = ops.tokens(Layers.norm(ops, name + "norm", x, width, groups, GROUP_EPSILON));
        T h = projection(ops, "proj_in", tokens);
        final T self = norm(ops, "norm1", h);
        h = ops.add(attention(ops, "attn1.", self, self, width, maps), h);
        h = ops.add(attention(ops, "attn2.", norm(ops, "norm2", h), context, contextWidth, null), h);
        h = ops.add(feedForward(ops, norm(ops, "norm3", h)), h);
        return ops.add(ops.picture(projection(ops, "proj_out", h), x), x);
    }

    private <T> T projection(final Ops<T> ops, final String part, final T tokens) {
        if (linear) {
            return Layers.linear(ops, name + part, tokens, width, width);
        }
        final Initial initial = Initial.fanIn(width);
        final T weight = ops.asLinear(ops.parameter(name + part + ".weight", initial, width, width, 1, 1));
        return ops.linear(tokens, weight, ops.parameter(name + part + ".bias", initial, width));
    }

    private <T> T norm(final Ops<T> ops, final String part, final T x) {
        final T scale = ops.parameter(block() + part + ".weight", Initial.ones(), width);
        final T shift = ops.parameter(block() + part + ".bias", Initial.zeros(), width);
        return ops.layerNorm(x, scale, shift, LAYER_EPSILON);
    }

    private <T> T attention(
            final Ops<T> ops, final String part, final T x, final T seen, final int seenWidth, final List<T> maps) {
        final String prefix = block() + part;
        final T query = ops.linear(x, weight(ops, prefix + "to_q", width), null);
        final T key = ops.linear(seen, weight(ops, prefix + "to_k", seenWidth), null);
        final T value = ops.linear(seen, weight(ops, prefix + "to_v", seenWidth), null);
        final T out = SelfAttention.of(ops, query, key, value, heads, maps);
        return Layers.linear(ops, prefix + "to_out.0", out, width, width);
    }

    private <T> T weight(final Ops<T> ops, final String part, final int in) {
        return ops.parameter(part + ".weight", Initial.fanIn(in), width, in);
    }

    private <T> T feedForward(final Ops<T> ops, final T x) {
        final T both = Layers.linear(ops, block() + "ff.net.0.proj", x, width, 8 * width);
        final T inner = ops.mul(ops.piece(both, 0, 2), ops.gelu(ops.piece(both, 1, 2)));
        return Layers.linear(ops, block() + "ff.net.2", inner, 4 * width, width);
    }
}
