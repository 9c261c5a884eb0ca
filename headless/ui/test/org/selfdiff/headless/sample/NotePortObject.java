package org.selfdiff.headless.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** A text in a file store; the text is written when the object leaves its node. */
public final class NotePortObject extends FileStorePortObject {

    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(NotePortObject.class);

    private NoteSpec spec;
    private String pending;

    private NotePortObject() {}

    public NotePortObject(NoteSpec spec, String text, FileStore store) {
        super(List.of(store));
        this.spec = spec;
        pending = text;
    }

    public String text() throws IOException {
        return Files.readString(getFileStore(0).getFile().toPath());
    }

    @Override
    protected void flushToFileStore() throws IOException {
        if (pending != null) {
            Files.writeString(getFileStore(0).getFile().toPath(), pending);
        }
    }

    @Override
    public NoteSpec getSpec() {
        return spec;
    }

    @Override
    public String getSummary() {
        return spec.title();
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    /** Its serializer. */
    public static final class Serializer extends PortObjectSerializer<NotePortObject> {

        @Override
        public void savePortObject(NotePortObject object, PortObjectZipOutputStream out, ExecutionMonitor exec)
                throws IOException {
            out.putNextEntry(new ZipEntry("note"));
            out.write("marker".getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }

        @Override
        public NotePortObject loadPortObject(PortObjectZipInputStream in, PortObjectSpec spec, ExecutionMonitor exec)
                throws IOException {
            in.getNextEntry();
            if (!"marker".equals(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                throw new IOException("not what was written");
            }
            NotePortObject object = new NotePortObject();
            object.spec = (NoteSpec) spec;
            return object;
        }
    }
}
