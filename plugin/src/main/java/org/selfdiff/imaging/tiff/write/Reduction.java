package org.selfdiff.imaging.tiff.write;

import java.util.Arrays;

/**
 * The next smaller level of a pyramid while the larger one passes by: every pixel is the mean of a square of pixels of
 * the larger level. Holds one row of blocks. Blocks that lie side by side may be given by several threads at once.
 */
final class Reduction {
    private static final byte WHITE = -1;

    private final TiffImage image;

    private final int factor;

    private final byte[] band;

    private long top;

    /**
     * Begins at the upper edge.
     *
     * @param image the smaller level, 8 bits
     * @param factor pixels of the larger level along a side of a pixel of the smaller, a divisor of its blocks' sides
     */
    Reduction(final TiffImage image, final int factor) {
        this.image = image;
        this.factor = factor;
        final int rows = Math.min(image.blockHeight(), image.height());
        band = new byte
                [Math.multiplyExact(
                        Math.multiplyExact(image.width(), rows), image.pixel().bytes())];
        Arrays.fill(band, WHITE);
    }

    /** Takes a block of the larger level; what is never given stays white. */
    void take(final int x, final int y, final int width, final int height, final byte[] samples) {
        final int bands = image.pixel().bands();
        final int x0 = x / factor;
        final int y0 = y / factor;
        final int columns = Math.min(width / factor, image.width() - x0);
        final int rows = Math.min(height / factor, image.height() - y0);
        for (int r = 0; r < rows; r++) {
            int out = ((int) (y0 - top + r) * image.width() + x0) * bands;
            for (int c = 0; c < columns; c++) {
                for (int b = 0; b < bands; b++) {
                    band[out++] = (byte) mean(samples, ((r * width + c) * factor) * bands + b, width, bands);
                }
            }
        }
    }

    private int mean(final byte[] samples, final int first, final int width, final int bands) {
        int sum = 0;
        for (int dy = 0; dy < factor; dy++) {
            int at = first + dy * width * bands;
            for (int dx = 0; dx < factor; dx++) {
                sum += samples[at] & 0xff;
                at += bands;
            }
        }
        return (sum + factor * factor / 2) / (factor * factor);
    }

    /**
     * Whether the row of blocks is complete.
     *
     * @param passed rows of the larger level that were given
     * @param ended whether these were all; what is left is white then
     */
    boolean completeAt(final long passed, final boolean ended) {
        return top < image.height()
                && (ended || passed / factor >= Math.min(top + image.blockHeight(), image.height()));
    }

    /** Whether all rows are done. */
    boolean ended() {
        return top >= image.height();
    }

    /** The samples of a rectangle of the row of blocks that is held. */
    byte[] samples(final int x, final int y, final int width, final int height) {
        final int bytes = image.pixel().bytes();
        final byte[] out = new byte[width * height * bytes];
        for (int r = 0; r < height; r++) {
            System.arraycopy(
                    band, ((int) (y - top + r) * image.width() + x) * bytes, out, r * width * bytes, width * bytes);
        }
        return out;
    }

    /** How many rows of this level are done. */
    long passed() {
        return Math.min(top, image.height());
    }

    /** Goes on to the next row of blocks. */
    void advance() {
        top += image.blockHeight();
        Arrays.fill(band, WHITE);
    }
}
