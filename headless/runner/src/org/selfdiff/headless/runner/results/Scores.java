package org.selfdiff.headless.runner.results;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.headless.runner.execute.NodeRun;
import org.selfdiff.headless.runner.execute.Preparation;

/** Puts the table that answers "how good is it" at the top of the results. */
public final class Scores {
    /** Whatever is scored; packages are not looked at, which were others once. */
    private static final String SCORER = "ScorerNodeFactory";

    private static final String SUMMARY = "Summary";

    private Scores() {}

    /**
     * Writes {@code scores.csv}: the first tables of the scorers that ran, or else of nodes with a port named Summary.
     * Where there are several with the same columns, their rows stand below each other behind a column {@code Node} that
     * says which is which; a table with other columns is left out.
     *
     * @param place the folder that gets it
     * @return the file; empty where no node made such a table
     */
    public static Optional<Path> copy(final Preparation prepared, final ResultsFolder folders, final Path place)
            throws IOException {
        final List<NodeRun> scorers = prepared.nodes().stream()
                .filter(node -> node.entry().factory().endsWith(SCORER))
                .toList();
        final List<List<String>> lines = new ArrayList<>();
        int tables = 0;
        for (NodeRun node : scorers.isEmpty() ? prepared.nodes() : scorers) {
            final Optional<Path> table = table(node, folders.folder(node), !scorers.isEmpty());
            if (table.isPresent() && append(Csv.read(Files.readString(table.get()), Integer.MAX_VALUE), node, lines)) {
                tables++;
            }
        }
        if (tables == 0) {
            return Optional.empty();
        }
        final Path file = place.resolve("scores.csv");
        try (Writer out = Files.newBufferedWriter(file)) {
            for (List<String> line : lines) {
                Csv.line(tables == 1 ? line.subList(1, line.size()) : line, out);
            }
        }
        return Optional.of(file);
    }

    private static boolean append(final List<List<String>> table, final NodeRun node, final List<List<String>> lines) {
        if (table.isEmpty()) {
            return false;
        }
        final List<String> header = behind("Node", table.get(0));
        if (lines.isEmpty()) {
            lines.add(header);
        }
        if (!lines.get(0).equals(header)) {
            return false;
        }
        final String label = node.entry().label().strip().replaceAll("\\s+", " ");
        for (List<String> row : table.subList(1, table.size())) {
            lines.add(behind(label.isEmpty() ? node.entry().title() : label, row));
        }
        return true;
    }

    /** The line with another field before it; empty fields were missing values. */
    private static List<String> behind(final String first, final List<String> line) {
        final List<String> longer = new ArrayList<>();
        longer.add(first);
        line.forEach(field -> longer.add(field.isEmpty() ? null : field));
        return longer;
    }

    private static Optional<Path> table(final NodeRun node, final Path folder, final boolean any) {
        if (node.files().isEmpty()) {
            return Optional.empty();
        }
        return node.node().outputs().stream()
                .filter(port -> port.table() && (any || SUMMARY.equals(port.name())))
                .findFirst()
                .map(port -> folder.resolve(FileNames.safe(port.name()) + ".csv"))
                .filter(Files::isRegularFile);
    }
}
