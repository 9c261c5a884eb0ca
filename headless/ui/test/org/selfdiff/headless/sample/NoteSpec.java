package org.selfdiff.headless.sample;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;

/** A spec with a title. */
public final class NoteSpec extends AbstractSimplePortObjectSpec {

    private String title = "";

    public NoteSpec() {}

    public NoteSpec(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    @Override
    protected void save(ModelContentWO model) {
        model.addString("title", title);
    }

    @Override
    protected void load(ModelContentRO model) throws InvalidSettingsException {
        title = model.getString("title");
    }

    /** Its serializer. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<NoteSpec> {}
}
