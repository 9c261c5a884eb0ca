package org.selfdiff.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.selfdiff.run.RunFailed;

/**
 * Replaces a folder of results as a whole: it is filled under another name beside it and renamed when it is complete,
 * so that a run that fails or is cancelled leaves the old one as it was. A folder with anything in it that is not of
 * our making is never touched.
 */
public final class FolderSwap implements AutoCloseable {
    /** Some file systems tell times to two seconds. */
    private static final long CLOCK_MILLISECONDS = 2500;

    private final Path target;

    private final Path workspace;

    private FolderSwap(final Path target, final Path workspace) {
        this.target = target;
        this.workspace = workspace;
    }

    /**
     * Begins to replace a folder whose marker is its last file: what is newer in it was added or changed by somebody else,
     * such as a mask that was corrected by hand, and is not lost.
     *
     * @param folder the folder to make or to replace
     * @param marker file that a folder of our making holds, written behind all others
     * @param known names of all that such a folder may hold, the marker included
     * @throws RunFailed if the folder exists and is not ours or not as it was made, or if its parent cannot be written to
     */
    public static FolderSwap begin(final Path folder, final String marker, final Set<String> known) throws RunFailed {
        requireAsMade(folder.toAbsolutePath().normalize(), marker);
        return begin(folder, marker, known::contains);
    }

    /**
     * Begins.
     *
     * @param folder the folder to make or to replace
     * @param marker file that a folder of our making holds
     * @param known tells the names that such a folder may hold, the marker included
     * @throws RunFailed if the folder exists and is not ours, or if its parent cannot be written to
     */
    public static FolderSwap begin(final Path folder, final String marker, final Predicate<String> known)
            throws RunFailed {
        final Path target = folder.toAbsolutePath().normalize();
        try {
            requireOurs(target, marker, known);
            final Path parent = target.getParent();
            if (parent == null) {
                throw new IOException("it has no parent folder");
            }
            Files.createDirectories(parent);
            // not createTempDirectory, whose folders only their owner may read
            final Path workspace = parent.resolve("." + shortened(target) + "." + UUID.randomUUID());
            return new FolderSwap(target, Files.createDirectory(workspace));
        } catch (final IOException e) {
            throw failed(target, e);
        }
    }

    /** The temporary name must not be too long where the final one is not. */
    private static String shortened(final Path target) {
        final String name = target.getFileName().toString();
        return name.substring(0, name.offsetByCodePoints(0, Math.min(40, name.codePointCount(0, name.length()))));
    }

    private static void requireAsMade(final Path target, final String marker) throws RunFailed {
        final Path last = target.resolve(marker);
        if (!Files.isRegularFile(last)) {
            return;
        }
        try (Stream<Path> all = Files.walk(target)) {
            final long made = Files.getLastModifiedTime(last).toMillis();
            for (final Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                if (Files.getLastModifiedTime(file).toMillis() > made + CLOCK_MILLISECONDS) {
                    throw new RunFailed(
                            "The folder would be made anew, and a file in it was added or changed since",
                            file.toString(),
                            "Choose another folder, or move away what you want to keep and delete this one.");
                }
            }
        } catch (final IOException e) {
            throw failed(target, e);
        }
    }

    private static void requireOurs(final Path target, final String marker, final Predicate<String> known)
            throws IOException, RunFailed {
        if (!Files.exists(target)) {
            return;
        }
        List<Path> held = List.of();
        if (Files.isDirectory(target)) {
            try (Stream<Path> list = Files.list(target)) {
                held = list.toList();
            }
        }
        final boolean ours = Files.isDirectory(target)
                && (held.isEmpty()
                        || Files.exists(target.resolve(marker))
                                && held.stream()
                                        .allMatch(
                                                f -> known.test(f.getFileName().toString())));
        if (!ours) {
            throw new RunFailed(
                    "The folder exists and holds something else, which is not overwritten",
                    target.toString(),
                    "Choose a new or empty folder, or one that was made by the same step.");
        }
    }

    /** The folder to fill. */
    public Path workspace() {
        return workspace;
    }

    /**
     * Puts the filled folder in place of the old one.
     *
     * @throws RunFailed if that cannot be done; the old one is still there then
     */
    public void commit() throws RunFailed {
        final Path old = workspace.resolveSibling(workspace.getFileName() + ".old");
        try {
            final boolean replace = Files.exists(target);
            if (replace) {
                Files.move(target, old);
            }
            try {
                Files.move(workspace, target);
            } catch (final IOException e) {
                if (replace) {
                    Files.move(old, target);
                }
                throw e;
            }
            delete(old);
        } catch (final IOException e) {
            throw failed(target, e);
        }
    }

    /** Removes what was not put in place. */
    @Override
    public void close() {
        delete(workspace);
    }

    private static void delete(final Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(FolderSwap::deleteFile);
        } catch (final IOException e) {
            folder.toFile().deleteOnExit(); // a leftover under a hidden name; the result itself is not concerned
        }
    }

    private static void deleteFile(final Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException e) {
            file.toFile().deleteOnExit(); // the others are deleted all the same
        }
    }

    private static RunFailed failed(final Path target, final IOException e) {
        return new RunFailed(
                "The folder cannot be written: " + e.getMessage(),
                target.toString(),
                "Check that its parent folder can be written to and that the disk has room.",
                e);
    }
}
