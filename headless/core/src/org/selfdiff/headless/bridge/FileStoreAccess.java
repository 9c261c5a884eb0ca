package org.selfdiff.headless.bridge;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreKey;
import org.knime.core.data.filestore.FileStorePortObject;

/** Hidden members of file stores. */
public interface FileStoreAccess {

    FileStore create(File file, FileStoreKey key);

    /** Gives a loaded port object its files. */
    void attach(FileStorePortObject object, List<FileStore> stores) throws IOException;

    /** Lets a port object write what it holds in memory only. */
    void flush(FileStorePortObject object) throws IOException;
}
