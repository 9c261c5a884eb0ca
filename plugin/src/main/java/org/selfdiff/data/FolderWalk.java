package org.selfdiff.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * The files of a folder and of those within it, in an order that does not depend on the machine. Links are followed, and a
 * folder that is reached twice counts once. Hidden folders and those of systems are left out, such as the bin, the
 * check points of Jupyter and the thumbnails of network drives. A folder within it that may not be read is warned about.
 */
final class FolderWalk {
    private static final List<String> SYSTEM =
            List.of("__macosx", "$recycle.bin", "system volume information", "@eadir", "lost+found", "#recycle");

    private final Listing listing;

    private final Predicate<Path> wanted;

    private final boolean recursive;

    private final RunControl control;

    private final Set<Path> seen = new HashSet<>();

    /** By name relative to the folder, with slashes, in the form that macOS and others agree on (NFC). */
    private final Map<String, Found> files = new TreeMap<>();

    /**
     * A file.
     *
     * @param path as it was reached
     * @param folder that holds it, without links
     */
    record Found(Path path, Path folder) {}

    /** Lists what lies in a folder. */
    @FunctionalInterface
    interface Listing {
        /** Begins. */
        DirectoryStream<Path> of(Path folder) throws IOException;
    }

    private FolderWalk(
            final Listing listing, final Predicate<Path> wanted, final boolean recursive, final RunControl control) {
        this.listing = listing;
        this.wanted = wanted;
        this.recursive = recursive;
        this.control = control;
    }

    /**
     * Lists a folder.
     *
     * @param wanted which files count, by name
     * @param recursive whether folders within it count
     * @param control is told of folders that cannot be read
     * @return by name relative to the folder, with slashes, in their order
     * @throws RunFailed if the folder itself cannot be read
     */
    static Map<String, Found> of(
            final Path folder, final Predicate<Path> wanted, final boolean recursive, final RunControl control)
            throws RunFailed {
        return of(Files::newDirectoryStream, folder, wanted, recursive, control);
    }

    /** The same with another way to list folders. */
    static Map<String, Found> of(
            final Listing listing,
            final Path folder,
            final Predicate<Path> wanted,
            final boolean recursive,
            final RunControl control)
            throws RunFailed {
        final FolderWalk walk = new FolderWalk(listing, wanted, recursive, control);
        try {
            walk.enter(folder, "");
        } catch (final IOException | DirectoryIteratorException e) {
            throw new RunFailed(
                    "The folder cannot be listed: " + e.getMessage(),
                    folder.toString(),
                    "Check that you may read it.",
                    e);
        }
        return walk.files;
    }

    /** A name in one form of Unicode: a letter with an accent is one sign, whoever wrote it. */
    static String normal(final String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private void enter(final Path folder, final String prefix) throws IOException {
        final Path real = folder.toRealPath();
        if (!seen.add(real)) {
            return;
        }
        final List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = listing.of(folder)) {
            for (final Path entry : all) {
                if (Files.isDirectory(entry)) {
                    folders.add(entry);
                } else if (wanted.test(entry) && !isHidden(entry) && Files.isRegularFile(entry)) {
                    files.put(prefix + normal(entry.getFileName().toString()), new Found(entry.toAbsolutePath(), real));
                }
            }
        }
        if (!recursive) {
            return;
        }
        // folders before links to them, so that a file has the name of the place where it lies
        folders.sort(
                Comparator.comparing((Path p) -> Files.isSymbolicLink(p)).thenComparing(Comparator.naturalOrder()));
        for (final Path within : folders) {
            if (!isHidden(within) && !isSystem(within)) {
                enterWithin(within, prefix + normal(within.getFileName().toString()) + "/");
            }
        }
    }

    private void enterWithin(final Path folder, final String prefix) {
        try {
            enter(folder, prefix);
        } catch (final IOException | DirectoryIteratorException e) {
            control.warn("The folder " + folder + " cannot be read and is left out: " + e.getMessage());
        }
    }

    private static boolean isHidden(final Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static boolean isSystem(final Path folder) {
        return SYSTEM.contains(folder.getFileName().toString().toLowerCase(Locale.ROOT));
    }
}
