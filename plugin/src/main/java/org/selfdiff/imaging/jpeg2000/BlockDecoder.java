package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;

/** Decodes code-blocks (T.800 Annex D), one after the other with the same buffers. */
final class BlockDecoder {
    /** The arithmetic decoder reads on into two bytes of ones. */
    private static final int TAIL = 2;

    private static final int SEGMENTATION_SYMBOL = 10;

    private final BlockState state = new BlockState();

    private final MqDecoder mq = new MqDecoder(BlockContexts.COUNT);

    private final ArithmeticPasses arithmetic = new ArithmeticPasses(state, mq);

    private final BypassPasses bypass = new BypassPasses(state);

    private byte[] bytes = new byte[4096];

    /** Bytes that a codeword's tail took the place of. */
    private final byte[] behind = new byte[TAIL];

    /**
     * Decodes a block. Some encoders write more coding passes than the bit-planes have (three each, one for the first);
     * what is behind the last bit-plane is passed over.
     *
     * @param data the tile's data
     * @param block has at least one pass
     * @param planes bit-planes of the band, those of a region of interest included
     * @return the coefficients, valid until the next call
     * @throws IOException if a segmentation symbol is wrong
     */
    BlockState decode(
            final byte[] data, final CodeBlock block, final Subband band, final CodingStyle style, final int planes)
            throws IOException {
        state.start(block.place.width(), block.place.height(), style.has(CodingStyle.CAUSAL));
        BlockContexts.reset(mq.contexts);
        if (bytes.length < block.bytes() + TAIL) {
            bytes = new byte[block.bytes() + block.bytes() / 2 + TAIL];
        }
        block.copy(data, bytes);
        final byte[] table = BlockContexts.significance(band.highX(), band.highY());
        int pass = 2; // the first pass is a clean-up
        int plane = planes - block.emptyPlanes - 1;
        final int raw = style.has(CodingStyle.BYPASS) ? plane - 4 : -1;
        int from = 0;
        for (int s = 0; s < block.segments() && plane >= 0; s++) {
            final int to = from + block.bytesOf(s);
            final boolean isRaw = plane <= raw && pass < 2;
            int d = isRaw ? startRaw(from, to) : startArithmetic(from, to);
            for (int i = block.passesOf(s); i > 0 && plane >= 0; i--) {
                final boolean isLast = i == 1 && s == block.segments() - 1;
                d = pass(table, pass, plane, isRaw, style, isLast, d);
                if (style.has(CodingStyle.RESET)) {
                    BlockContexts.reset(mq.contexts);
                }
                plane -= pass / 2;
                pass = (pass + 1) % 3;
            }
            System.arraycopy(behind, 0, bytes, to, TAIL);
            from = to;
        }
        return state;
    }

    private int startRaw(final int from, final int to) {
        System.arraycopy(bytes, to, behind, 0, TAIL);
        bypass.start(bytes, from, to);
        return 0;
    }

    private int startArithmetic(final int from, final int to) {
        System.arraycopy(bytes, to, behind, 0, TAIL);
        bytes[to] = (byte) 0xff;
        bytes[to + 1] = (byte) 0xff;
        return mq.start(bytes, from);
    }

    private int pass(
            final byte[] table,
            final int pass,
            final int plane,
            final boolean isRaw,
            final CodingStyle style,
            final boolean isLast,
            final int start)
            throws IOException {
        if (isRaw && pass == 0) {
            bypass.significance(plane);
            return 0;
        } else if (isRaw) {
            bypass.refinement(plane);
            return 0;
        } else if (pass == 0) {
            return arithmetic.significance(table, plane, start);
        } else if (pass == 1) {
            return arithmetic.refinement(plane, start);
        }
        int d = arithmetic.cleanUp(table, plane, start);
        if (style.has(CodingStyle.SEGMENTATION)) {
            int symbol = 0;
            for (int i = 0; i < 4; i++) {
                d = mq.decode(BlockContexts.UNIFORM, d);
                symbol = 2 * symbol + (d & 1);
                d >>= 1;
            }
            if (symbol != SEGMENTATION_SYMBOL && !isLast) { // some encoders cut the last pass of a layer a little short
                throw new IOException("a code-block is damaged: its segmentation symbol is " + symbol);
            }
        }
        return d;
    }
}
