package org.knime.core.node.port;

import java.io.IOException;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;

/** A port object that writes and reads itself; it has a constructor without arguments. */
public abstract class AbstractPortObject implements PortObject {

    protected abstract void save(PortObjectZipOutputStream out, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

    protected abstract void load(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException;

    /**
     * Writes and reads such objects.
     *
     * @param <T> class of the objects
     */
    public abstract static class AbstractPortObjectSerializer<T extends AbstractPortObject>
            extends PortObjectSerializer<T> {

        @Override
        public void savePortObject(T object, PortObjectZipOutputStream out, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            object.save(out, exec);
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            T object = (T) TypeArgument.newInstance(getClass(), AbstractPortObject.class);
            object.load(in, spec, exec);
            return object;
        }
    }
}
