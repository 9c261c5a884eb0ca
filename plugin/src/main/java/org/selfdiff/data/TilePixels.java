package org.selfdiff.data;

import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;

/** Writes the pixels of one tile into the arrays of a batch, in one of eight positions. */
record TilePixels(int width, int height, int position) {
    private static final int COLOUR = BatchSettings.COLOUR;

    /** Where the output pixel (x, y) comes from, as an index into the tile. */
    private int source(final int x, final int y) {
        final int u = (position & 4) == 0 ? x : y; // only square tiles swap rows and columns
        final int v = (position & 4) == 0 ? y : x;
        final int column = (position & 1) == 0 ? u : width - 1 - u;
        final int row = (position & 2) == 0 ? v : height - 1 - v;
        return row * width + column;
    }

    /** Planes of bytes: red, green and blue, or one of grey. */
    void planes(final Picture tile, final int channels, final byte[] out, final int offset) {
        final int plane = width * height;
        final byte[] rgb = tile.rgb();
        final int step = COLOUR * (width > 1 ? source(1, 0) - source(0, 0) : 0);
        for (int y = 0; y < height; y++) {
            int from = COLOUR * source(0, y);
            final int start = offset + y * width;
            for (int to = start; to < start + width; to++) {
                if (channels == 1) {
                    out[to] = grey(rgb[from], rgb[from + 1], rgb[from + 2]);
                } else {
                    out[to] = rgb[from];
                    out[to + plane] = rgb[from + 1];
                    out[to + 2 * plane] = rgb[from + 2];
                }
                from += step;
            }
        }
    }

    /** What grey pictures hold, else the luminance by ITU-R BT.601. */
    private static byte grey(final byte r, final byte g, final byte b) {
        return r == g && g == b ? r : (byte) Math.round(0.299 * (r & 0xff) + 0.587 * (g & 0xff) + 0.114 * (b & 0xff));
    }

    /** One plane of labels as bytes. */
    void labels(final LabelMap tile, final byte[] out, final int offset) {
        final int[] labels = tile.labels();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out[offset + y * width + x] = (byte) labels[source(x, y)];
            }
        }
    }
}
