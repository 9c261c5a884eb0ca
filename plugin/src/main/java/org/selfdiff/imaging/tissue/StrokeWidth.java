package org.selfdiff.imaging.tissue;

/**
 * How wide strokes are. From the edges of a stroke to its middle the distance to what is no stroke grows evenly, so that
 * the width follows from the distances of all of its pixels. They are those of steps to the side (1) and across (4/3),
 * in two sweeps (Borgefors 1986). Beyond the border of the picture a stroke goes on.
 *
 * @param thirds distance of each pixel to the nearest that is 0 in the mask, in thirds of a pixel
 */
record StrokeWidth(int[] thirds) {

    static StrokeWidth of(final byte[] mask, final int width, final int height) {
        final int[] thirds = new int[mask.length];
        for (int i = 0; i < thirds.length; i++) {
            thirds[i] = mask[i] == 0 ? 0 : nearer(thirds, i, -1, width, height);
        }
        for (int i = thirds.length - 1; i >= 0; i--) {
            thirds[i] = Math.min(thirds[i], nearer(thirds, i, 1, width, height));
        }
        return new StrokeWidth(thirds);
    }

    /** One step further than the nearest neighbour above and to the left (side -1), or below and to the right (1). */
    private static int nearer(final int[] thirds, final int i, final int side, final int width, final int height) {
        final int x = i % width;
        final int y = i / width;
        int least = 3 * (width + height);
        if (x + side >= 0 && x + side < width) {
            least = Math.min(least, thirds[i + side] + 3);
        }
        if (y + side >= 0 && y + side < height) {
            final int other = i + side * width;
            least = Math.min(least, thirds[other] + 3);
            least = x > 0 ? Math.min(least, thirds[other - 1] + 4) : least;
            least = x + 1 < width ? Math.min(least, thirds[other + 1] + 4) : least;
        }
        return least;
    }

    /** Half of the width of the widest strokes in pixels: no more than a twentieth of all pixels is farther inside. */
    double half() {
        int longest = 0;
        long left = 0;
        for (final int d : thirds) {
            longest = Math.max(longest, d);
            left += d > 0 ? 1 : 0;
        }
        final int[] histogram = new int[longest + 1];
        for (final int d : thirds) {
            histogram[d]++;
        }
        final long inside = left / 20;
        int at = 0;
        while (left > inside) {
            left -= histogram[++at];
        }
        return at / 3.0;
    }

    /** Half of the width of each part: twice the mean distance. */
    double[] halves(final Components parts) {
        final long[] sums = parts.sum(thirds);
        final double[] out = new double[sums.length];
        for (int p = 0; p < out.length; p++) {
            out[p] = 2 * sums[p] / (3.0 * parts.area(p));
        }
        return out;
    }
}
