package org.knime.core.node.port.image;

import java.util.Objects;
import javax.swing.JComponent;
import org.knime.core.data.DataType;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** The kind of a picture. */
public final class ImagePortObjectSpec extends AbstractSimplePortObjectSpec {

    private static final String TYPE = "data_type";

    private DataType type;

    public ImagePortObjectSpec() {}

    public ImagePortObjectSpec(DataType type) {
        this.type = Objects.requireNonNull(type, "type of the picture");
    }

    public DataType getDataType() {
        return type;
    }

    @Override
    public JComponent[] getViews() {
        return new JComponent[0];
    }

    @Override
    protected void save(ModelContentWO model) {
        model.addDataType(TYPE, type);
    }

    @Override
    protected void load(ModelContentRO model) throws InvalidSettingsException {
        type = model.getDataType(TYPE);
    }

    /** Writes and reads such specs. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<ImagePortObjectSpec> {}
}
