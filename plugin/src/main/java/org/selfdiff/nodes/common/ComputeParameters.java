package org.selfdiff.nodes.common;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** Where a node computes, and from which seed: the same seed, data and settings give the same result. */
public final class ComputeParameters implements NodeParameters {

    /** Device by name. */
    @Widget(title = DeviceParameters.TITLE, description = DeviceParameters.DESCRIPTION)
    @TextInputWidget(placeholder = "auto")
    @Persist(configKey = "device")
    public String device = "auto";

    /** Seed of everything random. */
    @Widget(
            title = "Random seed",
            description = "Everything random in this node follows from this number: on the CPU the same seed, data and "
                    + "settings give the same result, bit for bit.")
    @Persist(configKey = "seed")
    public long seed = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        DeviceParameters.check(device);
    }
}
