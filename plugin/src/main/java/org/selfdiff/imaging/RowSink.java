package org.selfdiff.imaging;

import java.io.IOException;

/** Takes the rows of a picture as they are decoded, so that a picture need never be in memory as a whole. */
@FunctionalInterface
public interface RowSink {

    /**
     * One row, or every {@code step}-th pixel of it where the file is interlaced. Rows of one pass come from the top;
     * an interlaced file comes in several passes.
     *
     * @param y row of the picture
     * @param x0 column of the first pixel
     * @param step distance of the columns, 1 for a whole row
     * @param count how many pixels
     * @param rgb 8-bit red, green, blue, {@code 3 * count} samples from the start; the array is used again afterwards
     * @throws IOException if the row cannot be kept
     */
    void row(int y, int x0, int step, int count, byte[] rgb) throws IOException;
}
