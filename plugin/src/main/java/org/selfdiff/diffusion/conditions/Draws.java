package org.selfdiff.diffusion.conditions;

import org.selfdiff.tensors.Philox;

/** Random numbers of one condition. */
record Draws(long seed, int group, int copy) {
    private static final int COPIES = 22;

    private static final int KINDS = 2;

    /** Between 0 and 1. */
    double uniform(final int index) {
        final float[] one = new float[1];
        Philox.uniforms(seed, stream(0), index, one, 0, 1);
        return one[0];
    }

    /** From 0 to {@code bound - 1}. */
    int below(final int index, final int bound) {
        return Philox.below(seed, stream(1), index, bound);
    }

    /** Standard normal. */
    float[] gaussians(final int count) {
        final float[] all = new float[count];
        Philox.gaussians(seed, stream(2), all);
        return all;
    }

    private long stream(final int kind) {
        return (((long) group << COPIES) + copy << KINDS) + kind;
    }
}
