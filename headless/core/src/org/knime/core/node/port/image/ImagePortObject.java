package org.knime.core.node.port.image;

import java.io.IOException;
import java.util.Objects;
import java.util.zip.ZipEntry;
import javax.swing.JComponent;
import org.knime.core.data.DataCell;
import org.knime.core.data.image.ImageContent;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.port.AbstractPortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.PortTypeRegistry;

/** A picture that goes from node to node; only PNG here. */
public class ImagePortObject extends AbstractPortObject {

    public static final PortType TYPE = PortTypeRegistry.getInstance().getPortType(ImagePortObject.class);
    public static final PortType TYPE_OPTIONAL =
            PortTypeRegistry.getInstance().getPortType(ImagePortObject.class, true);

    private ImageContent content;
    private ImagePortObjectSpec spec;

    public ImagePortObject() {}

    public ImagePortObject(ImageContent content, ImagePortObjectSpec spec) {
        this.content = Objects.requireNonNull(content, "picture");
        this.spec = Objects.requireNonNull(spec, "spec");
    }

    public DataCell toDataCell() {
        return content.toImageCell();
    }

    @Override
    public ImagePortObjectSpec getSpec() {
        return spec;
    }

    @Override
    public String getSummary() {
        return content.getSummary();
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    @Override
    protected void save(PortObjectZipOutputStream out, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        out.putNextEntry(new ZipEntry("content.png"));
        content.save(out);
        out.closeEntry();
    }

    @Override
    protected void load(PortObjectZipInputStream in, PortObjectSpec stored, ExecutionMonitor exec)
            throws IOException, CanceledExecutionException {
        in.getNextEntry();
        content = new PNGImageContent(in);
        spec = (ImagePortObjectSpec) stored;
    }

    /** Writes and reads pictures. */
    public static final class Serializer extends AbstractPortObjectSerializer<ImagePortObject> {}
}
