package org.selfdiff.data;

import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;

/** Writes the pixels of one tile into the arrays of a batch, in one of eight positions. */
record TilePixels(int width, int height, int position) {

    /** Where the output pixel (x, y) comes from, as an index into the tile. */
    private int source(final int x, final int y) {
        final int u = (position & 4) == 0 ? x : y; // only square tiles swap rows and columns
        final int v = (position & 4) == 0 ? y : x;
        final int column = (position & 1) == 0 ? u : width - 1 - u;
        final int row = (position & 2) == 0 ? v : height - 1 - v;
        return row * width + column;
    }

    /** Planes of red, green and blue, from 0..255 to low..high. */
    void colours(
            final Picture tile,
            final Augmentation.ColourChange change,
            final float low,
            final float high,
            final float[] out,
            final int offset) {
        final int plane = width * height;
        final byte[] rgb = tile.rgb();
        final double[] changed = new double[Batch.CHANNELS];
        final double scale = ((double) high - low) / 255;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                final int from = Batch.CHANNELS * source(x, y);
                final int to = offset + y * width + x;
                if (change != null) {
                    change.apply(rgb[from] & 0xff, rgb[from + 1] & 0xff, rgb[from + 2] & 0xff, changed);
                }
                for (int c = 0; c < Batch.CHANNELS; c++) {
                    final double value = change == null ? rgb[from + c] & 0xff : changed[c];
                    out[to + c * plane] = (float) (low + value * scale);
                }
            }
        }
    }

    /** One plane of labels. */
    void labels(final LabelMap tile, final long[] out, final int offset) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                out[offset + y * width + x] = tile.labels()[source(x, y)];
            }
        }
    }
}
