package org.knime.core.node.port;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** A port object that fits into a tree of settings. */
public abstract class AbstractSimplePortObject implements PortObject {

    protected abstract void save(ModelContentWO model, ExecutionMonitor exec) throws CanceledExecutionException;

    protected abstract void load(ModelContentRO model, PortObjectSpec spec, ExecutionMonitor exec)
            throws InvalidSettingsException, CanceledExecutionException;

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    private ModelContent content() {
        ModelContent content = new ModelContent("model");
        try {
            save(content, new ExecutionMonitor());
        } catch (CanceledExecutionException e) {
            throw new IllegalStateException(e);
        }
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || other != null
                        && getClass() == other.getClass()
                        && content().equals(((AbstractSimplePortObject) other).content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    /**
     * Writes and reads such objects as one XML entry.
     *
     * @param <T> class of the objects
     */
    public abstract static class AbstractSimplePortObjectSerializer<T extends AbstractSimplePortObject>
            extends PortObjectSerializer<T> {

        @Override
        public void savePortObject(T portObject, PortObjectZipOutputStream out, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            ModelContent content = new ModelContent("content.xml");
            portObject.save(content, exec);
            out.putNextEntry(new ZipEntry("content.xml"));
            content.saveToXML(out);
            out.closeEntry();
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
                throws IOException, CanceledExecutionException {
            T object = (T) TypeArgument.newInstance(getClass(), AbstractSimplePortObject.class);
            in.getNextEntry();
            try {
                object.load(ModelContent.loadFromXML(new ByteArrayInputStream(in.readAllBytes())), spec, exec);
            } catch (InvalidSettingsException e) {
                throw new IOException("The stored object is damaged: " + e.getMessage(), e);
            }
            return object;
        }
    }
}
