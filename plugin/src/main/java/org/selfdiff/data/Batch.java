package org.selfdiff.data;

import java.util.List;
import org.selfdiff.imaging.Picture;

/**
 * Tiles as bytes, ready to go to a device, where {@link PixelScript} makes numbers of them.
 *
 * @param pixels planes of each tile (NCHW), 0 black to 255 white: red, green and blue, or grey alone
 * @param labels class index of each pixel (NHW); empty if the tiles are read without masks
 * @param colours numbers of each tile that say how its colours change on the device ({@link
 *     Augmentation.ColourChange}); empty if they stay
 * @param channels C, 3 or 1
 * @param height H in pixels
 * @param width W in pixels
 * @param tiles which tiles these are, N of them
 */
public record Batch(
        byte[] pixels, byte[] labels, float[] colours, int channels, int height, int width, List<Tile> tiles) {

    /** N, number of tiles. */
    public int count() {
        return tiles.size();
    }

    /** N, C, H, W. */
    public long[] pixelShape() {
        return new long[] {count(), channels, height, width};
    }

    /** N, H, W. */
    public long[] labelShape() {
        return new long[] {count(), height, width};
    }

    /**
     * Writes the planes of a whole picture, as a batch holds them.
     *
     * @param channels 3, or 1 for grey
     */
    public static void planes(final Picture picture, final int channels, final byte[] out, final int offset) {
        new TilePixels(picture.width(), picture.height(), 0).planes(picture, channels, out, offset);
    }
}
