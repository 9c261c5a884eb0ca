package org.knime.core.data.filestore;

import java.util.List;

/** Looks into objects with file stores. */
public final class FileStoreUtil {

    private FileStoreUtil() {}

    public static List<FileStore> getFileStores(FileStorePortObject object) {
        return object.stores();
    }

    public static FileStoreKey getFileStoreKey(FileStore store) {
        return store.key();
    }
}
