package org.selfdiff.imaging.draw;

import java.util.Arrays;
import org.selfdiff.imaging.Picture;

/**
 * A picture to draw on, without a display and without fonts. Coordinates are pixels from the upper left corner; the
 * centre of the first pixel is (0.5, 0.5). What lies outside is cut off. Strokes have smooth edges.
 */
public final class Canvas {
    private final int width;

    private final int height;

    private final byte[] rgb;

    /**
     * An empty canvas.
     *
     * @param background {@code 0xRRGGBB}
     */
    public Canvas(final int width, final int height, final int background) {
        this.width = width;
        this.height = height;
        rgb = new byte[3 * width * height];
        fill(0, 0, width, height, background, 1);
    }

    /** What was drawn so far. */
    public Picture toPicture() {
        return new Picture(width, height, Arrays.copyOf(rgb, rgb.length));
    }

    /** Mixes a colour into a pixel; {@code share} 0 leaves it, 1 replaces it. */
    public void blend(final int x, final int y, final int colour, final double share) {
        if (x < 0 || y < 0 || x >= width || y >= height || share <= 0) {
            return;
        }
        final int at = 3 * (y * width + x);
        for (int c = 0; c < 3; c++) {
            final double before = rgb[at + c] & 0xff;
            final double after = colour >> 16 - 8 * c & 0xff;
            rgb[at + c] = (byte) Math.round(before + Math.min(1, share) * (after - before));
        }
    }

    /** Fills a rectangle. */
    public void fill(final int x0, final int y0, final int w, final int h, final int colour, final double share) {
        for (int y = Math.max(0, y0); y < Math.min(height, y0 + h); y++) {
            for (int x = Math.max(0, x0); x < Math.min(width, x0 + w); x++) {
                blend(x, y, colour, share);
            }
        }
    }

    /**
     * Copies a picture.
     *
     * @param zoom whole number of pixels for each of its pixels along a side
     */
    public void picture(final Picture picture, final int x0, final int y0, final int zoom) {
        for (int y = 0; y < zoom * picture.height(); y++) {
            for (int x = 0; x < zoom * picture.width(); x++) {
                blend(x0 + x, y0 + y, picture.colour(x / zoom, y / zoom), 1);
            }
        }
    }

    /** A stroke with round ends. */
    public void line(
            final double x0,
            final double y0,
            final double x1,
            final double y1,
            final double thickness,
            final int colour) {
        polyline(new double[] {x0, x1}, new double[] {y0, y1}, thickness, colour, 1);
    }

    /**
     * A stroke through points with round joints, of even strength where it crosses itself.
     *
     * @param share strength, 0 to 1
     */
    public void polyline(
            final double[] xs, final double[] ys, final double thickness, final int colour, final double share) {
        final float[] cover = new float[width * height];
        for (int i = 0; i + 1 < xs.length; i++) {
            cover(cover, xs[i], ys[i], xs[i + 1], ys[i + 1], thickness);
        }
        if (xs.length == 1) {
            cover(cover, xs[0], ys[0], xs[0], ys[0], thickness);
        }
        for (int i = 0; i < cover.length; i++) {
            if (cover[i] > 0) {
                blend(i % width, i / width, colour, cover[i] * share);
            }
        }
    }

    /** Takes the larger of the present cover and that of one stroke, by the distance of the pixel's centre from it. */
    private void cover(
            final float[] cover,
            final double x0,
            final double y0,
            final double x1,
            final double y1,
            final double thick) {
        final double reach = thick / 2 + 1;
        final double dx = x1 - x0;
        final double dy = y1 - y0;
        final double length = dx * dx + dy * dy;
        final int top = (int) Math.max(0, Math.floor(Math.min(y0, y1) - reach));
        final int bottom = (int) Math.min(height - 1.0, Math.ceil(Math.max(y0, y1) + reach));
        final int left = (int) Math.max(0, Math.floor(Math.min(x0, x1) - reach));
        final int right = (int) Math.min(width - 1.0, Math.ceil(Math.max(x0, x1) + reach));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                final double px = x + 0.5 - x0;
                final double py = y + 0.5 - y0;
                final double t = length == 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
                final double distance = Math.hypot(px - t * dx, py - t * dy);
                final float c = (float) Math.max(0, Math.min(1, thick / 2 + 0.5 - distance));
                cover[y * width + x] = Math.max(cover[y * width + x], c);
            }
        }
    }

    /**
     * Writes a text.
     *
     * @param x left edge
     * @param y top of capital letters
     * @param size pixels between the dots of the font; a capital is 7 dots high
     */
    public void text(final String text, final double x, final double y, final double size, final int colour) {
        letters(text, size, colour, (x0, y0, x1, y1, ink) -> cover(ink, x + x0, y + y0, x + x1, y + y1, stroke(size)));
    }

    /** Writes a text upwards; {@code x} is the top of capitals, that is, their left edge on paper. */
    public void textUpwards(final String text, final double x, final double y, final double size, final int colour) {
        letters(text, size, colour, (x0, y0, x1, y1, ink) -> cover(ink, x + y0, y - x0, x + y1, y - x1, stroke(size)));
    }

    private static double stroke(final double size) {
        return Math.max(1, 0.85 * size);
    }

    private interface Ink {
        void stroke(double x0, double y0, double x1, double y1, float[] ink);
    }

    private void letters(final String text, final double size, final int colour, final Ink pen) {
        final float[] ink = new float[width * height];
        BitmapFont.write(text, size, (x0, y0, x1, y1) -> pen.stroke(x0, y0, x1, y1, ink));
        for (int i = 0; i < ink.length; i++) {
            if (ink[i] > 0) {
                blend(i % width, i / width, colour, ink[i]);
            }
        }
    }

    /** Width of a text in pixels. */
    public static double textWidth(final String text, final double size) {
        return BitmapFont.width(text, size);
    }
}
