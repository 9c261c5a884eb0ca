package org.selfdiff.nn.mil;

import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.block.Layers;
import org.selfdiff.nn.vit.VitBlock;

/**
 * Transformer blocks over the members of groups, and what each group becomes.
 *
 * @param blocks prefix of the blocks' parameters, with its dot
 * @param token name of the groups' token
 * @param width numbers of a member
 * @param depth number of blocks
 * @param heads heads of attention
 * @param how what a group becomes
 */
record Pooling(String blocks, String token, int width, int depth, int heads, MilSpec.Aggregation how) {
    private static final double EPSILON = 1e-6;

    /** What stands for minus infinity: a group that is all empty must not become undefined. */
    private static final double UNSEEN = 1e9;

    /**
     * Groups.
     *
     * @param out (groups, 1, width)
     * @param weights of the members (groups, members); what a token attends to in itself is left out
     */
    record Pooled<T>(T out, T weights) {}

    /** Minus infinity as a number so low that nothing is seen of it. */
    static <T> T finite(final Ops<T> ops, final T seen) {
        return ops.plus(ops.relu(ops.plus(seen, UNSEEN)), -UNSEEN);
    }

    /**
     * Describes it.
     *
     * @param members (groups, members, width)
     * @param seen (groups, 1, 1, members), 0 or very low, finite; {@code null} for all seen
     * @param relative added to products of queries and keys (1, heads, members, members); {@code null} for nothing
     */
    <T> Pooled<T> pool(final Ops<T> ops, final T members, final T seen, final T relative) {
        return how == MilSpec.Aggregation.TOKEN
                ? byToken(ops, members, seen, relative)
                : byWeights(ops, members, seen, relative);
    }

    private <T> Pooled<T> byToken(final Ops<T> ops, final T members, final T seen, final T relative) {
        final T first = ops.parameter(token, Initial.normal(0.02), 1, 1, width);
        T h = ops.join(ops.repeatLike(first, members), members, 1);
        final T keys = seen == null ? null : ops.join(ops.scale(ops.slice(seen, 3, 0, 1), 0), seen, 3);
        for (int i = 0; i < depth - 1; i++) {
            h = block(i).forward(ops, h, sum(ops, keys, relative == null ? null : besideToken(ops, relative)));
        }
        final VitBlock.Seen<T> last = block(depth - 1).first(ops, h, keys);
        final T row = ops.slice(ops.mean(last.weights(), 1), 3, 1, -1);
        return new Pooled<>(last.out(), ops.reshape(row, 0, -1));
    }

    private <T> Pooled<T> byWeights(final Ops<T> ops, final T members, final T seen, final T relative) {
        T h = members;
        for (int i = 0; i < depth; i++) {
            h = block(i).forward(ops, h, sum(ops, seen, relative));
        }
        final T scores = how == MilSpec.Aggregation.MEAN
                ? ops.scale(ops.slice(h, 2, 0, 1), 0)
                : Attention.scores(
                        ops,
                        new Attention.Names(blocks + "attention_V", blocks + "attention_U", blocks + "attention_w"),
                        h,
                        width,
                        Math.max(1, width / 2),
                        1);
        final T row = ops.transpose(scores, 1, 2);
        final T bias = seen == null ? null : ops.reshape(seen, 0, 1, -1);
        final T weights = ops.softmax(bias == null ? row : ops.add(row, bias), 2);
        return new Pooled<>(ops.matmul(weights, h), ops.reshape(weights, 0, -1));
    }

    private static <T> T sum(final Ops<T> ops, final T a, final T b) {
        return a == null ? b : b == null ? a : ops.add(a, b);
    }

    /** Nothing is added where the token is query or key. */
    private static <T> T besideToken(final Ops<T> ops, final T relative) {
        final T wide = ops.join(ops.scale(ops.slice(relative, 3, 0, 1), 0), relative, 3);
        return ops.join(ops.scale(ops.slice(wide, 2, 0, 1), 0), wide, 2);
    }

    private VitBlock block(final int i) {
        return new VitBlock(blocks + i + ".", width, heads, 2 * width, false, false, EPSILON);
    }

    /** What a slide says after normalisation. */
    static <T> T answer(final Ops<T> ops, final T slide, final int width, final int outputs) {
        final T scale = ops.parameter("norm.weight", Initial.ones(), width);
        final T shift = ops.parameter("norm.bias", Initial.zeros(), width);
        final T normal = ops.layerNorm(slide, scale, shift, EPSILON);
        return Layers.linear(ops, "head", ops.reshape(normal, 1, -1), width, outputs);
    }
}
