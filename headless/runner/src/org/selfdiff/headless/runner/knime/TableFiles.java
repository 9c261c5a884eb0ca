package org.selfdiff.headless.runner.knime;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.collection.CollectionDataValue;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.selfdiff.headless.runner.results.Csv;
import org.selfdiff.headless.runner.results.FileNames;

/** Writes a table as CSV, and its pictures as files to which the CSV refers. */
final class TableFiles {
    /** A column of that name says what the row's pictures show. */
    private static final String NAME = "Name";

    /** So many elements of a list are written. */
    private static final int ELEMENTS = 4;

    private final Path folder;

    private final String name;

    private final List<Path> written = new ArrayList<>();

    TableFiles(final Path folder, final String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Writes everything and returns the files, the CSV first. */
    List<Path> write(final BufferedDataTable table) throws IOException {
        final Path csv = folder.resolve(name + ".csv");
        written.add(csv);
        final DataTableSpec spec = table.getDataTableSpec();
        final int columns = spec.getNumColumns();
        final Path[] pictures = new Path[columns];
        final int named = spec.findColumnIndex(NAME);
        final int digits = String.valueOf(table.size()).length();
        try (Writer out = Files.newBufferedWriter(csv)) {
            final List<String> line = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                line.add(spec.getColumnSpec(i).getName());
            }
            Csv.line(line, out);
            long number = 0;
            for (DataRow row : table) {
                number++;
                line.clear();
                for (int i = 0; i < columns; i++) {
                    final DataCell cell = row.getCell(i);
                    if (cell instanceof PNGImageValue picture) {
                        pictures[i] = pictures[i] == null
                                ? subFolder(spec.getColumnSpec(i).getName())
                                : pictures[i];
                        final String file = spec.getColumnSpec(i).getName() + "-" + padded(number, digits)
                                + (named < 0 ? "" : " " + row.getCell(named)) + ".png";
                        line.add(picture(picture, pictures[i].resolve(FileNames.safe(file))));
                    } else {
                        line.add(text(cell));
                    }
                }
                Csv.line(line, out);
            }
        }
        return written;
    }

    private String text(final DataCell cell) {
        if (cell.isMissing()) {
            return null;
        }
        return cell instanceof CollectionDataValue list ? beginning(list) : relative(cell.toString());
    }

    /** The first elements of a list and their number: hundreds of numbers in each row would make the file useless. */
    private static String beginning(final CollectionDataValue list) {
        final String first =
                list.stream().limit(ELEMENTS).map(DataCell::toString).collect(Collectors.joining(", "));
        return list.size() <= ELEMENTS ? "[" + first + "]" : "[" + first + ", ... " + list.size() + " in all]";
    }

    /** A folder named by the column; by port and column where another table of the node has one of that name. */
    private Path subFolder(final String column) throws IOException {
        final Path plain = folder.resolve(FileNames.safe(column));
        return Files.createDirectories(
                Files.exists(plain) ? folder.resolve(FileNames.safe(name + " " + column)) : plain);
    }

    private String picture(final PNGImageValue picture, final Path file) throws IOException {
        Files.write(file, picture.getImageContent().getByteArray());
        written.add(file);
        return folder.relativize(file).toString();
    }

    private static String padded(final long number, final int digits) {
        return String.format(java.util.Locale.ROOT, "%0" + digits + "d", number);
    }

    /** Paths of files in the results folder are written relative to it, for the folder gets its name at the end. */
    private String relative(final String text) {
        final Path results = folder.toAbsolutePath().getParent();
        return text.startsWith(results + java.io.File.separator)
                ? text.substring(results.toString().length() + 1).replace("/000/000/", "/")
                : text;
    }
}
