package org.selfdiff.headless.bridge;

import org.knime.core.data.container.ColumnRearranger;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.NodeModel;

/** Where the stand-in's packages leave their doors. */
public final class Bridges {

    private static volatile FileStoreAccess fileStores;
    private static volatile NodeAccess nodes;
    private static volatile RearrangerAccess rearrangers;

    private Bridges() {}

    public static void register(FileStoreAccess access) {
        fileStores = access;
    }

    public static void register(NodeAccess access) {
        nodes = access;
    }

    public static void register(RearrangerAccess access) {
        rearrangers = access;
    }

    public static FileStoreAccess fileStores() {
        initialise(FileStorePortObject.class);
        return fileStores;
    }

    public static NodeAccess nodes() {
        initialise(NodeModel.class);
        return nodes;
    }

    public static RearrangerAccess rearrangers() {
        initialise(ColumnRearranger.class);
        return rearrangers;
    }

    // the class leaves its door in its static initialiser
    private static void initialise(Class<?> type) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
