package org.selfdiff.imaging.stain;

import org.selfdiff.imaging.Picture;

/**
 * The colour of empty glass, which no scanner makes pure white: the light against which densities are measured.
 *
 * @param red 1 to 255
 * @param green 1 to 255
 * @param blue 1 to 255
 * @param seen whether the picture shows glass; if not, the colour is the usual one
 */
public record GlassColour(double red, double green, double blue, boolean seen) {
    private static final int WHITE = 255;

    /** Darker glass than this has not been met; pale tissue has. */
    private static final int LEAST = 185;

    /** Largest difference of the channels: glass is neutral up to the white balance of the scanner. */
    private static final int CAST = 26;

    /** Largest step to a neighbour in one channel: glass is smooth, tissue is not. */
    private static final int STEP = 5;

    /** So many times more pure white than glass of another colour, and the white is the glass. */
    private static final int PADDING = 30;

    private static final int SAMPLES = 1_000_000;

    /** 240, the incident light that Macenko's reference code takes when nothing is known. */
    public static GlassColour usual() {
        return new GlassColour(240, 240, 240, false);
    }

    /**
     * Finds the glass in a picture: among smooth, bright and neutral pixels the brightest frequent lightness, and the
     * mean colour of the pixels that have it. Pixels of pure white are what a scanner or a stitcher fills in where it
     * saw nothing; they count as glass only if there is no other.
     */
    public static GlassColour in(final Picture picture) {
        final int step = (int) Math.max(1, Math.sqrt((double) picture.width() * picture.height() / SAMPLES));
        final Bright bright = new Bright();
        long looked = 0;
        for (int y = 0; y < picture.height(); y += step) {
            for (int x = 0; x < picture.width(); x += step) {
                bright.look(picture, x, y);
                looked++;
            }
        }
        if (bright.pureWhite > PADDING * bright.frequent() && 200 * bright.pureWhite >= looked) {
            return new GlassColour(WHITE, WHITE, WHITE, true);
        }
        return 200 * bright.frequent() >= looked ? bright.colour() : usual();
    }

    /** Smooth, bright and neutral pixels by their lightness, the sum of their channels divided by three. */
    private static final class Bright {
        private static final int WINDOW = 2;

        private final long[] count = new long[WHITE + 1];

        private final long[][] sums = new long[3][WHITE + 1];

        private long pureWhite;

        void look(final Picture picture, final int x, final int y) {
            final int at = 3 * (y * picture.width() + x);
            final byte[] rgb = picture.rgb();
            final int r = rgb[at] & 0xff;
            final int g = rgb[at + 1] & 0xff;
            final int b = rgb[at + 2] & 0xff;
            if (r + g + b == 3 * WHITE) {
                pureWhite++;
                return;
            }
            final int min = Math.min(r, Math.min(g, b));
            if (min < LEAST || Math.max(r, Math.max(g, b)) - min > CAST) {
                return;
            }
            if (x + 1 < picture.width() && step(rgb, at, at + 3) > STEP
                    || y + 1 < picture.height() && step(rgb, at, at + 3 * picture.width()) > STEP) {
                return;
            }
            final int lightness = (r + g + b) / 3;
            count[lightness]++;
            sums[0][lightness] += r;
            sums[1][lightness] += g;
            sums[2][lightness] += b;
        }

        private static int step(final byte[] rgb, final int i, final int j) {
            int most = 0;
            for (int c = 0; c < 3; c++) {
                most = Math.max(most, Math.abs((rgb[i + c] & 0xff) - (rgb[j + c] & 0xff)));
            }
            return most;
        }

        /** Pixels within the window about a lightness. */
        private static long near(final long[] of, final int lightness) {
            long sum = 0;
            for (int v = Math.max(0, lightness - WINDOW); v <= Math.min(WHITE, lightness + WINDOW); v++) {
                sum += of[v];
            }
            return sum;
        }

        /** How many pixels have the most frequent lightness. */
        long frequent() {
            long most = 0;
            for (int v = 0; v <= WHITE; v++) {
                most = Math.max(most, near(count, v));
            }
            return most;
        }

        /** Of the brightest peak that is at least a quarter as high as the highest. */
        GlassColour colour() {
            final long enough = (frequent() + 3) / 4;
            int peak = WHITE;
            while (near(count, peak) < enough) {
                peak--;
            }
            while (near(count, peak - 1) > near(count, peak)) {
                peak--;
            }
            final double n = near(count, peak);
            return new GlassColour(near(sums[0], peak) / n, near(sums[1], peak) / n, near(sums[2], peak) / n, true);
        }
    }
}
