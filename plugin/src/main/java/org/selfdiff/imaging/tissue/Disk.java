package org.selfdiff.imaging.tissue;

import java.util.Arrays;

/**
 * Dilation, erosion, closing and opening of a mask by an exact Euclidean disk: the pixels whose centres are at most a
 * radius away. The cost does not depend on the radius. First every pixel gets its distance to the mask within its
 * column; a pixel at distance {@code d} there covers {@code sqrt(r^2 - d^2)} pixels to both sides of its row, and two
 * sweeps over the row find what is covered (after the column and row steps of Meijster, Roerdink and Hesselink 2000).
 * Masks are 0 or 1; the picture goes on beyond its border as tissue for an erosion and as glass for a dilation, so that
 * tissue which is cut by the border keeps its shape.
 */
final class Disk {
    private final int width;

    private final int height;

    /** Pixels to the side by the distance in the column; one more entry than the reach, for "too far", is -1. */
    private final int[] sides;

    private final int reach;

    /**
     * A disk for pictures of one size.
     *
     * @param wanted radius in pixels, at least 0; larger ones than the picture are taken as its diagonal
     */
    Disk(final int width, final int height, final double wanted) {
        this.width = width;
        this.height = height;
        final double radius = Math.min(wanted, Math.ceil(Math.hypot(width, height)));
        this.reach = (int) Math.floor(radius);
        sides = new int[reach + 2];
        for (int d = 0; d <= reach; d++) {
            sides[d] = (int) Math.floor(Math.sqrt(radius * radius - (double) d * d));
        }
        sides[reach + 1] = -1;
    }

    /** Whether the disk is a single pixel, which changes nothing. */
    boolean isPoint() {
        return reach == 0;
    }

    byte[] dilate(final byte[] mask) {
        return grow(mask, 1);
    }

    byte[] erode(final byte[] mask) {
        return grow(mask, 0);
    }

    byte[] close(final byte[] mask) {
        return isPoint() ? mask : erode(dilate(mask));
    }

    byte[] open(final byte[] mask) {
        return isPoint() ? mask : dilate(erode(mask));
    }

    /** Everything within the radius of a pixel that has the value gets it too; the rest has the other value. */
    private byte[] grow(final byte[] mask, final int value) {
        final int far = reach + 1;
        final int[] below = new int[mask.length];
        final int[] distance = new int[width];
        Arrays.fill(distance, far);
        for (int y = height - 1; y >= 0; y--) {
            column(mask, y * width, value, distance);
            System.arraycopy(distance, 0, below, y * width, width);
        }
        Arrays.fill(distance, far);
        final byte[] out = new byte[mask.length];
        for (int y = 0; y < height; y++) {
            column(mask, y * width, value, distance);
            row(distance, below, y * width, value, out);
        }
        return out;
    }

    private void column(final byte[] mask, final int row, final int value, final int[] distance) {
        final int far = reach + 1;
        for (int x = 0; x < width; x++) {
            distance[x] = mask[row + x] == value ? 0 : Math.min(far, distance[x] + 1);
        }
    }

    private void row(final int[] above, final int[] below, final int row, final int value, final byte[] out) {
        int covered = -1;
        for (int x = 0; x < width; x++) {
            final int side = sides[Math.min(above[x], below[row + x])];
            covered = side < 0 ? covered : Math.max(covered, x + side);
            out[row + x] = (byte) (x <= covered ? value : 1 - value);
        }
        covered = width;
        for (int x = width - 1; x >= 0; x--) {
            final int side = sides[Math.min(above[x], below[row + x])];
            covered = side < 0 ? covered : Math.min(covered, x - side);
            if (x >= covered) {
                out[row + x] = (byte) value;
            }
        }
    }
}
