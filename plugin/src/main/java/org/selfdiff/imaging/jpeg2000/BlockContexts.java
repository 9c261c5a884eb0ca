package org.selfdiff.imaging.jpeg2000;

import java.util.Arrays;

/**
 * Contexts of T.800 Annex D as tables, and the flag words that index them. A word holds a column of four coefficients
 * (a stripe's height) with its surroundings. Of row k, counted 0 to 3:
 *
 * <pre>
 * bits 3k .. 3k+8       significance of the 3 x 3 neighbourhood, three bits a row from the upper left
 * bit 19+3k             sign; of the row above the column bit 18, of the row below bit 31
 * bit 20+3k             whether the coefficient was refined before
 * bit 21+3k             whether it was coded in this bit-plane already
 * </pre>
 */
final class BlockContexts {
    /** Significance of the coefficient of row 0 itself. */
    static final int SELF = 1 << 4;

    /** Significance of the eight neighbours of row 0. */
    static final int NEIGHBOURS = 0x1ef;

    /** Sign of row 0. */
    static final int SIGN = 19;

    /** Sign of the row above the column. */
    static final int SIGN_ABOVE = 18;

    static final int REFINED = 1 << 20;

    static final int CODED = 1 << 21;

    /** Bits 0, 3, 6, 9: one for each row. */
    static final int ROWS = 0x249;

    /** First context of signs; those of significance are 0 to 8. */
    static final int FIRST_SIGN = 9;

    /** First context of refinement. */
    static final int FIRST_REFINEMENT = 14;

    static final int RUN_LENGTH = 17;

    static final int UNIFORM = 18;

    static final int COUNT = 19;

    /** Significance context by neighbourhood: of LL and LH, of HL, of HH (table D.1). */
    private static final byte[][] SIGNIFICANCE = new byte[3][512];

    /**
     * Sign context and, in bit 7, the bit to flip (tables D.2, D.3). The index has significance above, left, right and
     * below in bits 1, 3, 5 and 7, and one bit lower each its sign.
     */
    private static final byte[] SIGNS = new byte[256];

    static {
        for (int n = 0; n < 512; n++) {
            final int h = (n >> 3 & 1) + (n >> 5 & 1);
            final int v = (n >> 1 & 1) + (n >> 7 & 1);
            final int d = (n & 1) + (n >> 2 & 1) + (n >> 6 & 1) + (n >> 8 & 1);
            SIGNIFICANCE[0][n] = (byte) straight(h, v, d);
            SIGNIFICANCE[1][n] = (byte) straight(v, h, d);
            SIGNIFICANCE[2][n] = (byte) diagonal(h + v, d);
        }
        for (int n = 0; n < 256; n++) {
            final int vertical = contribution(n) + contribution(n >> 6);
            final int horizontal = contribution(n >> 2) + contribution(n >> 4);
            SIGNS[n] = (byte) sign(Integer.signum(horizontal), Integer.signum(vertical));
        }
    }

    private BlockContexts() {}

    /** Of the flags of a column, the rows that are not significant and have a significant neighbour, as {@link #ROWS}. */
    static int beside(final int flags) {
        final int any = (flags | flags >>> 1 | flags >>> 2) & 0x9249; // of the six rows from the one above the column
        return (any | any >>> 6 | flags >>> 3 | flags >>> 5) & ~(flags >>> 4) & ROWS;
    }

    /** Table of significance contexts of a band, by nine bits of neighbourhood. */
    static byte[] significance(final int highX, final int highY) {
        return SIGNIFICANCE[highX == 0 ? 0 : 1 + highY];
    }

    /** Context of a refinement (table D.4), by the flags of row 0; without branches, which nobody could foretell. */
    static int refinement(final int flags) {
        final int before = flags >>> 20 & 1;
        final int any = (flags & NEIGHBOURS) + 0x1ff >>> 9; // 1 if a neighbour is significant
        return FIRST_REFINEMENT + (before << 1 | any & ~before);
    }

    /** Table of sign contexts. */
    static byte[] signs() {
        return SIGNS;
    }

    private static int straight(final int h, final int v, final int d) {
        if (h == 2) {
            return 8;
        } else if (h == 1) {
            return v >= 1 ? 7 : d >= 1 ? 6 : 5;
        }
        return v == 2 ? 4 : v == 1 ? 3 : Math.min(d, 2);
    }

    private static int diagonal(final int hv, final int d) {
        return switch (Math.min(d, 3)) {
            case 3 -> 8;
            case 2 -> hv >= 1 ? 7 : 6;
            case 1 -> 3 + Math.min(hv, 2);
            default -> Math.min(hv, 2);
        };
    }

    /** 0 without significance, 1 for a positive neighbour, -1 for a negative one. */
    private static int contribution(final int bits) {
        return (bits & 2) == 0 ? 0 : (bits & 1) == 0 ? 1 : -1;
    }

    private static int sign(final int h, final int v) {
        final int flip = h < 0 || h == 0 && v < 0 ? 0x80 : 0;
        final int context = h == 0 ? FIRST_SIGN + Math.abs(v) : FIRST_SIGN + 3 + h * v;
        return context | flip;
    }

    /** Sets all contexts as they are at first (table D.7). */
    static void reset(final int[] contexts) {
        Arrays.fill(contexts, MqDecoder.context(0, 0));
        contexts[0] = MqDecoder.context(4, 0);
        contexts[RUN_LENGTH] = MqDecoder.context(3, 0);
        contexts[UNIFORM] = MqDecoder.context(46, 0);
    }
}
