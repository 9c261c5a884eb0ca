package org.selfdiff.imaging;

/** Rectangles that reach past a picture, which is continued by reflection about its border pixels, see {@link Mirror}. */
public final class Reflected {

    private Reflected() {}

    /**
     * Reads a rectangle that lies inside of the picture into the start of an array.
     *
     * @param <E> what it fails with
     */
    @FunctionalInterface
    public interface Inside<E extends Exception> {
        /** Reads; {@code rgb} gets {@code 3 * width * height} samples. */
        void read(long x, long y, int width, int height, byte[] rgb) throws E;
    }

    /**
     * Reads a rectangle of any place.
     *
     * @param width of the picture
     * @param height of the picture
     * @param x left column, may be negative
     * @param y upper row, may be negative
     * @param w columns to read, at least 1
     * @param h rows to read, at least 1
     * @param rgb gets {@code 3 * w * h} samples
     * @param inside reads the smallest rectangle that holds all pixels that are shown
     */
    public static <E extends Exception> void read(
            final long width,
            final long height,
            final long x,
            final long y,
            final int w,
            final int h,
            final byte[] rgb,
            final Inside<E> inside)
            throws E {
        if (x >= 0 && y >= 0 && x + w <= width && y + h <= height) {
            inside.read(x, y, w, h, rgb);
            return;
        }
        final Shown columns = Shown.of(x, w, width);
        final Shown rows = Shown.of(y, h, height);
        final byte[] part = new byte[3 * columns.count * rows.count];
        inside.read(columns.first, rows.first, columns.count, rows.count, part);
        for (int j = 0; j < h; j++) {
            for (int i = 0; i < w; i++) {
                final int from = 3 * (rows.at[j] * columns.count + columns.at[i]);
                System.arraycopy(part, from, rgb, 3 * (j * w + i), 3);
            }
        }
    }

    /**
     * What is shown along an axis.
     *
     * @param first of the picture's pixels that are shown
     * @param count of the pixels from there to the last that is shown
     * @param at which of these is shown where
     */
    private record Shown(long first, int count, int[] at) {

        static Shown of(final long start, final int count, final long size) {
            long least = Long.MAX_VALUE;
            long most = 0;
            for (int i = 0; i < count; i++) {
                final long index = Mirror.index(start + i, size);
                least = Math.min(least, index);
                most = Math.max(most, index);
            }
            final int[] at = new int[count];
            for (int i = 0; i < count; i++) {
                at[i] = (int) (Mirror.index(start + i, size) - least);
            }
            return new Shown(least, (int) (most - least + 1), at);
        }
    }
}
