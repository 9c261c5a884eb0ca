package org.knime.core.node.port;

import java.io.IOException;
import javax.swing.JComponent;
import org.knime.core.internal.SerializerMethodLoader.Serializer;

/** What is known of a port object before it exists. */
public interface PortObjectSpec {

    JComponent[] getViews();

    /**
     * Writes and reads specs of one class; registered at the extension point {@code org.knime.core.PortType}.
     *
     * @param <T> class of the specs
     */
    abstract class PortObjectSpecSerializer<T extends PortObjectSpec> implements Serializer<T> {

        public abstract void savePortObjectSpec(T portObjectSpec, PortObjectSpecZipOutputStream out) throws IOException;

        public abstract T loadPortObjectSpec(PortObjectSpecZipInputStream in) throws IOException;
    }
}
