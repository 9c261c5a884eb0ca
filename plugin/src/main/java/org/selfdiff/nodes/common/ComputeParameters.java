package org.selfdiff.nodes.common;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** Where a node computes, and from which seed: the same seed, data and settings give the same result. */
public final class ComputeParameters implements NodeParameters {

    /** Device by name. */
    @Widget(
            title = "Device",
            description = "<tt>auto</tt> takes the first CUDA device that works and else the CPU; <tt>cpu</tt>, "
                    + "<tt>cuda</tt> and <tt>cuda:1</tt> name one. The device used, and why, is shown while the node runs "
                    + "and kept in the model.")
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
        if (!device.trim().matches("auto|cpu|cuda(:\\d{1,3})?")) {
            throw new InvalidSettingsException("Device \"" + device
                    + "\" is not known. Use auto, cpu, cuda, or cuda:1 for the second CUDA device.");
        }
    }
}
