package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;

/**
 * How a tile-component is coded: the second half of COD, or COC (T.800 A.6.1, A.6.2).
 *
 * @param levels of decomposition, 0 to 32
 * @param blockWidth exponent of the code-block's width, 2 to 10
 * @param blockHeight exponent of the code-block's height, 2 to 10; both together at most 12
 * @param passes flags of the coding passes, see the constants
 * @param reversible 5/3 in whole numbers, otherwise 9/7
 * @param precincts for each resolution the exponent of the width (low four bits) and of the height (high four bits)
 */
record CodingStyle(int levels, int blockWidth, int blockHeight, int passes, boolean reversible, int[] precincts) {
    /** Late passes are raw bits. */
    static final int BYPASS = 1;

    /** Contexts start anew with each pass. */
    static final int RESET = 2;

    /** Each pass has a codeword of its own. */
    static final int TERMINATE = 4;

    /** A stripe does not look at the one below. */
    static final int CAUSAL = 8;

    /** Each clean-up pass ends with the symbol 1010. */
    static final int SEGMENTATION = 32;

    /** Reads it. */
    static CodingStyle read(final ByteCursor in, final boolean ownPrecincts) throws IOException {
        final int levels = in.u8();
        final int width = in.u8() + 2;
        final int height = in.u8() + 2;
        final int passes = in.u8();
        final int wavelet = in.u8();
        if (levels > 32 || width > 10 || height > 10 || width + height > 12 || wavelet > 1) {
            throw new IOException("coding style: " + levels + " levels, code-blocks of 2^" + width + " x 2^" + height
                    + ", wavelet " + wavelet + " are not allowed");
        }
        if (passes >= 64) {
            throw new IOException("coding style: code-blocks of style " + passes
                    + " (high-throughput JPEG 2000, T.814) are not supported");
        }
        final int[] precincts = new int[levels + 1];
        for (int r = 0; r <= levels; r++) {
            precincts[r] = ownPrecincts ? in.u8() : 0xff;
            if (r > 0 && ((precincts[r] & 15) == 0 || precincts[r] >> 4 == 0)) {
                throw new IOException("coding style: precincts of one sample at resolution " + r);
            }
        }
        return new CodingStyle(levels, width, height, passes, wavelet == 1, precincts);
    }

    boolean has(final int flag) {
        return (passes & flag) != 0;
    }
}
