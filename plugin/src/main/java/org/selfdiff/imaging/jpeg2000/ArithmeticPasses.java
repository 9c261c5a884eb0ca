package org.selfdiff.imaging.jpeg2000;

/**
 * The three coding passes (T.800 D.3) with the arithmetic decoder. Each takes and returns the decoder's {@code d}, which
 * stays in a local variable, see {@link MqDecoder}; the lines of a decoding are written out for that reason.
 */
final class ArithmeticPasses {
    private static final byte[] SIGNS = BlockContexts.signs();

    private final BlockState block;

    private final MqDecoder mq;

    ArithmeticPasses(final BlockState block, final MqDecoder mq) {
        this.block = block;
        this.mq = mq;
    }

    /**
     * Coefficients that are not significant but have significant neighbours.
     *
     * @param table significance contexts of the band
     * @param plane the bit-plane, 0 the lowest
     */
    int significance(final byte[] table, final int plane, final int start) {
        final int[] flags = block.flags;
        final int[] contexts = mq.contexts;
        final int width = block.width;
        int d = start;
        for (int top = 0; top < block.height; top += 4) {
            final int within = BlockContexts.ROWS & (1 << 3 * Math.min(4, block.height - top)) - 1;
            final int first = block.word(top);
            for (int p = first; p < first + width; p++) {
                int f = flags[p];
                if (f == 0) {
                    continue;
                }
                int rows = BlockContexts.beside(f) & within;
                while (rows != 0) {
                    final int shift = Integer.numberOfTrailingZeros(rows);
                    rows &= rows - 1;
                    final int i = table[f >>> shift & 0x1ff];
                    final int s = contexts[i];
                    d -= s >>> MqDecoder.QE;
                    int bit = s & 1;
                    if (d < 0) {
                        d = mq.exchange(i, d);
                        bit = d & 1;
                        d >>= 1;
                    }
                    f |= BlockContexts.CODED << shift;
                    if (bit != 0) {
                        d = significant(f, p, shift, top * width + 4 * (p - first), plane, d);
                        f |= (BlockContexts.SELF | (d & 1) << BlockContexts.SIGN) << shift;
                        d >>= 1;
                        rows |= 8 << shift & ~(f >>> 4) & within; // the row below has a neighbour now
                    }
                }
                flags[p] = f;
            }
        }
        return d;
    }

    /** Decodes the sign of a coefficient that becomes significant; returns twice {@code d} plus the sign. */
    private int significant(
            final int f, final int p, final int shift, final int column, final int plane, final int start) {
        final int k = shift / 3;
        final int t = SIGNS[block.signIndex(f, p, k)];
        final int d = mq.decode(t & 0x7f, start) ^ t >>> 31;
        block.values[column + k] = d << 31 | 3 << plane;
        block.spread(p, k, d & 1);
        return d;
    }

    /** Coefficients that were significant before this bit-plane. */
    int refinement(final int plane, final int start) {
        final int[] flags = block.flags;
        final int[] values = block.values;
        final int[] contexts = mq.contexts;
        final int width = block.width;
        int d = start;
        for (int top = 0; top < block.height; top += 4) {
            final int first = block.word(top);
            for (int p = first; p < first + width; p++) {
                int f = flags[p];
                int rows = f >>> 4 & ~(f >>> 21) & BlockContexts.ROWS;
                while (rows != 0) {
                    final int shift = Integer.numberOfTrailingZeros(rows);
                    rows &= rows - 1;
                    final int i = BlockContexts.refinement(f >>> shift);
                    final int s = contexts[i];
                    d -= s >>> MqDecoder.QE;
                    int bit = s & 1;
                    if (d < 0) {
                        d = mq.exchange(i, d);
                        bit = d & 1;
                        d >>= 1;
                    }
                    values[top * width + 4 * (p - first) + shift / 3] += (2 * bit - 1) << plane;
                    f |= BlockContexts.REFINED << shift;
                }
                flags[p] = f;
            }
        }
        return d;
    }

    /** All others; columns of four without any significance around them begin with one symbol for all (D.3.4). */
    int cleanUp(final byte[] table, final int plane, final int start) {
        final int[] flags = block.flags;
        final int width = block.width;
        int d = start;
        for (int top = 0; top < block.height; top += 4) {
            final int ends = 3 * Math.min(4, block.height - top);
            final int first = block.word(top);
            for (int p = first; p < first + width; p++) {
                final int f = flags[p];
                int from = -1;
                if (f == 0 && ends == 12) {
                    d = mq.decode(BlockContexts.RUN_LENGTH, d);
                    final int any = d & 1;
                    d >>= 1;
                    if (any == 0) {
                        continue;
                    }
                    d = mq.decode(BlockContexts.UNIFORM, d);
                    from = d & 1;
                    d = mq.decode(BlockContexts.UNIFORM, d >> 1);
                    from = 3 * (2 * from + (d & 1));
                    d >>= 1;
                }
                d = column(table, p, from, ends, top * width + 4 * (p - first), plane, d);
            }
        }
        return d;
    }

    /**
     * The coefficients of a column that no other pass coded.
     *
     * @param known three times the row that is known to be the first significant one, -1 if none is
     */
    private int column(
            final byte[] table,
            final int p,
            final int known,
            final int ends,
            final int column,
            final int plane,
            final int start) {
        final int[] contexts = mq.contexts;
        int f = block.flags[p];
        int d = start;
        int rows = ~(f >>> 4 | f >>> 21) & BlockContexts.ROWS & (1 << ends) - (1 << Math.max(0, known));
        while (rows != 0) {
            final int shift = Integer.numberOfTrailingZeros(rows);
            rows &= rows - 1;
            int bit = 1;
            if (shift != known) {
                final int i = table[f >>> shift & 0x1ff];
                final int s = contexts[i];
                d -= s >>> MqDecoder.QE;
                bit = s & 1;
                if (d < 0) {
                    d = mq.exchange(i, d);
                    bit = d & 1;
                    d >>= 1;
                }
            }
            if (bit != 0) {
                d = significant(f, p, shift, column, plane, d);
                f |= (BlockContexts.SELF | (d & 1) << BlockContexts.SIGN) << shift;
                d >>= 1;
            }
        }
        block.flags[p] = f & ~(BlockContexts.ROWS * BlockContexts.CODED);
        return d;
    }
}
