package org.selfdiff.headless.runner.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.selfdiff.headless.runner.execute.NodeRun;
import org.selfdiff.headless.runner.execute.Preparation;

/** Copies the table that answers "how good is it" to the top of the results. */
public final class Scores {
    private static final String SCORER = "org.selfdiff.nodes.scorer.SegmentationScorerNodeFactory";

    private static final String SUMMARY = "Summary";

    private Scores() {}

    /**
     * Writes {@code scores.csv}: the first table of the last scorer that ran, or else the last table from a port named
     * Summary.
     *
     * @param place the folder that gets it
     * @return the file; empty where no node made such a table
     */
    public static Optional<Path> copy(final Preparation prepared, final ResultsFolder folders, final Path place)
            throws IOException {
        Optional<Path> table = Optional.empty();
        for (NodeRun node : prepared.nodes()) {
            if (!node.files().isEmpty()) {
                final Optional<Path> found = table(node, folders.folder(node));
                table = found.isPresent() ? found : table;
            }
        }
        if (table.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Files.copy(table.get(), place.resolve("scores.csv")));
    }

    private static Optional<Path> table(final NodeRun node, final Path folder) {
        final boolean scorer = SCORER.equals(node.entry().factory());
        return node.node().outputs().stream()
                .filter(port -> port.table() && (scorer || SUMMARY.equals(port.name())))
                .findFirst()
                .map(port -> folder.resolve(FileNames.safe(port.name()) + ".csv"))
                .filter(Files::isRegularFile);
    }
}
