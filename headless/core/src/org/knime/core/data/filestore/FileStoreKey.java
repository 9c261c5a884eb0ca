package org.knime.core.data.filestore;

import java.util.Objects;
import java.util.UUID;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** Names a file store: the execution that made it, its number and its name. Loops are not known here. */
public final class FileStoreKey {

    private static final int NO_LOOP = -1;

    private final UUID store;
    private final int index;
    private final String name;

    /** Makes a key; the loop's path is ignored and its iteration must be -1. */
    public FileStoreKey(UUID store, int index, int[] nestedLoopPath, int iterationIndex, String name) {
        if (iterationIndex != NO_LOOP) {
            throw new IllegalArgumentException("file stores in loops are not supported here");
        }
        this.store = Objects.requireNonNull(store, "store");
        this.index = index;
        this.name = Objects.requireNonNull(name, "name");
    }

    public UUID getStoreUUID() {
        return store;
    }

    public int getIndex() {
        return index;
    }

    public String getName() {
        return name;
    }

    public void save(ModelContentWO content) {
        content.addString("storeUUID", store.toString());
        content.addInt("index", index);
        content.addString("name", name);
        content.addInt("iterationIndex", NO_LOOP);
    }

    public static FileStoreKey load(ModelContentRO content) throws InvalidSettingsException {
        try {
            UUID store = UUID.fromString(content.getString("storeUUID"));
            return new FileStoreKey(
                    store, content.getInt("index"), null, content.getInt("iterationIndex"), content.getString("name"));
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingsException("The key of a file store is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileStoreKey key
                && store.equals(key.store)
                && index == key.index
                && name.equals(key.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(store, index, name);
    }

    @Override
    public String toString() {
        return name + " (" + index + " of " + store + ")";
    }
}
