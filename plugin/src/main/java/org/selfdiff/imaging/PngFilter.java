package org.selfdiff.imaging;

import java.io.IOException;

/** The filters that PNG puts on the bytes of a row (W3C PNG, second edition, 9.2), and how they are undone. */
final class PngFilter {

    private PngFilter() {}

    /**
     * Undoes the filter of a row.
     *
     * @param read number of the filter, then the filtered bytes
     * @param row gets the bytes
     * @param up the row above, zeros above the first
     * @param distance bytes of a pixel, at least 1
     */
    static void undo(final byte[] read, final byte[] row, final byte[] up, final int distance) throws IOException {
        switch (read[0]) {
            case 0 -> System.arraycopy(read, 1, row, 0, row.length);
            case 1 -> sub(read, row, distance);
            case 2 -> up(read, row, up);
            case 3 -> average(read, row, up, distance);
            case 4 -> {
                if (distance == 3) {
                    paethOfThree(read, row, up);
                } else {
                    paeth(read, row, up, distance);
                }
            }
            default -> throw new IOException("a row filter that PNG does not know: " + (read[0] & 0xff));
        }
    }

    private static void sub(final byte[] read, final byte[] row, final int distance) {
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) (read[i + 1] + (i < distance ? 0 : row[i - distance]));
        }
    }

    private static void up(final byte[] read, final byte[] row, final byte[] up) {
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) (read[i + 1] + up[i]);
        }
    }

    private static void average(final byte[] read, final byte[] row, final byte[] up, final int distance) {
        for (int i = 0; i < row.length; i++) {
            final int a = i < distance ? 0 : row[i - distance] & 0xff;
            row[i] = (byte) (read[i + 1] + (a + (up[i] & 0xff) >> 1));
        }
    }

    private static void paeth(final byte[] read, final byte[] row, final byte[] up, final int distance) {
        for (int i = 0; i < row.length; i++) {
            final int a = i < distance ? 0 : row[i - distance] & 0xff;
            final int c = i < distance ? 0 : up[i - distance] & 0xff;
            row[i] = (byte) (read[i + 1] + paeth(a, up[i] & 0xff, c));
        }
    }

    /** Pixels of three bytes, what most pictures are made of: three chains side by side, whose last values stay at hand. */
    private static void paethOfThree(final byte[] read, final byte[] row, final byte[] up) {
        int a0 = 0;
        int a1 = 0;
        int a2 = 0;
        int c0 = 0;
        int c1 = 0;
        int c2 = 0;
        for (int i = 0; i + 2 < row.length; i += 3) {
            final int b0 = up[i] & 0xff;
            final int b1 = up[i + 1] & 0xff;
            final int b2 = up[i + 2] & 0xff;
            a0 = read[i + 1] + paeth(a0, b0, c0) & 0xff;
            a1 = read[i + 2] + paeth(a1, b1, c1) & 0xff;
            a2 = read[i + 3] + paeth(a2, b2, c2) & 0xff;
            row[i] = (byte) a0;
            row[i + 1] = (byte) a1;
            row[i + 2] = (byte) a2;
            c0 = b0;
            c1 = b1;
            c2 = b2;
        }
    }

    /** The neighbour nearest to {@code a + b - c}; left first, then upper, then upper left. */
    static int paeth(final int a, final int b, final int c) {
        final int pa = Math.abs(b - c);
        final int pb = Math.abs(a - c);
        final int pc = Math.abs(a + b - 2 * c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
}
