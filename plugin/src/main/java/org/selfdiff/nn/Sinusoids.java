package org.selfdiff.nn;

/** How a number is written as sines and cosines of frequencies {@code exp(-i ln(10000) / d)}, i = 0 .. width/2 - 1. */
public enum Sinusoids {
    /** Sines first, d = width/2 - 1: the "annotated diffusion model" and GenSelfDiff-HIS. */
    ANNOTATED,

    /** Cosines first, d = width/2: Stable Diffusion. */
    STABLE;

    /** Whether cosines stand before sines. */
    public boolean cosinesFirst() {
        return this == STABLE;
    }

    /** The exponent's factor of i. */
    public double rate(final int width) {
        return -Math.log(10_000) / (this == ANNOTATED ? width / 2 - 1 : width / 2);
    }
}
