package org.selfdiff.nodes.common;

import java.io.IOException;
import java.nio.file.Path;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.ExecutionContext;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.run.RunFailed;

/** The file store that a node writes its model into. */
public final class ModelStore {
    private ModelStore() {}

    /** Creates it. */
    public static FileStore create(final ExecutionContext exec) throws RunFailed {
        try {
            return exec.createFileStore(ModelPortObject.FILE);
        } catch (IOException e) {
            throw new RunFailed(
                    "KNIME cannot store the model: " + e.getMessage(),
                    "temporary folder of KNIME",
                    "Make room on the disk, or set another folder under Preferences > KNIME.",
                    e);
        }
    }

    /** Where the model's file goes. */
    public static Path file(final FileStore store) {
        return store.getFile().toPath();
    }
}
