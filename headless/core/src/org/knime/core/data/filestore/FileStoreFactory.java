package org.knime.core.data.filestore;

import java.io.IOException;
import org.knime.core.node.ExecutionContext;

/** Makes file stores. */
public abstract class FileStoreFactory {

    FileStoreFactory() {}

    public abstract FileStore createFileStore(String name) throws IOException;

    public abstract void close();

    /** A factory of the stores that belong to the executing node. */
    public static final FileStoreFactory createFileStoreFactory(ExecutionContext context) {
        return new FileStoreFactory() {
            @Override
            public FileStore createFileStore(String name) throws IOException {
                return context.createFileStore(name);
            }

            @Override
            public void close() {
                // the node's execution ends the stores
            }
        };
    }
}
