package org.selfdiff.imaging.jpeg2000;

/** The significance and refinement passes of raw bits (T.800 D.6); after a byte of ones a bit is stuffed. */
final class BypassPasses {
    private static final int ALL_ONES = 0xff;

    private final BlockState block;

    private byte[] data;

    private int at;

    private int end;

    private int current;

    private int left;

    BypassPasses(final BlockState block) {
        this.block = block;
    }

    /** Begins a codeword of bytes {@code from} to before {@code to}; ones follow it. */
    void start(final byte[] bytes, final int from, final int to) {
        data = bytes;
        at = from;
        end = to;
        current = 0;
        left = 0;
    }

    private int bit() {
        if (left == 0) {
            left = current == ALL_ONES ? 7 : 8;
            current = at < end ? data[at++] & 0xff : ALL_ONES;
        }
        left--;
        return current >> left & 1;
    }

    /** Coefficients that are not significant but have significant neighbours. */
    void significance(final int plane) {
        final int[] flags = block.flags;
        for (int top = 0; top < block.height; top += 4) {
            final int rows = Math.min(4, block.height - top);
            final int first = block.word(top);
            for (int p = first; p < first + block.width; p++) {
                int f = flags[p];
                for (int k = 0; f != 0 && k < rows; k++) {
                    final int n = f >>> 3 * k;
                    if ((n & BlockContexts.SELF) != 0 || (n & BlockContexts.NEIGHBOURS) == 0) {
                        continue;
                    }
                    f |= BlockContexts.CODED << 3 * k;
                    if (bit() == 1) {
                        final int sign = bit();
                        f |= (BlockContexts.SELF | sign << BlockContexts.SIGN) << 3 * k;
                        block.values[top * block.width + 4 * (p - first) + k] = sign << 31 | 3 << plane;
                        block.spread(p, k, sign);
                    }
                }
                flags[p] = f;
            }
        }
    }

    /** Coefficients that were significant before this bit-plane. */
    void refinement(final int plane) {
        final int[] flags = block.flags;
        for (int top = 0; top < block.height; top += 4) {
            final int first = block.word(top);
            for (int p = first; p < first + block.width; p++) {
                int rows = flags[p] >>> 4 & ~(flags[p] >>> 21) & BlockContexts.ROWS;
                flags[p] |= rows * BlockContexts.REFINED;
                while (rows != 0) {
                    final int k = Integer.numberOfTrailingZeros(rows) / 3;
                    rows &= rows - 1;
                    block.values[top * block.width + 4 * (p - first) + k] += (2 * bit() - 1) << plane;
                }
            }
        }
    }
}
