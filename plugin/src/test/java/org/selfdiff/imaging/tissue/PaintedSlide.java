package org.selfdiff.imaging.tissue;

import java.util.Arrays;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;

/** A slide that is painted in rectangles and disks, with a little noise. */
final class PaintedSlide {
    static final int EOSIN = 0xdca0c8;

    static final int HEMATOXYLIN = 0x5a4696;

    private final int width;

    private final int height;

    private final byte[] rgb;

    PaintedSlide(final int width, final int height, final int glass) {
        this.width = width;
        this.height = height;
        rgb = new byte[3 * width * height];
        box(0, 0, width, height, glass);
    }

    PaintedSlide box(final int x0, final int y0, final int w, final int h, final int colour) {
        for (int y = y0; y < y0 + h; y++) {
            for (int x = x0; x < x0 + w; x++) {
                set(x, y, colour);
            }
        }
        return this;
    }

    PaintedSlide disk(final double cx, final double cy, final double radius, final int colour) {
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (Math.hypot(x - cx, y - cy) <= radius) {
                    set(x, y, colour);
                }
            }
        }
        return this;
    }

    private void set(final int x, final int y, final int colour) {
        for (int c = 0; c < 3; c++) {
            rgb[3 * (y * width + x) + c] = (byte) (colour >> 16 - 8 * c);
        }
    }

    Picture picture() {
        return new Picture(width, height, Arrays.copyOf(rgb, rgb.length));
    }

    /** With noise of up to {@code most} grey levels to both sides. */
    Picture noisy(final int most) {
        final SeededRandom random = new SeededRandom(7);
        final byte[] out = new byte[rgb.length];
        for (int i = 0; i < out.length; i++) {
            final int v = (rgb[i] & 0xff) + random.nextInt(2 * most + 1) - most;
            out[i] = (byte) Math.max(0, Math.min(255, v));
        }
        return new Picture(width, height, out);
    }
}
