package org.selfdiff.nn.block;

import java.util.List;
import org.selfdiff.nn.Ops;

/** Attention that can be asked what it looked at. */
final class SelfAttention {
    private SelfAttention() {}

    /**
     * {@link Ops#attention}.
     *
     * @param maps takes the weights, their mean over heads (batch, 1, places, places); {@code null} where they are not wanted,
     *     which is faster
     */
    static <T> T of(final Ops<T> ops, final T query, final T key, final T value, final int heads, final List<T> maps) {
        if (maps == null) {
            return ops.attention(query, key, value, heads);
        }
        final T weights = ops.attentionWeights(query, key, heads, null);
        maps.add(ops.mean(weights, 1));
        return ops.weighted(weights, value);
    }
}
