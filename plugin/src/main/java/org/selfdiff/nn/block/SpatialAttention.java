package org.selfdiff.nn.block;

import java.util.List;
import org.selfdiff.nn.Ops;

/**
 * Self-attention of a picture's places as in Stable Diffusion's autoencoder: normalisation, queries, keys and values
 * with biases, attention, projection, added to the picture.
 *
 * @param name prefix of its parameters, with its dot
 * @param width channels
 * @param heads heads of attention
 * @param groups groups of the normalisation
 * @param epsilon of the normalisation
 */
public record SpatialAttention(String name, int width, int heads, int groups, double epsilon) {

    /** Describes the block. */
    public <T> T forward(final Ops<T> ops, final T x) {
        return forward(ops, x, null);
    }

    /**
     * Describes the block.
     *
     * @param maps takes what places look at, the mean over heads (batch, 1, places, places); {@code null} where it is not
     *     wanted, which is faster
     */
    public <T> T forward(final Ops<T> ops, final T x, final List<T> maps) {
        final T tokens = ops.tokens(Layers.norm(ops, name + "group_norm", x, width, groups, epsilon));
        final T query = Layers.linear(ops, name + "to_q", tokens, width, width);
        final T key = Layers.linear(ops, name + "to_k", tokens, width, width);
        final T value = Layers.linear(ops, name + "to_v", tokens, width, width);
        final T seen = SelfAttention.of(ops, query, key, value, heads, maps);
        return ops.add(ops.picture(Layers.linear(ops, name + "to_out.0", seen, width, width), x), x);
    }
}
