package org.knime.core.data.filestore;

import java.io.File;
import java.io.IOException;
import java.util.List;
import org.selfdiff.headless.bridge.FileStoreAccess;

/** This package's door. */
final class HostAccess implements FileStoreAccess {

    @Override
    public FileStore create(File file, FileStoreKey key) {
        return new FileStore(file, key);
    }

    @Override
    public void attach(FileStorePortObject object, List<FileStore> stores) throws IOException {
        object.attach(stores);
    }

    @Override
    public void flush(FileStorePortObject object) throws IOException {
        object.flushToFileStore();
    }
}
