package org.selfdiff.imaging.slide;

import java.io.IOException;
import org.selfdiff.imaging.Mirror;
import org.selfdiff.imaging.Picture;

/** Rectangles that reach past a picture, which is continued by reflection about its border pixels. */
final class Reflected {

    private Reflected() {}

    /** Reads a rectangle that lies inside of the picture. */
    @FunctionalInterface
    interface Inside {
        Picture read(int x, int y, int width, int height) throws IOException;
    }

    /**
     * Reads a rectangle of any place.
     *
     * @param width of the picture
     * @param height of the picture
     * @param x left column, may be negative
     * @param y upper row, may be negative
     * @param w columns to read
     * @param h rows to read
     * @param inside reads the smallest rectangle that holds all pixels that are shown
     */
    static Picture region(
            final int width,
            final int height,
            final long x,
            final long y,
            final int w,
            final int h,
            final Inside inside)
            throws IOException {
        if (x >= 0 && y >= 0 && x + w <= width && y + h <= height) {
            return inside.read((int) x, (int) y, w, h);
        }
        final int[] columns = indices(x, w, width);
        final int[] rows = indices(y, h, height);
        final int left = min(columns);
        final int top = min(rows);
        final Picture part = inside.read(left, top, max(columns) - left + 1, max(rows) - top + 1);
        final byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(w, h))];
        for (int j = 0; j < h; j++) {
            for (int i = 0; i < w; i++) {
                final int from = 3 * ((rows[j] - top) * part.width() + columns[i] - left);
                System.arraycopy(part.rgb(), from, rgb, 3 * (j * w + i), 3);
            }
        }
        return new Picture(w, h, rgb);
    }

    private static int[] indices(final long start, final int count, final int n) {
        final int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = (int) Mirror.index(start + i, (long) n);
        }
        return indices;
    }

    private static int min(final int[] values) {
        int least = values[0];
        for (final int value : values) {
            least = Math.min(least, value);
        }
        return least;
    }

    private static int max(final int[] values) {
        int most = values[0];
        for (final int value : values) {
            most = Math.max(most, value);
        }
        return most;
    }
}
