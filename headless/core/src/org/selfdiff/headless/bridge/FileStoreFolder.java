package org.selfdiff.headless.bridge;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Gives out the files of one execution of one node; names are unique, and none is given out after {@link #close}. */
public final class FileStoreFolder {

    private final Path dir;
    private final UUID id = UUID.randomUUID();
    private final Set<String> names = new HashSet<>();
    private boolean closed;

    /** The folder is created with the first file. */
    public FileStoreFolder(Path dir) {
        this.dir = dir.toAbsolutePath();
    }

    /** A file of the folder and its number. */
    public record Entry(File file, UUID id, int index) {}

    /** Reserves a name; the file itself is not created. */
    public synchronized Entry add(String name) throws IOException {
        if (closed) {
            throw new IllegalStateException("File stores can only be created while the node executes.");
        }
        if (name == null || name.isBlank() || name.startsWith(".") || name.contains("/") || name.contains("\\")) {
            throw new IOException("\"" + name + "\" is not a name for a file store: it must not be empty, start with a"
                    + " dot or contain slashes.");
        }
        if (!names.add(name)) {
            throw new IOException("There is a file store \"" + name + "\" already.");
        }
        Path parent = dir.resolve("000").resolve("000");
        Files.createDirectories(parent);
        return new Entry(parent.resolve(name).toFile(), id, names.size() - 1);
    }

    /** Ends the node's execution. */
    public synchronized void close() {
        closed = true;
    }
}
