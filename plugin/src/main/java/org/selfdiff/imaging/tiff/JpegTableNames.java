package org.selfdiff.imaging.tiff;

import java.io.IOException;

/**
 * Which quantization and Huffman tables a JPEG stream defines, and whether those that it names are among them (ITU T.81,
 * B.2). A decoder that is used again keeps the tables of the stream before: a stream that lacks one would be decoded with
 * somebody else's, and what comes out would depend on what was read before.
 */
final class JpegTableNames {
    private static final int DHT = 0xc4;

    private static final int DQT = 0xdb;

    private static final int SOF2 = 0xc2;

    private static final int SOF1 = 0xc1;

    private static final int SOF0 = 0xc0;

    /** A bit for each table, by its number. */
    private int quantization;

    /** DC tables in the lower four bits, AC tables in the upper four. */
    private int huffman;

    /** Quantization tables that the frame names. */
    private int named;

    private boolean progressive;

    /**
     * Notes the tables that a segment defines or names.
     *
     * @param at of its marker
     * @param length as the segment says, without the marker; lies within the bytes
     */
    void note(final byte[] in, final int at, final int length, final int marker) {
        final int end = at + 2 + length;
        if (marker == DQT) {
            for (int i = at + 4; i < end; i += (in[i] & 0xf0) == 0 ? 65 : 129) {
                quantization |= 1 << (in[i] & 3);
            }
        } else if (marker == DHT) {
            int i = at + 4;
            while (i + 17 <= end) {
                huffman |= 1 << ((in[i] >> 2 & 4) + (in[i] & 3));
                int symbols = 0;
                for (int k = 1; k <= 16; k++) {
                    symbols += in[i + k] & 0xff;
                }
                i += 17 + symbols;
            }
        } else if (marker == SOF0 || marker == SOF1 || marker == SOF2) {
            progressive = marker == SOF2;
            for (int i = at + 10; i + 3 <= end; i += 3) {
                named |= 1 << (in[i + 2] & 3);
            }
        }
    }

    /**
     * Checks the tables of a scan.
     *
     * @param at of the marker that begins it
     * @param components of the frame
     * @return whether the scan holds all components, so that it is the only one of a sequential stream
     * @throws IOException naming a table that is not defined
     */
    boolean scan(final byte[] in, final int at, final int components) throws IOException {
        if ((named & ~quantization) != 0) {
            throw missing("quantization", Integer.numberOfTrailingZeros(named & ~quantization));
        }
        final int count = at + 4 < in.length ? in[at + 4] & 0xff : 0;
        final int kinds = kinds(in, at + 5 + 2 * count);
        for (int i = at + 5; i + 1 < in.length && i < at + 5 + 2 * count; i += 2) {
            final int needed = (1 << (in[i + 1] >> 4 & 3) | 16 << (in[i + 1] & 3)) & kinds;
            if ((needed & ~huffman) != 0) {
                throw missing("Huffman", Integer.numberOfTrailingZeros(needed & ~huffman) & 3);
            }
        }
        return count == components;
    }

    /**
     * Which kinds of Huffman tables a scan needs: both, or in a progressive stream the first DC scan DC tables, a
     * refinement of it none, and the others AC tables.
     *
     * @param at of the scan's spectral selection and approximation
     */
    private int kinds(final byte[] in, final int at) {
        if (!progressive || at + 2 >= in.length) {
            return 0xff;
        }
        return in[at] != 0 ? 0xf0 : (in[at + 2] & 0xf0) == 0 ? 0x0f : 0;
    }

    private static IOException missing(final String kind, final int number) {
        return new IOException("its JPEG stream names " + kind + " table " + number + ", which is not there");
    }
}
