package org.selfdiff.nn.block;

import java.util.List;
import org.selfdiff.nn.AttentionKind;
import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;

/**
 * Self-attention of a picture's places, added to the picture: normalisation (one group), queries, keys and values from
 * one projection without bias, attention, projection back. Linear attention normalises its output once more.
 *
 * @param name prefix of its parameters
 * @param kind which attention; {@code NONE} returns the picture as it is
 * @param width channels of the picture
 * @param heads number of heads
 * @param headWidth width of a head
 */
public record AttentionBlock(String name, AttentionKind kind, int width, int heads, int headWidth) {

    /**
     * Describes the block.
     *
     * @param maps takes what places look at in full attention, the mean over heads (batch, 1, places, places); {@code null}
     *     where it is not wanted, which is faster
     */
    public <T> T forward(final Ops<T> ops, final T x, final List<T> maps) {
        return switch (kind) {
            case NONE -> x;
            case LINEAR -> ops.add(x, linear(ops, Layers.norm(ops, name + ".norm", x, width, 1)));
            case FULL -> ops.add(x, full(ops, Layers.norm(ops, name + ".norm", x, width, 1), maps));
        };
    }

    private <T> T linear(final Ops<T> ops, final T x) {
        final T qkv = Layers.projection(ops, name + ".qkv", x, width, 3 * heads * headWidth);
        final T seen = ops.linearAttention(qkv, heads);
        final T out = Layers.conv(ops, name + ".out", seen, heads * headWidth, width, Layers.Kernel.same(1));
        return Layers.norm(ops, name + ".outnorm", out, width, 1);
    }

    /** Works on tokens throughout: heads then lie side by side in memory, as the fused attention kernels ask. */
    private <T> T full(final Ops<T> ops, final T x, final List<T> maps) {
        final int inner = heads * headWidth;
        final var initial = Initial.fanIn(width);
        final T weight = ops.asLinear(ops.parameter(name + ".qkv.weight", initial, 3L * inner, width, 1, 1));
        final T qkv = ops.linear(ops.tokens(x), weight, null);
        final T seen =
                SelfAttention.of(ops, ops.piece(qkv, 0, 3), ops.piece(qkv, 1, 3), ops.piece(qkv, 2, 3), heads, maps);
        final var outInitial = Initial.fanIn(inner);
        final T outWeight = ops.asLinear(ops.parameter(name + ".out.weight", outInitial, width, inner, 1, 1));
        final T out = ops.linear(seen, outWeight, ops.parameter(name + ".out.bias", outInitial, width));
        return ops.picture(out, x);
    }
}
