package org.selfdiff.nodes.segmentation.predictor;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.DeviceParameters;
import org.selfdiff.nodes.common.TruthValues;
import org.selfdiff.nodes.common.UnreadableSlide;

/** Settings of the Segmentation Predictor. */
final class SegmentationPredictorParameters implements NodeParameters {

    /** What becomes a row. */
    enum Segmented {
        @Label(
                value = "Whole pictures",
                description = "Each picture of the table once and whole, at the resolution of its tiles.")
        PICTURES,
        @Label(
                value = "Tiles",
                description = "Each tile by itself: for slides that are too large to be segmented whole.")
        TILES
    }

    @Section(title = "Sliding window")
    interface Window {}

    @Section(title = "Pictures in the table")
    @After(Window.class)
    interface Pictures {}

    @Section(title = "Execution")
    @After(Pictures.class)
    interface Execution {}

    @Layout(Window.class)
    @Widget(title = "Segment", description = "Whether whole pictures or single tiles are segmented.")
    @ValueSwitchWidget
    @Persist(configKey = "segmented")
    Segmented segmented = Segmented.PICTURES;

    @Layout(Window.class)
    @Widget(
            title = "Overlap",
            description =
                    "Share of a window's side that the next window covers again, 0 to 0.75. Where windows overlap, their "
                            + "probabilities are blended smoothly; more overlap, fewer seams, longer time.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "overlap")
    double overlap = 0.5;

    @Layout(Window.class)
    @Widget(
            title = "Average over flips",
            description =
                    "Whether every window is also seen flipped, and the four results averaged: a little better, four "
                            + "times the time.")
    @Persist(configKey = "flips")
    boolean flips;

    @Advanced
    @Layout(Window.class)
    @Widget(title = "Windows at once", description = "Windows that are computed together. Fewer need less memory.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "batch_size")
    int batchSize = 16;

    @Layout(Pictures.class)
    @Widget(
            title = "Probability",
            description = "Adds a grey picture of the probability that a pixel is not background.")
    @Persist(configKey = "with_probability")
    boolean withProbability = true;

    @Layout(Pictures.class)
    @Widget(title = "Overlay", description = "Adds the picture with the outlines of the prediction.")
    @Persist(configKey = "with_overlay")
    boolean withOverlay = true;

    @Layout(Pictures.class)
    @Widget(
            title = "Comparison",
            description = "Adds input, truth and prediction side by side, where there is a true mask.")
    @Persist(configKey = "with_comparison")
    boolean withComparison = true;

    @Advanced
    @Layout(Pictures.class)
    @Widget(title = "Mask values", description = "What the values of the true masks mean, for the comparison.")
    @ValueSwitchWidget
    @Persist(configKey = "mask_values")
    TruthValues maskValues = TruthValues.MODEL;

    @Layout(Execution.class)
    @Widget(
            title = UnreadableSlide.TITLE,
            description =
                    UnreadableSlide.DESCRIPTION + " What cannot be read has no row; without its true mask a picture "
                            + "has a row, but no comparison.")
    @ValueSwitchWidget
    @Persist(configKey = "on_failure")
    UnreadableSlide onFailure = UnreadableSlide.SKIP;

    @Layout(Execution.class)
    @Persist(configKey = "compute")
    DeviceParameters compute = new DeviceParameters();

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Overlap", overlap, 0, 0.75);
        Checks.range("Windows at once", batchSize, 1, 4096);
        compute.validate();
    }
}
