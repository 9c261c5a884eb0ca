package org.knime.core.node.port;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;

/** A spec that fits into a tree of settings. */
public abstract class AbstractSimplePortObjectSpec implements PortObjectSpec {

    protected abstract void save(ModelContentWO model);

    protected abstract void load(ModelContentRO model) throws InvalidSettingsException;

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    private ModelContent content() {
        ModelContent content = new ModelContent("model");
        save(content);
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || other != null
                        && getClass() == other.getClass()
                        && content().equals(((AbstractSimplePortObjectSpec) other).content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    /**
     * Writes and reads such specs as one XML entry.
     *
     * @param <T> class of the specs
     */
    public abstract static class AbstractSimplePortObjectSpecSerializer<T extends AbstractSimplePortObjectSpec>
            extends PortObjectSpecSerializer<T> {

        @Override
        public void savePortObjectSpec(T spec, PortObjectSpecZipOutputStream out) throws IOException {
            ModelContent content = new ModelContent("content.xml");
            spec.save(content);
            out.putNextEntry(new ZipEntry("content.xml"));
            content.saveToXML(out);
            out.closeEntry();
        }

        @Override
        @SuppressWarnings("unchecked")
        public T loadPortObjectSpec(PortObjectSpecZipInputStream in) throws IOException {
            T spec = (T) TypeArgument.newInstance(getClass(), AbstractSimplePortObjectSpec.class);
            in.getNextEntry();
            try {
                spec.load(ModelContent.loadFromXML(new ByteArrayInputStream(in.readAllBytes())));
            } catch (InvalidSettingsException e) {
                throw new IOException("The stored spec is damaged: " + e.getMessage(), e);
            }
            return spec;
        }
    }
}
