package org.selfdiff.headless.runner.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;
import org.selfdiff.headless.runner.execute.NodeRun;
import org.selfdiff.headless.runner.execute.Output;
import org.selfdiff.headless.runner.execute.OutputSink;

/**
 * The folder that a run leaves. It is filled under the name {@code X.partial} and becomes {@code X} only when the run
 * ended well; else it becomes {@code X-failed} or {@code X-cancelled}. An {@code X} that is there is a complete one.
 */
public final class ResultsFolder implements OutputSink {
    /** Where file stores lie within the folder of their node. */
    private static final Path STORES = Path.of("000", "000");

    private static final String FAILED = "-failed";

    private static final String CANCELLED = "-cancelled";

    private final Path wanted;

    private final Path partial;

    private ResultsFolder(final Path wanted, final Path partial) {
        this.wanted = wanted;
        this.partial = partial;
    }

    /**
     * Creates the partial folder.
     *
     * @param wanted the final name; must not exist yet, or be empty
     * @throws RunnerFailed when there is something by that name, or when the folder cannot be made
     */
    public static ResultsFolder create(final Path wanted) throws RunnerFailed {
        final Path target = wanted.toAbsolutePath().normalize();
        final Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            if (Files.exists(target) && !isEmptyFolder(target)) {
                throw new RunnerFailed(
                        ExitCode.RESULTS_UNWRITABLE,
                        "There are results already",
                        target.toString(),
                        "remove them or name another folder with --out");
            }
            // Left by a run that was killed: it never became a result.
            delete(partial);
            Files.createDirectories(partial);
            return new ResultsFolder(target, partial);
        } catch (IOException e) {
            throw new RunnerFailed(
                    ExitCode.RESULTS_UNWRITABLE,
                    "The results folder cannot be made: " + e,
                    target.toString(),
                    "name another folder with --out",
                    e);
        }
    }

    private static boolean isEmptyFolder(final Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.findAny().isEmpty();
        }
    }

    @Override
    public Path place() {
        return partial;
    }

    @Override
    public Path folder(final NodeRun node) {
        return partial.resolve(String.format(
                Locale.ROOT,
                "%02d %s",
                node.position(),
                FileNames.safe(node.entry().name())));
    }

    @Override
    public List<Path> save(final NodeRun node) throws IOException {
        final Path folder = Files.createDirectories(folder(node));
        final List<Output> outputs = node.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            final String port = FileNames.safe(node.node().outputs().get(i).name());
            outputs.get(i).save(folder, port);
        }
        return filesIn(folder);
    }

    private static List<Path> filesIn(final Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /**
     * Brings the folders into their final shape: files that nodes kept in file stores move from the store's numbered
     * folders up to the node's own. Not before all nodes are done, for they read each other's files.
     */
    public void settle(final List<NodeRun> nodes) throws IOException {
        for (NodeRun node : nodes) {
            final Path folder = folder(node);
            final Path stores = folder.resolve(STORES);
            if (Files.isDirectory(stores) && !node.files().isEmpty()) {
                try (Stream<Path> kept = Files.list(stores)) {
                    for (Path file : kept.toList()) {
                        Files.move(file, folder.resolve(stores.relativize(file)));
                    }
                }
                delete(folder.resolve(STORES.getName(0)));
                node.saved(filesIn(folder));
            }
        }
    }

    /**
     * Gives the folder its final name.
     *
     * @return the name it has now
     */
    public Path finish(final ExitCode how) throws IOException {
        final String suffix =
                switch (how) {
                    case OK -> "";
                    case CANCELLED -> CANCELLED;
                    default -> FAILED;
                };
        final Path target = wanted.resolveSibling(wanted.getFileName() + suffix);
        if (how != ExitCode.OK) {
            delete(target);
        }
        return Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was written so far. */
    public void discard() throws IOException {
        delete(partial);
    }

    /** Removes a file or folder with all that it holds; links are removed, not followed. */
    public static void delete(final Path path) throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        final List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(path)) {
            walk.sorted(Comparator.reverseOrder()).forEach(all::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }
}
