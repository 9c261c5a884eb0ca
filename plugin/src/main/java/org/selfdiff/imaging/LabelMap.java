package org.selfdiff.imaging;

import java.util.Arrays;

/**
 * One whole number for every pixel: a class index, or the number of an object. 0 is background. Instances share the
 * array that they are given and nobody writes to it afterwards.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param labels {@code width * height} numbers, none negative, row by row
 */
public record LabelMap(int width, int height, int[] labels) {

    /** Checks that the array fits the size. */
    public LabelMap {
        if (width < 1 || height < 1 || labels.length != (long) width * height) {
            throw new IllegalArgumentException(width + " x " + height + " with " + labels.length + " labels");
        }
    }

    /** The label of a pixel. */
    public int label(final int x, final int y) {
        return labels[y * width + x];
    }

    /** The largest label. */
    public int max() {
        int max = 0;
        for (final int label : labels) {
            max = Math.max(max, label);
        }
        return max;
    }

    /** 1 where the label is not 0. */
    public LabelMap foreground() {
        final int[] out = new int[labels.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = labels[i] == 0 ? 0 : 1;
        }
        return new LabelMap(width, height, out);
    }

    /** Cuts a rectangle; what lies outside of the map is its reflection, as in {@link Picture#region}. */
    public LabelMap region(final int x0, final int y0, final int w, final int h) {
        final int[] out = new int[Math.multiplyExact(w, h)];
        for (int y = 0; y < h; y++) {
            final int row = width * Mirror.index(y0 + y, height);
            for (int x = 0; x < w; x++) {
                out[w * y + x] = labels[row + Mirror.index(x0 + x, width)];
            }
        }
        return new LabelMap(w, h, out);
    }

    /**
     * Cuts a rectangle and makes it coarser: the label of a pixel is that at its centre. What lies outside of the map is
     * its reflection.
     *
     * @param x0 left column in pixels of this map
     * @param y0 upper row in pixels of this map
     * @param w width of the result
     * @param h height of the result
     * @param downsample pixels of this map along the side of one of the result, at least 1
     */
    public LabelMap region(final int x0, final int y0, final int w, final int h, final double downsample) {
        if (downsample == 1) {
            return region(x0, y0, w, h);
        }
        final int[] out = new int[Math.multiplyExact(w, h)];
        for (int y = 0; y < h; y++) {
            final int row = width * Mirror.index(y0 + (int) Math.floor((y + 0.5) * downsample), height);
            for (int x = 0; x < w; x++) {
                out[w * y + x] = labels[row + Mirror.index(x0 + (int) Math.floor((x + 0.5) * downsample), width)];
            }
        }
        return new LabelMap(w, h, out);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof LabelMap m && width == m.width && height == m.height && Arrays.equals(labels, m.labels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return "LabelMap " + width + " x " + height;
    }
}
