package org.selfdiff.imaging.jpeg2000;

import java.util.Arrays;

/**
 * The coefficients of a code-block while it is decoded. A stripe is four rows; {@code values} holds column after column
 * of a stripe, {@code flags} a word for each such column (see {@link BlockContexts}) with a border of one word.
 */
final class BlockState {
    private static final int MOST_VALUES = 4096;

    /** Words of the largest block with its border: 1024 x 4 coefficients. */
    private static final int MOST_WORDS = (1024 + 2) * 3;

    /** Sign in bit 31; below it twice the magnitude, in the middle of what is known of it. */
    final int[] values = new int[MOST_VALUES + 3 * 1024];

    final int[] flags = new int[MOST_WORDS];

    int width;

    int height;

    /** Words of a stripe with its border. */
    int stride;

    private boolean causal;

    /** Begins a block: nothing is significant. */
    void start(final int blockWidth, final int blockHeight, final boolean isCausal) {
        width = blockWidth;
        height = blockHeight;
        stride = blockWidth + 2;
        causal = isCausal;
        Arrays.fill(values, 0, count(), 0);
        Arrays.fill(flags, 0, (count() / (4 * width) + 2) * stride, 0);
    }

    /** Used values, with those that fill up the last stripe. */
    int count() {
        return (height + 3 >> 2) * 4 * width;
    }

    /** First word of the stripe that begins at row {@code top}. */
    int word(final int top) {
        return ((top >> 2) + 1) * stride + 1;
    }

    /** Index into the table of sign contexts for row {@code k} of word {@code p}, whose flags are {@code f}. */
    int signIndex(final int f, final int p, final int k) {
        final int shift = 3 * k;
        final int sign = BlockContexts.SIGN + shift;
        final int above = f >>> (k == 0 ? BlockContexts.SIGN_ABOVE : sign - 3) & 1;
        return f >>> shift & 0xaa
                | above
                | (flags[p - 1] >>> sign & 1) << 2
                | (flags[p + 1] >>> sign & 1) << 4
                | (f >>> sign + 3 & 1) << 6;
    }

    /** Tells the words around {@code p} that its row {@code k} became significant. */
    void spread(final int p, final int k, final int sign) {
        final int shift = 3 * k;
        flags[p - 1] |= 1 << 5 + shift;
        flags[p + 1] |= 1 << 3 + shift;
        if (k == 0 && !causal) {
            final int above = p - stride;
            flags[above - 1] |= 1 << 17;
            flags[above] |= 1 << 16 | sign << 31;
            flags[above + 1] |= 1 << 15;
        } else if (k == 3) {
            final int below = p + stride;
            flags[below - 1] |= 1 << 2;
            flags[below] |= 1 << 1 | sign << BlockContexts.SIGN_ABOVE;
            flags[below + 1] |= 1;
        }
    }
}
