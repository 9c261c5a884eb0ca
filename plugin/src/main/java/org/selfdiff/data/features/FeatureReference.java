package org.selfdiff.data.features;

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

    /** Gives a file a name in a table. */
    @FunctionalInterface
    public interface Naming {
        /** The name. */
        String name(Path file);
    }

    /** Finds a file by its name in a table. */
    @FunctionalInterface
    public interface Finding {
        /** The file. */
        Path file(String name) throws RunFailed;
    }

    /** The text of a cell. */
    public String text(final Naming naming) {
        return naming.name(file) + MARK + row;
    }

    /**
     * Reads the text of a cell.
     *
     * @param where column and row of the cell, for the message
     * @throws RunFailed when the text does not refer to a row of a file
     */
    public static FeatureReference parse(final String text, final String where, final Finding finding)
            throws RunFailed {
        final int mark = text.lastIndexOf(MARK);
        if (mark < 1 || !text.substring(mark + 1).matches("0|[1-9][0-9]{0,8}")) {
            throw new RunFailed(
                    "\"" + text + "\" does not refer to a row of a file of features",
                    where,
                    "References end in # and a number, for instance slide.h5#17. Make the column with a Feature Reader.");
        }
        return new FeatureReference(finding.file(text.substring(0, mark)), Integer.parseInt(text.substring(mark + 1)));
    }
}
