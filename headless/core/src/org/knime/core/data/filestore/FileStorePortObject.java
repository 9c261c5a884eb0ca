package org.knime.core.data.filestore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.knime.core.node.port.PortObject;
import org.selfdiff.headless.bridge.Bridges;

/**
 * A port object whose content lies in file stores. It is loaded through a constructor without arguments, which may be
 * private; its files are there from {@link #postConstruct()} on.
 */
public abstract class FileStorePortObject implements PortObject {

    static {
        Bridges.register(new HostAccess());
    }

    private final List<FileStore> stores = new ArrayList<>();

    /** For loading. */
    protected FileStorePortObject() {}

    protected FileStorePortObject(List<FileStore> fileStores) {
        for (FileStore store : fileStores) {
            stores.add(Objects.requireNonNull(store, "file store"));
        }
    }

    protected FileStore getFileStore(int index) {
        return stores.get(index);
    }

    protected int getFileStoreCount() {
        return stores.size();
    }

    /** Called after loading, when the file stores are there. */
    protected void postConstruct() throws IOException {}

    /** Called before the object leaves its node: writes what is in memory only. */
    protected void flushToFileStore() throws IOException {}

    final List<FileStore> stores() {
        return List.copyOf(stores);
    }

    final void attach(List<FileStore> loaded) throws IOException {
        stores.clear();
        stores.addAll(loaded);
        postConstruct();
    }

    @Override
    public boolean equals(Object other) {
        return other != null && getClass() == other.getClass() && keys().equals(((FileStorePortObject) other).keys());
    }

    @Override
    public int hashCode() {
        return keys().hashCode();
    }

    private List<FileStoreKey> keys() {
        return stores.stream().map(FileStore::key).toList();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + keys();
    }
}
