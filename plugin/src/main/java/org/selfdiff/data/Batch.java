package org.selfdiff.data;

import java.util.List;

/**
 * Tiles as numbers, ready to become tensors.
 *
 * @param pixels red, green and blue planes of each tile (NCHW), in the value range of the settings
 * @param labels class index of each pixel (NHW); empty if the tiles are read without masks
 * @param count N, number of tiles
 * @param height H in pixels
 * @param width W in pixels
 * @param tiles which tiles these are
 */
public record Batch(float[] pixels, long[] labels, int count, int height, int width, List<Tile> tiles) {
    /** C: red, green, blue. */
    public static final int CHANNELS = 3;

    /** N, C, H, W. */
    public long[] pixelShape() {
        return new long[] {count, CHANNELS, height, width};
    }

    /** N, H, W. */
    public long[] labelShape() {
        return new long[] {count, height, width};
    }
}
