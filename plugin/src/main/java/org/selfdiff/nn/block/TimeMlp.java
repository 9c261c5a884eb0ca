package org.selfdiff.nn.block;

import org.selfdiff.nn.Ops;

/**
 * Turns the time-step of a picture into the vector that residual blocks add: sinusoids, linear, GELU, linear, and the
 * SiLU that stands first in every block of the original (the same for all, so it is computed once).
 *
 * @param name prefix of its parameters
 * @param width number of sinusoids; the vector is four times as wide
 */
public record TimeMlp(String name, int width) {

    /** Width of the vector. */
    public int outWidth() {
        return 4 * width;
    }

    /**
     * Describes the block.
     *
     * @param t time-steps (batch)
     */
    public <T> T forward(final Ops<T> ops, final T t) {
        final T hidden = Layers.linear(ops, name + ".linear1", ops.timeEmbedding(t, width), width, outWidth());
        return ops.silu(Layers.linear(ops, name + ".linear2", ops.gelu(hidden), outWidth(), outWidth()));
    }
}
