package org.selfdiff.imaging;

import java.awt.image.Raster;

/**
 * Cyan, magenta, yellow and black as red, green and blue: each colour is what its ink and black let through, whatever the
 * printer. The same in every format.
 */
public final class Inks {
    private static final int FULL = 255;

    private Inks() {}

    /**
     * What two inks let through.
     *
     * @param ink 0 to 255
     * @param black 0 to 255
     * @return red for cyan, green for magenta, blue for yellow, 0 to 255, rounded to nearest
     */
    public static int through(final int ink, final int black) {
        return ((FULL - ink) * (FULL - black) + FULL / 2) / FULL;
    }

    /**
     * The samples of a JPEG of four components. Those with Adobe's marker store what is left without ink.
     *
     * @param raw samples as they are stored
     */
    static Picture ofJpeg(final Raster raw, final JpegMarkers markers) {
        final int width = raw.getWidth();
        final int height = raw.getHeight();
        final byte[] rgb = new byte[Math.toIntExact(3L * width * height)];
        final int[] row = new int[4 * width];
        for (int y = 0; y < height; y++) {
            raw.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                if (markers.adobe() == JpegMarkers.YCCK) {
                    toInverse(row, 4 * x);
                }
                for (int c = 0; c < 3; c++) {
                    final int ink = markers.adobe() < 0 ? row[4 * x + c] : FULL - row[4 * x + c];
                    final int black = markers.adobe() < 0 ? row[4 * x + 3] : FULL - row[4 * x + 3];
                    rgb[3 * (y * width + x) + c] = (byte) through(ink, black);
                }
            }
        }
        return new Picture(width, height, rgb);
    }

    /** Luminance and colour differences as the stored inks: 255 less red, green and blue (JFIF 1.02). */
    private static void toInverse(final int[] row, final int at) {
        final double luminance = row[at];
        final double blue = row[at + 1] - 128.0;
        final double red = row[at + 2] - 128.0;
        row[at] = FULL - clamped(luminance + 1.402 * red);
        row[at + 1] = FULL - clamped(luminance - 0.344136 * blue - 0.714136 * red);
        row[at + 2] = FULL - clamped(luminance + 1.772 * blue);
    }

    private static int clamped(final double value) {
        return (int) Math.round(Math.max(0, Math.min(FULL, value)));
    }
}
