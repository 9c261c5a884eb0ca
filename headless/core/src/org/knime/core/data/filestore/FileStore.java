package org.knime.core.data.filestore;

import java.io.File;
import java.util.Objects;

/** A file or folder that belongs to the node which made it, and is saved with it. */
public final class FileStore {

    private final File file;
    private final FileStoreKey key;

    FileStore(File file, FileStoreKey key) {
        this.file = Objects.requireNonNull(file, "file");
        this.key = Objects.requireNonNull(key, "key");
    }

    /** Where to write; nothing is there at first. */
    public File getFile() {
        return file;
    }

    FileStoreKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "file store " + key + " at " + file;
    }
}
