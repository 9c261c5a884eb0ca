package org.selfdiff.nodes.segmentation.scorer;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.selfdiff.nodes.common.TruthValues;

/** Settings of the Segmentation Scorer. */
final class SegmentationScorerParameters implements NodeParameters {

    /** What a class counts where it is absent from truth and prediction. */
    enum EmptyClass {
        @Label(
                value = "Leave out",
                description = "The class does not count in that picture, as in torchmetrics. A class that is in the "
                        + "truth alone or in the prediction alone counts 0. (MONAI leaves it out too where the truth "
                        + "lacks it.)")
        SKIP,
        @Label(
                value = "Count as 1",
                description = "Rightly finding nothing is perfect, as in scikit-learn with zero_division=1 and in "
                        + "GenSelfDiff-HIS. So is the precision where nothing was predicted, and the recall where there "
                        + "was nothing to find.")
        COUNT_AS_ONE,
        @Label(value = "Count as 0", description = "The strictest.")
        COUNT_AS_ZERO
    }

    @Widget(title = "Mask values", description = "What the values of the true masks mean.")
    @ValueSwitchWidget
    @Persist(configKey = "mask_values")
    TruthValues maskValues = TruthValues.MODEL;

    @Widget(
            title = "A class absent from truth and prediction",
            description = "What it counts in that picture, where Dice and the others are 0 divided by 0.")
    @ValueSwitchWidget
    @Persist(configKey = "empty_class")
    EmptyClass emptyClass = EmptyClass.SKIP;

    @Widget(
            title = "Background counts in means over classes",
            description =
                    "Background is always shown; this says whether it counts in the row <i>mean</i>. It is easy, so that "
                            + "counting it makes every score look better.")
    @Persist(configKey = "background_counts")
    boolean backgroundCounts;
}
