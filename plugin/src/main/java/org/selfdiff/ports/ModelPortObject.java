package org.selfdiff.ports;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;
import org.selfdiff.model.ModelCard;

/** A trained model: its card, and a file store with the weights, which KNIME moves about without reading it. */
public final class ModelPortObject extends FileStorePortObject {

    /** Name of the file store, and of the file that a user sees in the results of a run. */
    public static final String FILE = "model.safetensors";

    /** The port type. */
    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(ModelPortObject.class);

    /** The type of a port that may stay open. */
    public static final PortType TYPE_OPTIONAL =
            PortTypeRegistry.getInstance().getPortType(ModelPortObject.class, true);

    /** Saves and loads the object; the weights travel as a file store. */
    public static final class Serializer extends PortObjectSerializer<ModelPortObject> {
        private static final String ENTRY = "format.txt";

        @Override
        public void savePortObject(
                final ModelPortObject object, final PortObjectZipOutputStream out, final ExecutionMonitor monitor)
                throws IOException {
            out.putNextEntry(new ZipEntry(ENTRY));
            out.write("selfdiff-model 1".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }

        @Override
        public ModelPortObject loadPortObject(
                final PortObjectZipInputStream in, final PortObjectSpec spec, final ExecutionMonitor monitor)
                throws IOException {
            final ZipEntry entry = in.getNextEntry();
            if (entry == null || !ENTRY.equals(entry.getName())) {
                throw new IOException("A SelfDiff model was expected, but its entry " + ENTRY + " is missing.");
            }
            final String format = new String(in.readNBytes(64), StandardCharsets.UTF_8);
            if (!"selfdiff-model 1".equals(format)) {
                throw new IOException("The model was saved by a newer version (" + format + "). Update SelfDiff.");
            }
            final ModelPortObject object = new ModelPortObject();
            object.spec = (ModelPortSpec) spec;
            return object;
        }
    }

    private ModelPortSpec spec;

    private ModelPortObject() {}

    /**
     * Creates the object.
     *
     * @param card the card, final provenance included
     * @param weights the file store that holds the whole model file
     */
    public ModelPortObject(final ModelCard card, final FileStore weights) {
        super(List.of(weights));
        this.spec = new ModelPortSpec(card);
    }

    /** The model's card. */
    public ModelCard card() {
        return spec.card();
    }

    /** The model file. */
    public Path file() {
        final File file = getFileStore(0).getFile();
        return file.toPath();
    }

    @Override
    public String getSummary() {
        return spec.card().summary();
    }

    @Override
    public ModelPortSpec getSpec() {
        return spec;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }
}
