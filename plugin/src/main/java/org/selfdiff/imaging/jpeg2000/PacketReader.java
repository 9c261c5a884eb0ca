package org.selfdiff.imaging.jpeg2000;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/** Reads the packets of a tile (T.800 B.9, B.10) and leaves their bytes to the code-blocks. */
final class PacketReader {
    private static final int SOP = 0xff91;

    private static final int EPH = 0xff92;

    /** Bytes of an SOP marker segment. */
    private static final int SOP_LENGTH = 6;

    /** Bits of magnitude that the block decoder keeps. */
    private static final int MOST_PLANES = 30;

    /** Some encoders write passes of bit-planes that there are not; with more of them, the stream is out of step. */
    private static final int MOST_SURPLUS = 9;

    private final PacketBits bits;

    /** Blocks, segments and lengths of the packet at hand: what its body holds, in its order. */
    private CodeBlock[] blocks = new CodeBlock[16];

    private int[] segments = new int[16];

    private int[] lengths = new int[16];

    private int count;

    PacketReader(final Codestream.TileStream tile) {
        bits = new PacketBits(tile.data(), tile.from(), tile.to());
    }

    /** Reads the next packet, which is of this precinct and layer. */
    void read(final Precinct precinct, final int layer) throws IOException {
        if (bits.atMarker(SOP)) {
            bits.skip(Math.min(SOP_LENGTH, bits.left()));
        }
        count = 0;
        if (bits.bit() == 1) {
            for (final Precinct.Part part : precinct.parts) {
                for (int b = 0; b < part.blocks.length; b++) {
                    block(precinct.style, part, b, layer);
                }
            }
        }
        bits.align();
        if (bits.atMarker(EPH)) {
            bits.skip(2);
        }
        for (int i = 0; i < count; i++) {
            if (lengths[i] > bits.left()) {
                throw new EOFException((lengths[i] - bits.left()) + " bytes are missing in its body");
            }
            blocks[i].addRun(segments[i], bits.at(), lengths[i]);
            bits.skip(lengths[i]);
        }
    }

    private void block(final CodingStyle style, final Precinct.Part part, final int b, final int layer)
            throws IOException {
        CodeBlock block = part.blocks[b];
        if (block == null) {
            if (!part.included(b, layer, bits)) {
                return;
            }
            block = new CodeBlock(part.place(b), part.readEmptyPlanes(b, bits));
            part.blocks[b] = block;
        } else if (bits.bit() == 0) {
            return;
        }
        int passes = passes();
        final int planes = part.planes - block.emptyPlanes;
        final int most = 3 * planes - 2 + MOST_SURPLUS;
        if (planes < 1 || planes > MOST_PLANES || block.passes() + passes > most) {
            throw new IOException("a code-block of " + planes + " bit-planes and " + (block.passes() + passes)
                    + " coding passes; 1 to " + MOST_PLANES + " bit-planes, and three passes to each but one to the"
                    + " first, are allowed");
        }
        while (bits.bit() == 1) {
            block.lengthBits++;
        }
        while (passes > 0) {
            if (block.room(style) == 0) {
                block.addSegment();
            }
            final int some = Math.min(passes, block.room(style));
            block.addPasses(some);
            contribute(block, some);
            passes -= some;
        }
    }

    /** Number of new passes (T.800 table B.4). */
    private int passes() throws IOException {
        if (bits.bit() == 0) {
            return 1;
        } else if (bits.bit() == 0) {
            return 2;
        }
        final int few = bits.bits(2);
        if (few < 3) {
            return 3 + few;
        }
        final int more = bits.bits(5);
        return more < 31 ? 6 + more : 37 + bits.bits(7);
    }

    private void contribute(final CodeBlock block, final int passes) throws IOException {
        final int width = block.lengthBits + 31 - Integer.numberOfLeadingZeros(passes);
        if (width > 31) {
            throw new IOException("the length of a code-block's bytes has " + width + " bits");
        }
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * count);
            segments = Arrays.copyOf(segments, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        blocks[count] = block;
        segments[count] = block.segments() - 1;
        lengths[count] = bits.bits(width);
        count++;
    }
}
