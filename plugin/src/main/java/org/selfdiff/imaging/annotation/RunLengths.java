package org.selfdiff.imaging.annotation;

import java.util.Arrays;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.run.RunFailed;

/**
 * A mask as COCO stores it: lengths of runs of 0 and 1 in turn, starting with 0, column by column from the top.
 *
 * @param height rows
 * @param width columns
 * @param counts lengths, none negative, together {@code height * width}
 */
record RunLengths(long height, long width, long[] counts) {
    private static final long MAX_SIDE = 1L << 31;

    /** A mask without the empty rows and columns around it. */
    record Cropped(int x0, int y0, LabelMap mask) {}

    /**
     * Checks the lengths.
     *
     * @throws RunFailed if they do not fill the size
     */
    static RunLengths of(final long height, final long width, final long[] counts, final String where)
            throws RunFailed {
        if (height < 1 || width < 1 || height >= MAX_SIDE || width >= MAX_SIDE) {
            throw damaged("The mask declares a size of " + width + " x " + height, where);
        }
        long sum = 0;
        for (final long count : counts) {
            if (count < 0 || count > height * width - sum) {
                throw damaged("The runs of the mask do not fit its size of " + width + " x " + height, where);
            }
            sum += count;
        }
        if (sum != height * width) {
            throw damaged("The runs of the mask fill " + sum + " of " + height * width + " pixels", where);
        }
        return new RunLengths(height, width, counts);
    }

    /**
     * Unpacks COCO's text of lengths: each is a number of 5 bits a character (code less 48), least first, where 32
     * marks that more follow and 16 of the last one the sign; from the fourth on it is the difference to the length two
     * before (COCO API, {@code maskApi.c}, rleFrString).
     */
    static long[] unpack(final String text, final String where) throws RunFailed {
        long[] counts = new long[16];
        int n = 0;
        int at = 0;
        while (at < text.length()) {
            long value = 0;
            int shift = 0;
            int bits;
            do {
                bits = at < text.length() ? text.charAt(at++) - '0' : -1;
                if (bits < 0 || bits > 63 || shift > 50) {
                    throw damaged("The packed runs of the mask are damaged at character " + at, where);
                }
                value |= (bits & 31L) << shift;
                shift += 5;
            } while ((bits & 32) != 0);
            if ((bits & 16) != 0) {
                value |= -1L << shift;
            }
            if (n == counts.length) {
                counts = Arrays.copyOf(counts, 2 * n);
            }
            counts[n] = n > 2 ? value + counts[n - 2] : value;
            n++;
        }
        return Arrays.copyOf(counts, n);
    }

    private static RunFailed damaged(final String what, final String where) {
        return new RunFailed(what, where, "Export the annotations again; the masks must belong to this picture.");
    }

    /**
     * The mask.
     *
     * @return {@code null} if it is empty
     * @throws RunFailed if it is larger than the limits
     */
    Cropped mask(final String where, final DecodeLimits limits) throws RunFailed {
        long minX = Long.MAX_VALUE;
        long maxX = -1;
        long minY = Long.MAX_VALUE;
        long maxY = -1;
        long from = 0;
        for (int i = 0; i < counts.length; i++) {
            final long to = from + counts[i] - 1;
            if (i % 2 != 0 && counts[i] > 0) {
                final boolean one = from / height == to / height; // a run in one column
                minX = Math.min(minX, from / height);
                maxX = Math.max(maxX, to / height);
                minY = Math.min(minY, one ? from % height : 0);
                maxY = Math.max(maxY, one ? to % height : height - 1);
            }
            from += counts[i];
        }
        if (maxX < 0) {
            return null;
        }
        limits.check(where, maxX - minX + 1, maxY - minY + 1);
        final int w = (int) (maxX - minX + 1);
        final int h = (int) (maxY - minY + 1);
        return new Cropped((int) minX, (int) minY, new LabelMap(w, h, fill(minX, minY, w, h)));
    }

    private int[] fill(final long minX, final long minY, final int w, final int h) {
        final int[] labels = new int[w * h];
        long from = 0;
        for (int i = 0; i < counts.length; i++) {
            long x = from / height - minX;
            long y = from % height;
            for (long left = i % 2 != 0 ? counts[i] : 0; left > 0; left--) {
                labels[(int) (y - minY) * w + (int) x] = 1;
                if (++y == height) {
                    y = 0;
                    x++;
                }
            }
            from += counts[i];
        }
        return labels;
    }
}
