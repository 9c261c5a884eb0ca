package org.selfdiff.bench.slides.readers;

import java.awt.image.BufferedImage;

/** Pixels of Java's pictures. */
final class Colours {
    private Colours() {}

    /** Red, green, blue, interleaved. */
    static byte[] rgb(final BufferedImage picture) {
        final int width = picture.getWidth();
        final int[] colours = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
        final byte[] rgb = new byte[3 * colours.length];
        for (int i = 0; i < colours.length; i++) {
            rgb[3 * i] = (byte) (colours[i] >> 16);
            rgb[3 * i + 1] = (byte) (colours[i] >> 8);
            rgb[3 * i + 2] = (byte) colours[i];
        }
        return rgb;
    }
}
