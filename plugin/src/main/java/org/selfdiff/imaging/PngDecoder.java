package org.selfdiff.imaging;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Decodes PNG (W3C PNG, second edition) to its exact samples: every colour type, 1 to 16 bits, interlaced or not. Gamma
 * and colour profiles are left alone, as microscopy software does. Ours because label maps need 16-bit samples and
 * palette indices, and because a file that is cut off must be refused.
 */
final class PngDecoder {
    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    /** Packed bytes that are handed to the decompression at once: a call for every few of them would take longer than they. */
    private static final int PACKED = 1 << 14;

    /** Bytes that are unpacked at once: towards the end of what is asked for, zlib goes byte by byte. */
    private static final int UNPACKED = 1 << 15;

    /** Adam7: first column, first row, column step, row step. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    /** Takes rows of samples as they are decoded. */
    interface Rows {
        /**
         * One row of one interlace pass.
         *
         * @param samples {@code channels} values for each of {@code count} pixels
         */
        void row(int y, int x0, int step, int count, int[] samples) throws IOException;

        /**
         * The same row as the file packs it, before its samples are taken apart.
         *
         * @return whether it was taken, so that {@link #row} is not needed
         */
        default boolean packed(final int y, final int x0, final int step, final int count, final byte[] row)
                throws IOException {
            return false;
        }
    }

    /**
     * What the header says.
     *
     * @param depth bits of a sample: 1, 2, 4, 8 or 16
     * @param colourType 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
     * @param palette {@code 0xRRGGBB} by index, empty without a palette
     * @param transparency content of tRNS, empty without
     */
    record Layout(int width, int height, int depth, int colourType, int[] palette, byte[] transparency) {
        int channels() {
            return switch (colourType) {
                case 2 -> 3;
                case 4 -> 2;
                case 6 -> 4;
                default -> 1;
            };
        }

        /** Whether the pixel whose samples begin at a place is wholly transparent. */
        boolean transparent(final int[] samples, final int at) {
            return switch (colourType) {
                case 3 -> samples[at] < transparency.length && transparency[samples[at]] == 0;
                case 4, 6 -> samples[at + channels() - 1] == 0;
                default -> key(samples, at);
            };
        }

        /** Whether a colour is the one that tRNS declares transparent. */
        boolean key(final int[] samples, final int at) {
            boolean same = transparency.length >= 2 * channels();
            for (int i = 0; same && i < channels(); i++) {
                same = ((transparency[2 * i] & 0xff) << 8 | transparency[2 * i + 1] & 0xff) == samples[at + i];
            }
            return same;
        }
    }

    private final PngChunks chunks;

    private final Layout layout;

    private final boolean interlaced;

    private final long pictures;

    /** Reads everything before the pixels. */
    PngDecoder(final InputStream stream) throws IOException {
        chunks = new PngChunks(stream);
        if (chunks.next() != PngChunks.IHDR) {
            throw new IOException("no header");
        }
        final DataInputStream header = new DataInputStream(new ByteArrayInputStream(chunks.content(13)));
        final int width = header.readInt();
        final int height = header.readInt();
        final int depth = header.readUnsignedByte();
        final int colourType = header.readUnsignedByte();
        final int methods = header.readUnsignedShort();
        final int interlace = header.readUnsignedByte();
        checkHeader(width, height, depth, colourType, methods, interlace);
        interlaced = interlace == 1;
        int[] palette = {};
        byte[] transparency = {};
        long announced = 1;
        for (int type = chunks.next(); type != PngChunks.IDAT; type = chunks.next()) {
            if (type == PngChunks.PLTE) {
                palette = palette(chunks.content(768));
            } else if (type == PngChunks.TRNS) {
                transparency = chunks.content(256);
            } else if (type == PngChunks.ACTL) {
                announced = pictures(chunks.content(8));
            } else if (type == PngChunks.IEND) {
                throw new IOException("no pixels");
            }
        }
        if (colourType == 3 && palette.length == 0) {
            throw new IOException("a palette picture without a palette");
        }
        layout = new Layout(width, height, depth, colourType, palette, transparency);
        pictures = announced;
    }

    private static void checkHeader(
            final int width, final int height, final int depth, final int type, final int methods, final int interlace)
            throws IOException {
        final boolean depthFits =
                switch (type) {
                    case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                    case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                    case 2, 4, 6 -> depth == 8 || depth == 16;
                    default -> false;
                };
        if (!depthFits || methods != 0 || interlace > 1 || width < 1 || height < 1) {
            throw new IOException("a header that PNG does not know: type " + type + ", depth " + depth + ", methods "
                    + methods + ", interlace " + interlace);
        }
    }

    private static long pictures(final byte[] animation) throws IOException {
        if (animation.length < 4) {
            throw new IOException("an animation that does not say of how many pictures");
        }
        return ByteBuffer.wrap(animation).getInt() & 0xffffffffL;
    }

    private static int[] palette(final byte[] bytes) {
        final int[] palette = new int[bytes.length / 3];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = (bytes[3 * i] & 0xff) << 16 | (bytes[3 * i + 1] & 0xff) << 8 | bytes[3 * i + 2] & 0xff;
        }
        return palette;
    }

    Layout layout() {
        return layout;
    }

    /** Pictures in the file, more than one if it is an animation, of which the first is decoded. */
    long pictures() {
        return pictures;
    }

    /** Decodes all rows and reads on to the end of the file. */
    void decode(final Rows rows) throws IOException {
        final Inflater inflater = new Inflater();
        try {
            final InputStream pixels =
                    new BufferedInputStream(new InflaterInputStream(chunks, inflater, PACKED), UNPACKED);
            for (final int[] pass : interlaced ? ADAM7 : WHOLE) {
                final int count = (layout.width - pass[0] + pass[2] - 1) / pass[2];
                if (count > 0) {
                    pass(pixels, pass, count, rows);
                }
            }
        } finally {
            inflater.end();
        }
        chunks.toEnd();
    }

    private void pass(final InputStream pixels, final int[] pass, final int count, final Rows rows) throws IOException {
        final int bits = layout.depth * layout.channels();
        final int bytes = Math.toIntExact(((long) count * bits + 7) / 8);
        final int distance = Math.max(1, bits / 8);
        final byte[] read = new byte[bytes + 1];
        byte[] previous = new byte[bytes];
        byte[] row = new byte[bytes];
        int[] samples = null;
        for (int y = pass[1]; y < layout.height; y += pass[3]) {
            if (pixels.readNBytes(read, 0, bytes + 1) <= bytes) {
                throw new EOFException();
            }
            PngFilter.undo(read, row, previous, distance);
            if (!rows.packed(y, pass[0], pass[2], count, row)) {
                samples = samples == null ? new int[count * layout.channels()] : samples;
                unpack(row, samples, layout.depth);
                rows.row(y, pass[0], pass[2], count, samples);
            }
            final byte[] swap = previous;
            previous = row;
            row = swap;
        }
    }

    private static void unpack(final byte[] row, final int[] samples, final int depth) {
        for (int i = 0; i < samples.length; i++) {
            if (depth == 16) {
                samples[i] = (row[2 * i] & 0xff) << 8 | row[2 * i + 1] & 0xff;
            } else if (depth == 8) {
                samples[i] = row[i] & 0xff;
            } else {
                final int bit = i * depth;
                samples[i] = (row[bit >> 3] & 0xff) >> 8 - depth - (bit & 7) & (1 << depth) - 1;
            }
        }
    }
}
