package org.selfdiff.stages.segmentation;

import java.util.Arrays;
import org.selfdiff.nodes.common.Rows;

/**
 * Blends the probabilities of overlapping windows into those of a picture, from top to bottom in bands of one window's
 * height, so that memory does not grow with the height. A window counts at a pixel by the product of two raised
 * cosines, {@code sin^2(pi (i + 1/2) / side)}; what is added at a pixel is divided by the sum of the weights there, so
 * that windows that agree are reproduced.
 */
final class WindowBlend {
    private final int width;

    private final int side;

    private final int classes;

    /** Sums of weighted probabilities, (classes, side, width), of the rows from {@link #top} on. */
    private final float[] sums;

    /** Sums of weights, (side, width). */
    private final float[] weights;

    private final float[] profile;

    private int top;

    /** Takes finished rows. */
    @FunctionalInterface
    interface Rows {
        /**
         * Takes a finished pixel.
         *
         * @param index {@code y * width + x}
         * @param label the class of the highest probability, the lowest where there are several
         * @param foreground probability of all classes but the first
         */
        void pixel(int index, int label, double foreground);
    }

    /**
     * A blend for a picture.
     *
     * @param width of the picture
     * @param side of a window
     * @param classes number of classes
     */
    WindowBlend(final int width, final int side, final int classes) {
        this.width = width;
        this.side = side;
        this.classes = classes;
        this.sums = new float[Math.multiplyExact(classes * side, width)];
        this.weights = new float[Math.multiplyExact(side, width)];
        this.profile = new float[side];
        for (int i = 0; i < side; i++) {
            final double sine = Math.sin(Math.PI * (i + 0.5) / side);
            profile[i] = (float) (sine * sine);
        }
    }

    /**
     * Left edges of windows that cover {@code length} pixels: evenly spread, no further apart than {@code stride}, the
     * outer ones reaching past the picture by half of what neighbours share, so that borders are seen as well as the
     * middle.
     */
    static int[] starts(final int length, final int side, final int stride) {
        final int margin = (side - stride) / 2;
        final int span = Math.max(0, length + 2 * margin - side);
        final int steps = (span + stride - 1) / stride;
        final int[] starts = new int[steps + 1];
        for (int i = 0; i <= steps; i++) {
            starts[i] = steps == 0 ? (length - side) / 2 : -margin + (int) Math.round((double) span * i / steps);
        }
        return starts;
    }

    /**
     * Adds a window; what lies outside of the picture is left out.
     *
     * @param x left edge, may be negative
     * @param y upper edge, the same or more than that of the window before, and within the band
     * @param probabilities (windows, classes, side, side)
     * @param index which of the windows
     */
    void add(final int x, final int y, final float[] probabilities, final int index) {
        final int from = Math.max(0, x);
        final int to = Math.min(width, x + side);
        for (int row = Math.max(top, y); row < y + side && row < top + side; row++) {
            final int band = (row - top) * width;
            for (int column = from; column < to; column++) {
                final float weight = profile[row - y] * profile[column - x];
                weights[band + column] += weight;
                final int place = ((index * classes) * side + row - y) * side + column - x;
                for (int c = 0; c < classes; c++) {
                    sums[c * side * width + band + column] += weight * probabilities[place + c * side * side];
                }
            }
        }
    }

    /**
     * Hands out the rows above {@code end}, which no later window touches, and moves the band down.
     *
     * @param end first row that is not finished
     */
    void finish(final int end, final Rows rows) {
        final int count = Math.min(side, end - top);
        if (count <= 0) {
            return;
        }
        for (int i = 0; i < count * width; i++) {
            int label = 0;
            for (int c = 1; c < classes; c++) {
                label = sums[c * side * width + i] > sums[label * side * width + i] ? c : label;
            }
            rows.pixel(top * width + i, label, 1 - (double) sums[i] / weights[i]);
        }
        for (int c = 0; c < classes; c++) {
            shift(sums, c * side * width, count);
        }
        shift(weights, 0, count);
        top += count;
    }

    private void shift(final float[] band, final int offset, final int count) {
        final int kept = (side - count) * width;
        System.arraycopy(band, offset + count * width, band, offset, kept);
        Arrays.fill(band, offset + kept, offset + side * width, 0);
    }
}
