package org.selfdiff.headless.host;

import java.io.IOException;
import java.nio.file.Path;
import org.knime.core.node.port.PortObject;

/** Saves port objects to folders and loads them again, through their own serializers and file stores. */
public final class PortObjects {

    private PortObjects() {}

    /** Writes the object, its spec and a copy of its file stores into the folder (which is created). */
    public static void save(PortObject object, Path dir) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Reads what {@link #save} wrote; file stores are used where they lie. */
    public static PortObject load(Path dir) throws IOException {
        throw new UnsupportedOperationException();
    }
}
