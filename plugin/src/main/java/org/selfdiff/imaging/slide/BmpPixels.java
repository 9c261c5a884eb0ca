package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Where the pixels of an uncompressed BMP lie (Windows BITMAPINFOHEADER and the older BITMAPCOREHEADER): rows of 1, 4
 * or 8 bit palette indices or of blue, green, red and perhaps an unused byte, each row filled up to 4 bytes, the lowest
 * row first unless the height is negative.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bits of a pixel: 1, 4, 8, 24 or 32
 * @param fromTop whether the uppermost row comes first
 * @param start first byte of the pixels
 * @param palette {@code 0xRRGGBB} by index, empty for 24 and 32 bits
 */
record BmpPixels(int width, int height, int bits, boolean fromTop, long start, int[] palette) {
    private static final int CORE = 12;

    private static final int MAX_HEADER = 54 + 4 * 256 + 128;

    /**
     * Reads the header.
     *
     * @throws IOException if the pixels are compressed, of another kind or not all there
     */
    static BmpPixels read(final FileChannel channel) throws IOException {
        final byte[] bytes = new byte[(int) Math.min(channel.size(), MAX_HEADER)];
        Positional.read(channel, 0, bytes);
        final ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 26) {
            throw new IOException("its header is cut off");
        }
        final int size = header.getInt(14);
        final boolean core = size == CORE;
        if (!core && (size < 40 || bytes.length < 54)) {
            throw new IOException("a header of " + size + " bytes");
        }
        final int width = core ? header.getShort(18) & 0xffff : header.getInt(18);
        final int rows = core ? header.getShort(20) & 0xffff : header.getInt(22);
        final int bits = header.getShort(core ? 24 : 28) & 0xffff;
        final int compression = core ? 0 : header.getInt(30);
        if (compression != 0 || bits != 1 && bits != 4 && bits != 8 && bits != 24 && bits != 32) {
            throw new IOException("compression " + compression + " of " + bits + " bits");
        }
        if (width < 1 || rows == 0 || rows == Integer.MIN_VALUE) {
            throw new IOException("a size of " + width + " x " + rows);
        }
        final int colours = core || header.getInt(46) == 0 ? 1 << Math.min(8, bits) : header.getInt(46);
        final int[] palette = bits > 8 ? new int[0] : palette(header, 14 + size, core ? 3 : 4, colours);
        final BmpPixels pixels =
                new BmpPixels(width, Math.abs(rows), bits, rows < 0, header.getInt(10) & 0xffffffffL, palette);
        if (pixels.start + pixels.stride() * pixels.height > channel.size()) {
            throw new java.io.EOFException("the file is shorter than its pixels");
        }
        return pixels;
    }

    private static int[] palette(final ByteBuffer header, final int at, final int step, final int colours)
            throws IOException {
        if (colours < 1 || colours > 256 || at < 0 || at + (long) step * colours > header.capacity()) {
            throw new IOException("a palette of " + colours + " colours");
        }
        final int[] palette = new int[colours];
        for (int i = 0; i < colours; i++) {
            final int b = header.get(at + step * i) & 0xff;
            final int g = header.get(at + step * i + 1) & 0xff;
            palette[i] = (header.get(at + step * i + 2) & 0xff) << 16 | g << 8 | b;
        }
        return palette;
    }

    /** Bytes of a row. */
    long stride() {
        return ((long) width * bits + 31) / 32 * 4;
    }

    /**
     * Reads part of a row.
     *
     * @param rgb gets {@code 3 * count} samples from {@code at}
     */
    void row(final FileChannel channel, final int x, final int y, final int count, final byte[] rgb, final int at)
            throws IOException {
        final long row = start + stride() * (fromTop ? y : height - 1 - y);
        final long first = (long) x * bits / 8;
        final byte[] bytes = new byte[(int) (((long) (x + count) * bits + 7) / 8 - first)];
        Positional.read(channel, row + first, bytes);
        final int step = bits / 8;
        for (int i = 0; i < count; i++) {
            final int to = at + 3 * i;
            if (bits > 8) {
                rgb[to] = bytes[step * i + 2];
                rgb[to + 1] = bytes[step * i + 1];
                rgb[to + 2] = bytes[step * i];
            } else {
                final long bit = (long) (x + i) * bits - 8 * first;
                final int index = (bytes[(int) (bit / 8)] & 0xff) >> 8 - bits - (int) (bit % 8) & (1 << bits) - 1;
                if (index >= palette.length) {
                    throw new IOException("a pixel of colour " + index + " in a palette of " + palette.length);
                }
                rgb[to] = (byte) (palette[index] >> 16);
                rgb[to + 1] = (byte) (palette[index] >> 8);
                rgb[to + 2] = (byte) palette[index];
            }
        }
    }
}
