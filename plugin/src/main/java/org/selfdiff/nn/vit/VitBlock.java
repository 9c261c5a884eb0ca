package org.selfdiff.nn.vit;

import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;

/**
 * A transformer block that normalises before each part: self-attention, then a feed-forward part, each added to the
 * tokens.
 *
 * @param name prefix of its parameters, with its dot
 * @param width numbers of a token
 * @param heads heads of attention
 * @param hidden width inside the feed-forward part
 * @param gated whether that is a SwiGLU
 * @param layerScale whether each part is multiplied by a trained vector
 * @param epsilon of the normalisations
 */
public record VitBlock(
        String name, int width, int heads, int hidden, boolean gated, boolean layerScale, double epsilon) {
    private static final float FIRST_SCALE = 1e-5f;

    /**
     * What a block gives when its attention is asked for.
     *
     * @param out the tokens
     * @param weights of attention (batch, heads, tokens, tokens)
     */
    public record Seen<T>(T out, T weights) {}

    /** Describes the block. */
    public <T> T forward(final Ops<T> ops, final T x) {
        return forward(ops, x, null);
    }

    /** Describes the block with a number added to each product of query and key, see {@link Ops#attention}. */
    public <T> T forward(final Ops<T> ops, final T x, final T bias) {
        final T qkv = qkv(ops, x);
        return rest(
                ops, x, ops.attention(ops.piece(qkv, 0, 3), ops.piece(qkv, 1, 3), ops.piece(qkv, 2, 3), heads, bias));
    }

    /** Describes the block with the weights of its attention. */
    public <T> Seen<T> seen(final Ops<T> ops, final T x) {
        return seen(ops, x, null);
    }

    /** The same with a number added to each product of query and key. */
    public <T> Seen<T> seen(final Ops<T> ops, final T x, final T bias) {
        final T qkv = qkv(ops, x);
        final T weights = ops.attentionWeights(ops.piece(qkv, 0, 3), ops.piece(qkv, 1, 3), heads, bias);
        return new Seen<>(rest(ops, x, ops.weighted(weights, ops.piece(qkv, 2, 3))), weights);
    }

    /**
     * Describes what the block makes of the first token alone, at a cost linear in tokens.
     *
     * @param bias as in {@link #seen(Ops, Object, Object)}, with one query
     * @return the first token and its weights (batch, heads, 1, tokens)
     */
    public <T> Seen<T> first(final Ops<T> ops, final T x, final T bias) {
        final T qkv = qkv(ops, x);
        final T query = ops.slice(ops.piece(qkv, 0, 3), 1, 0, 1);
        final T weights = ops.attentionWeights(query, ops.piece(qkv, 1, 3), heads, bias);
        return new Seen<>(rest(ops, ops.slice(x, 1, 0, 1), ops.weighted(weights, ops.piece(qkv, 2, 3))), weights);
    }

    private <T> T qkv(final Ops<T> ops, final T x) {
        return Layers.linear(ops, name + "attn.qkv", norm(ops, "norm1", x), width, 3 * width);
    }

    private <T> T rest(final Ops<T> ops, final T x, final T seen) {
        final T h = ops.add(x, scaled(ops, "ls1", Layers.linear(ops, name + "attn.proj", seen, width, width)));
        return ops.add(h, scaled(ops, "ls2", feedForward(ops, norm(ops, "norm2", h))));
    }

    private <T> T feedForward(final Ops<T> ops, final T x) {
        if (!gated) {
            final T inner = ops.gelu(Layers.linear(ops, name + "mlp.fc1", x, width, hidden));
            return Layers.linear(ops, name + "mlp.fc2", inner, hidden, width);
        }
        final T both = Layers.linear(ops, name + "mlp.fc1", x, width, 2 * hidden);
        final T inner = ops.mul(ops.silu(ops.piece(both, 0, 2)), ops.piece(both, 1, 2));
        return Layers.linear(ops, name + "mlp.fc2", inner, hidden, width);
    }

    private <T> T norm(final Ops<T> ops, final String part, final T x) {
        final T scale = ops.parameter(name + part + ".weight", Initial.ones(), width);
        return ops.layerNorm(x, scale, ops.parameter(name + part + ".bias", Initial.zeros(), width), epsilon);
    }

    private <T> T scaled(final Ops<T> ops, final String part, final T branch) {
        return layerScale
                ? ops.mul(branch, ops.parameter(name + part + ".gamma", new Initial.Constant(FIRST_SCALE), width))
                : branch;
    }
}
