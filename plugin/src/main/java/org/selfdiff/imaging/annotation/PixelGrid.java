package org.selfdiff.imaging.annotation;

/**
 * Pixels that regions are drawn into: pixel (i, j) covers a square of {@code downsample} pixels of level 0, and its
 * centre lies at {@code (x0 + (i + 0.5) * downsample, y0 + (j + 0.5) * downsample)}. A region covers a pixel if it
 * holds its centre.
 *
 * @param x0 left side of the first column in pixels of level 0, may be negative
 * @param y0 upper side of the first row in pixels of level 0, may be negative
 * @param downsample side of a pixel in pixels of level 0, above 0
 * @param width columns, 1 to 2^30
 * @param height rows, 1 to 2^30
 */
public record PixelGrid(double x0, double y0, double downsample, int width, int height) {
    private static final int MAX_SIDE = 1 << 30;

    /** Checks the ranges. */
    public PixelGrid {
        if (!Double.isFinite(x0) || !Double.isFinite(y0) || !(downsample > 0) || !Double.isFinite(downsample)) {
            throw new IllegalArgumentException("grid at " + x0 + ", " + y0 + ", downsample " + downsample);
        }
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException("grid of " + width + " x " + height);
        }
    }

    /** Some of the pixels; {@code right} and {@code bottom} are the first column and row behind them. */
    record Window(int left, int top, int right, int bottom) {

        int columns() {
            return right - left;
        }

        int rows() {
            return bottom - top;
        }

        boolean empty() {
            return left >= right || top >= bottom;
        }
    }

    /** Column of level 0 of the centre of a column of pixels. */
    public double centreX(final int column) {
        return x0 + (column + 0.5) * downsample;
    }

    /** Row of level 0 of the centre of a row of pixels. */
    public double centreY(final int row) {
        return y0 + (row + 0.5) * downsample;
    }

    /** The rectangle of the centres. */
    Bounds centres() {
        return new Bounds(centreX(0), centreY(0), centreX(width - 1), centreY(height - 1));
    }

    /** The first column whose centre lies at {@code x} or right of it, {@code width} if there is none. */
    int firstColumn(final double x) {
        int i = (int) Math.max(0, Math.min(width, Math.ceil((x - x0) / downsample - 0.5)));
        while (i > 0 && centreX(i - 1) >= x) { // the division may be off by a rounding
            i--;
        }
        while (i < width && centreX(i) < x) {
            i++;
        }
        return i;
    }

    /** The first row whose centre lies at {@code y} or below it, {@code height} if there is none. */
    int firstRow(final double y) {
        int j = (int) Math.max(0, Math.min(height, Math.ceil((y - y0) / downsample - 0.5)));
        while (j > 0 && centreY(j - 1) >= y) {
            j--;
        }
        while (j < height && centreY(j) < y) {
            j++;
        }
        return j;
    }

    /** The pixels between two rows that may lie inside of a ring of these bounds. */
    Window window(final Bounds bounds, final int top, final int bottom) {
        return new Window(
                firstColumn(bounds.minX()),
                Math.max(top, firstRow(bounds.minY())),
                firstColumn(bounds.maxX()),
                Math.min(bottom, firstRow(bounds.maxY())));
    }
}
