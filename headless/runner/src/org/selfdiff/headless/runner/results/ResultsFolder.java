package org.selfdiff.headless.runner.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
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
 * ended well; else it becomes {@code X-failed} or {@code X-cancelled}. An {@code X} that is there is a complete one. A run
 * writes and removes only the folder that it made itself: where a name is taken, by an earlier run or by one that goes on,
 * a number is put behind it.
 */
public final class ResultsFolder implements OutputSink {
    /** In a folder that has its final name from the start: says that it is not complete. */
    public static final String UNFINISHED = "UNFINISHED.txt";

    /** Where file stores lie within the folder of their node. */
    private static final Path STORES = Path.of("000", "000");

    private static final String PARTIAL = ".partial";

    private static final String FAILED = "-failed";

    private static final String CANCELLED = "-cancelled";

    private final Path wanted;

    private final Path own;

    private final List<String> notes;

    private ResultsFolder(final Path wanted, final Path own, final List<String> notes) {
        this.wanted = wanted;
        this.own = own;
        this.notes = notes;
    }

    /**
     * Creates the partial folder.
     *
     * @param wanted the final name; must not exist yet, or be empty
     * @throws RunnerFailed when there is something by that name, or when the folder cannot be made
     */
    public static ResultsFolder create(final Path wanted) throws RunnerFailed {
        final Path target = wanted.toAbsolutePath().normalize();
        try {
            if (Files.exists(target) && !isEmptyFolder(target)) {
                throw taken(target);
            }
            Files.createDirectories(target.resolveSibling("."));
            final Path first = sibling(target, PARTIAL, 1);
            Path own = first;
            for (int i = 2; !made(own); i++) {
                own = sibling(target, PARTIAL, i);
            }
            return new ResultsFolder(
                    target,
                    own,
                    own.equals(first)
                            ? List.of()
                            : List.of(first + " is there already: another run goes on, or was killed and left it. It is"
                                    + " not touched."));
        } catch (IOException e) {
            throw cannotBeMade(target, e);
        }
    }

    /**
     * Creates the folder under its final name, for a program that notes where its files lie. It holds
     * {@link #UNFINISHED} as long as it is not complete.
     *
     * @param wanted must not exist yet, or be empty
     * @throws RunnerFailed as {@link #create}
     */
    public static ResultsFolder inPlace(final Path wanted) throws RunnerFailed {
        final Path target = wanted.toAbsolutePath().normalize();
        try {
            if (Files.exists(target) && !isEmptyFolder(target)) {
                throw taken(target);
            }
            Files.createDirectories(target);
            Files.writeString(
                    target.resolve(UNFINISHED),
                    "A run that began at " + Instant.now() + " (process "
                            + ProcessHandle.current().pid() + ") goes on here, or was killed.\n",
                    StandardOpenOption.CREATE_NEW);
            return new ResultsFolder(target, target, List.of());
        } catch (FileAlreadyExistsException e) {
            throw taken(target);
        } catch (IOException e) {
            throw cannotBeMade(target, e);
        }
    }

    /**
     * A folder that is not kept, among the system's temporary files.
     *
     * @throws RunnerFailed when it cannot be made
     */
    public static ResultsFolder temporary() throws RunnerFailed {
        final Path place = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            final Path own = Files.createTempDirectory("selfdiff-run");
            return new ResultsFolder(own, own, List.of());
        } catch (IOException e) {
            throw new RunnerFailed(
                    ExitCode.RESULTS_UNWRITABLE,
                    "No temporary folder can be made: " + e,
                    place.toString(),
                    "free some space there, or set TMPDIR to a folder that you may write to",
                    e);
        }
    }

    private static RunnerFailed taken(final Path target) {
        return new RunnerFailed(
                ExitCode.RESULTS_UNWRITABLE,
                "There are results already",
                target.toString(),
                "remove them or name another folder with --out");
    }

    private static RunnerFailed cannotBeMade(final Path target, final IOException e) {
        return new RunnerFailed(
                ExitCode.RESULTS_UNWRITABLE,
                "The results folder cannot be made: " + e,
                target.toString(),
                "name another folder with --out",
                e);
    }

    /** Makes a folder, and only if there is nothing by that name. */
    private static boolean made(final Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static Path sibling(final Path folder, final String suffix, final int number) {
        return folder.resolveSibling(folder.getFileName() + suffix + (number == 1 ? "" : "-" + number));
    }

    /** What the user should know about the folder. */
    public List<String> notes() {
        return notes;
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
        return own;
    }

    @Override
    public Path folder(final NodeRun node) {
        return own.resolve(String.format(
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
     * Gives the folder its final name, with a number behind it where there is something by that name.
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
        if (own.equals(wanted)) {
            Files.deleteIfExists(own.resolve(UNFINISHED));
            if (how == ExitCode.OK) {
                return own;
            }
        }
        for (int i = 1; ; i++) {
            final Path target = sibling(wanted, suffix, i);
            try {
                if (target.equals(wanted) && isEmptyFolder(target)) {
                    Files.delete(target);
                }
                return Files.move(own, target);
            } catch (FileAlreadyExistsException e) {
                // Somebody else's; the next number.
            } catch (DirectoryNotEmptyException e) {
                // Filled between the look and the deletion.
            }
        }
    }

    /** Removes what was written so far. */
    public void discard() throws IOException {
        delete(own);
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
