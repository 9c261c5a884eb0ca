package org.selfdiff.imaging;

import java.util.Arrays;

/**
 * A decoded picture: 8-bit red, green, blue, interleaved, row by row. Instances share the array that they are given and
 * nobody writes to it afterwards.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param rgb {@code 3 * width * height} samples
 */
public record Picture(int width, int height, byte[] rgb) {

    /** Checks that the array fits the size. */
    public Picture {
        if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
            throw new IllegalArgumentException(width + " x " + height + " with " + rgb.length + " samples");
        }
    }

    /**
     * One sample.
     *
     * @param channel 0 red, 1 green, 2 blue
     * @return 0 to 255
     */
    public int sample(final int x, final int y, final int channel) {
        return rgb[3 * (y * width + x) + channel] & 0xff;
    }

    /** Whether the three samples of each pixel are equal. */
    public boolean isGrey() {
        for (int i = 0; i < rgb.length; i += 3) {
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
                return false;
            }
        }
        return true;
    }

    /** The largest sample, 0 to 255. */
    public int brightest() {
        int brightest = 0;
        for (final byte sample : rgb) {
            brightest = Math.max(brightest, sample & 0xff);
        }
        return brightest;
    }

    /** The colour of a pixel as {@code 0xRRGGBB}. */
    public int colour(final int x, final int y) {
        return sample(x, y, 0) << 16 | sample(x, y, 1) << 8 | sample(x, y, 2);
    }

    /**
     * Cuts a rectangle; what lies outside of the picture is its reflection.
     *
     * @param x0 left column, may be negative
     * @param y0 upper row, may be negative
     * @param w width, at least 1
     * @param h height, at least 1
     */
    public Picture region(final int x0, final int y0, final int w, final int h) {
        final byte[] out = new byte[Math.multiplyExact(3, Math.multiplyExact(w, h))];
        read(x0, y0, w, h, out);
        return new Picture(w, h, out);
    }

    /**
     * Copies a rectangle; what lies outside of the picture is its reflection.
     *
     * @param out gets {@code 3 * w * h} samples from its start
     */
    public void read(final long x0, final long y0, final int w, final int h, final byte[] out) {
        Reflected.read(width, height, x0, y0, w, h, out, this::inside);
    }

    private void inside(final long x0, final long y0, final int w, final int h, final byte[] out) {
        for (int y = 0; y < h; y++) {
            System.arraycopy(rgb, 3 * ((int) (y0 + y) * width + (int) x0), out, 3 * w * y, 3 * w);
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Picture p && width == p.width && height == p.height && Arrays.equals(rgb, p.rgb);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return "Picture " + width + " x " + height;
    }
}
