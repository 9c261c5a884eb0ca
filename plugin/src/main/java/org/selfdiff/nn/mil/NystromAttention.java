package org.selfdiff.nn.mil;

import org.selfdiff.nn.Initial;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.Window;
import org.selfdiff.nn.block.Layers;

/**
 * Self-attention by landmarks (Xiong et al., arXiv 2102.03902), linear in tokens, as TransMIL uses it: tokens are padded
 * in front by zeros that take part, a landmark is the mean of tokens that follow each other, and the pseudo-inverse
 * between landmarks is an iteration of few steps.
 *
 * @param name prefix of its parameters, with its dot
 * @param width numbers of a token
 * @param heads heads of attention
 * @param headWidth numbers of a token in a head
 * @param landmarks number of landmarks
 * @param iterations steps of the pseudo-inverse; 6 there
 * @param taps length of the convolution of values along the tokens that is added, odd; 0 for none; 33 there
 */
record NystromAttention(String name, int width, int heads, int headWidth, int landmarks, int iterations, int taps) {
    /** So low that no 32-bit number is lower. */
    private static final double LOWEST = Float.MAX_VALUE;

    private static final double ALMOST_NOTHING = 1e-8;

    /**
     * What the tokens become, and what the first of them attends to.
     *
     * @param out tokens
     * @param first (batch, heads, 1, tokens); the approximation may be below 0
     */
    record Seen<T>(T out, T first) {}

    /**
     * Describes it.
     *
     * @param x tokens
     * @param mask (batch, tokens, 1), 0 for a token that is none; {@code null} where all are
     */
    <T> Seen<T> seen(final Ops<T> ops, final T x, final T mask) {
        final int inner = heads * headWidth;
        final T padded = ops.padFront(x, landmarks);
        final T exist = mask == null ? null : ops.padFront(mask, landmarks);
        final T qkv = ops.linear(
                padded, ops.parameter(name + "to_qkv.weight", Initial.fanIn(width), 3L * inner, width), null);
        final T q = byHead(ops, ops.scale(ops.piece(qkv, 0, 3), 1 / Math.sqrt(headWidth)), exist);
        final T k = byHead(ops, ops.piece(qkv, 1, 3), exist);
        final T v = byHead(ops, ops.piece(qkv, 2, 3), exist);
        final T many = exist == null ? null : ops.reshape(exist, 0, 1, -1, 1);
        final T few = exist == null ? null : landmarkMask(ops, exist);
        final T ql = landmarks(ops, q, exist);
        final T kl = ops.transpose(landmarks(ops, k, exist), 2, 3);
        final T toLandmarks = softmax(ops, ops.matmul(q, kl), many, few);
        final T inverse = pseudoInverse(ops, softmax(ops, ops.matmul(ql, kl), few, few), iterations);
        final T toTokens = softmax(ops, ops.matmul(ql, ops.transpose(k, 2, 3)), few, many);
        final T values = ops.matmul(toTokens, v);
        T out = ops.matmul(ops.matmul(toLandmarks, inverse), values);
        if (taps > 0) {
            final T filter = ops.parameter(name + "res_conv.weight", Initial.fanIn(taps), heads, 1, taps, 1);
            out = ops.add(out, ops.conv(v, filter, null, new Window(1, 1, taps / 2, 0, heads)));
        }
        final T together = ops.reshape(ops.transpose(out, 1, 2), 0, -1, inner);
        final T back = Layers.linear(ops, name + "to_out.0", together, inner, width);
        final T one = ops.slice(ops.last(toLandmarks, 2, x), 2, 0, 1);
        final T first = ops.matmul(ops.matmul(one, inverse), toTokens);
        return new Seen<>(ops.last(back, 1, x), ops.last(first, 3, x));
    }

    private <T> T byHead(final Ops<T> ops, final T x, final T exist) {
        final T here = exist == null ? x : ops.mul(x, exist);
        return ops.transpose(ops.reshape(here, 0, -1, heads, headWidth), 1, 2);
    }

    /** Means of tokens that follow each other; of those that exist where not all do. */
    private <T> T landmarks(final Ops<T> ops, final T x, final T exist) {
        final T groups = ops.reshape(x, 0, heads, landmarks, -1, headWidth);
        if (exist == null) {
            return ops.reshape(ops.mean(groups, 3), 0, heads, landmarks, headWidth);
        }
        final T sums = ops.reshape(ops.sum(groups, 3), 0, heads, landmarks, headWidth);
        return ops.div(sums, ops.plus(counts(ops, exist), ALMOST_NOTHING));
    }

    /** Tokens of each landmark (batch, 1, landmarks, 1). */
    private <T> T counts(final Ops<T> ops, final T exist) {
        return ops.reshape(ops.sum(ops.reshape(exist, 0, landmarks, -1), 2), 0, 1, landmarks, 1);
    }

    /** 1 for landmarks of any tokens (batch, 1, landmarks, 1). */
    private <T> T landmarkMask(final Ops<T> ops, final T exist) {
        final T counts = counts(ops, exist);
        return ops.sub(counts, ops.relu(ops.plus(counts, -1)));
    }

    private static <T> T softmax(final Ops<T> ops, final T scores, final T rows, final T columns) {
        if (rows == null) {
            return ops.softmax(scores, 3);
        }
        final T both = ops.mul(rows, ops.transpose(columns, 2, 3));
        return ops.softmax(ops.add(ops.mul(scores, both), ops.scale(ops.plus(both, -1), LOWEST)), 3);
    }

    /**
     * The pseudo-inverse of matrices (batch, heads, m, m) by {@code z <- z (13 - a (15 - a (7 - a))) / 4} with
     * {@code a = x z}, from {@code x^T} divided by the largest sum of a row and the largest of a column of all matrices
     * together.
     */
    static <T> T pseudoInverse(final Ops<T> ops, final T x, final int iterations) {
        final T size = ops.add(ops.relu(x), ops.relu(ops.scale(x, -1)));
        final T largest = ops.mul(largest(ops, ops.sum(size, 3)), largest(ops, ops.sum(size, 2)));
        T z = ops.div(ops.transpose(x, 2, 3), largest);
        for (int i = 0; i < iterations; i++) {
            final T a = ops.matmul(x, z);
            final T inner = ops.sub(ops.scale(a, 7), ops.matmul(a, a));
            final T outer = ops.sub(ops.scale(a, 15), ops.matmul(a, inner));
            z = ops.scale(ops.sub(ops.scale(z, 13), ops.matmul(z, outer)), 0.25);
        }
        return z;
    }

    private static <T> T largest(final Ops<T> ops, final T x) {
        return ops.max(ops.max(ops.max(ops.max(x, 0), 1), 2), 3);
    }
}
