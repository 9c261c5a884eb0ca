package org.selfdiff.data;

import java.util.List;
import java.util.Optional;

/**
 * Embeddings in the order of the rows that they belong to: as many numbers for each, all of them finite.
 *
 * @param rows the numbers of each row, all of the same length; not copied, and not to be changed
 * @param width how many numbers a row has; 0 if that is not known because there are no rows
 * @param encodedBy who made them, if that is known
 */
public record Embeddings(List<float[]> rows, int width, Optional<EncodedBy> encodedBy) {

    /** Copies the list, not the numbers. */
    public Embeddings {
        rows = List.copyOf(rows);
        for (final float[] row : rows) {
            if (row.length != width) {
                throw new IllegalArgumentException(row.length + " numbers beside " + width);
            }
        }
    }

    /** Number of rows. */
    public int count() {
        return rows.size();
    }
}
