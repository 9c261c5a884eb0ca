package org.selfdiff.nodes.common;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.run.RunFailed;

/** Where a node computes that draws nothing at random. */
public final class DeviceParameters implements NodeParameters {
    static final String TITLE = "Device";

    static final String DESCRIPTION = "<tt>auto</tt> takes the first CUDA device that works and else the CPU; "
            + "<tt>cpu</tt>, <tt>cuda</tt> and <tt>cuda:1</tt> name one. The device used, and why, is shown while the node "
            + "runs and kept in the model.";

    /** Device by name. */
    @Widget(title = TITLE, description = DESCRIPTION)
    @TextInputWidget(placeholder = "auto")
    @Persist(configKey = "device")
    public String device = "auto";

    @Override
    public void validate() throws InvalidSettingsException {
        check(device);
    }

    static void check(final String device) throws InvalidSettingsException {
        try {
            DeviceChoice.parse(device);
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
