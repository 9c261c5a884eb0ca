package org.selfdiff.nodes.slides.tiler;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.selfdiff.nodes.common.Checks;

/** Whether tiles that are out of focus are dropped. */
final class SharpnessParameters implements NodeParameters {

    @Widget(
            title = "Measure sharpness",
            description =
                    "Whether every tile's pixels are read and its sharpness goes into the table: low values are out of "
                            + "focus.")
    @Persist(configKey = "measure_sharpness")
    boolean measureSharpness;

    @Advanced
    @Widget(
            title = "Minimum sharpness",
            description =
                    "Tiles below are dropped, if sharpness is measured. About 0.3 is visibly blurred, 0.5 and more in focus; look at a few slides first.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "min_sharpness")
    double minSharpness;

    /** Least sharpness of a tile that is kept; not a number if sharpness is not measured. */
    double least() {
        return measureSharpness ? minSharpness : Double.NaN;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Minimum sharpness", minSharpness, 0, 1);
    }
}
