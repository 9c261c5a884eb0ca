package org.selfdiff.data.features;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.selfdiff.run.RunFailed;

/**
 * A row of a file of features, as a cell of a table refers to it: {@code /folder/slide.h5#17}.
 *
 * @param file the file
 * @param row the row, from 0 on
 */
public record FeatureReference(Path file, int row) {
    private static final char MARK = '#';

    /** The text of a cell. */
    public String text() {
        return file.toString() + MARK + row;
    }

    /**
     * Reads the text of a cell.
     *
     * @param where column and row of the cell, for the message
     * @throws RunFailed when the text does not refer to a row of a file
     */
    public static FeatureReference parse(final String text, final String where) throws RunFailed {
        final int mark = text.lastIndexOf(MARK);
        try {
            if (mark > 0 && text.substring(mark + 1).matches("0|[1-9][0-9]{0,8}")) {
                return new FeatureReference(
                        Path.of(text.substring(0, mark)), Integer.parseInt(text.substring(mark + 1)));
            }
        } catch (InvalidPathException e) {
            // the same as any other text
        }
        throw new RunFailed(
                "\"" + text + "\" does not refer to a row of a file of features",
                where,
                "References end in # and a number, for instance slide.h5#17. Make the column with a Feature Reader.");
    }
}
