package org.selfdiff.nodes.slides.partitioner;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.OptionalColumns;

/** Settings of the Tile Partitioner. */
final class TilePartitionerParameters implements NodeParameters {

    @Widget(
            title = "Held-out share",
            description = "Share of the groups that no training sees, for scoring. Used if the number below is 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Persist(configKey = "held_out_share")
    double heldOutShare = 0.3;

    @Widget(
            title = "Held-out groups",
            description = "Number of groups that no training sees. 0 takes the share above instead.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "held_out_groups")
    int heldOutGroups;

    @Widget(
            title = "Labelled pictures",
            description =
                    "How many of the other pictures keep their masks, for fine-tuning. All other pictures count as "
                            + "unlabelled, whether they have masks or not: this is how a few labels are simulated. 0 where masks do "
                            + "not matter.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "labelled_pictures")
    int labelledPictures = 8;

    @Widget(
            title = "Label column",
            description =
                    "For classification: a column of labels; pictures count as labelled where it is filled in. None: "
                            + "pictures count as labelled that have masks.")
    @ChoicesProvider(OptionalColumns.Texts.class)
    @Persist(configKey = "label_column")
    @Migrate(loadDefaultIfAbsent = true)
    String labelColumn = "";

    @Widget(
            title = "Labelled pictures are pre-trained on too",
            description = "Whether the labelled pictures are among the unlabelled ones as well, without their masks.")
    @Persist(configKey = "labelled_also_unlabelled")
    boolean labelledAlsoUnlabelled = true;

    @Widget(
            title = "Random seed",
            description = "The choice follows from this number and the names of groups and pictures.")
    @Persist(configKey = "seed")
    long seed = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Held-out share", heldOutShare, 0.001, 0.999);
        Checks.range("Held-out groups", heldOutGroups, 0, 10_000_000);
        Checks.range("Labelled pictures", labelledPictures, 0, 10_000_000);
    }
}
