package org.selfdiff.headless.runner.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.selfdiff.headless.runner.results.FileNames;

/** Where results go when the user names no folder. */
final class ResultsName {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private ResultsName() {}

    /**
     * {@code results/<workflow>-<yyyyMMdd-HHmmss>} below the project, or below the user's folder where the project's
     * cannot be written to; with a number behind where that is taken.
     */
    static Path of(final Surroundings surroundings, final Path workflow, final LocalDateTime now) {
        final Path last = workflow.toAbsolutePath().normalize().getFileName();
        final String name = last == null ? "workflow" : last.toString().replaceFirst("\\.knwf$", "");
        final Path ours = surroundings.root().resolve("results");
        final boolean writable = Files.isWritable(Files.exists(ours) ? ours : surroundings.root());
        final Path results = writable ? ours : surroundings.folder().resolve("results");
        final Path first = results.resolve(FileNames.safe(name) + "-" + STAMP.format(now));
        Path free = first;
        for (int i = 2; Files.exists(free) || Files.exists(partial(free)); i++) {
            free = first.resolveSibling(first.getFileName() + "-" + i);
        }
        return free;
    }

    private static Path partial(final Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".partial");
    }
}
