package org.selfdiff.nodes.bags.learner;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nn.mil.MilSpec;
import org.selfdiff.nodes.common.Checks;

/** What single methods of the MIL Learner leave open. */
final class NetworkParameters implements NodeParameters {

    /** How tiles know of places. */
    enum Positions {
        @Label(value = "Learned", description = "A trained vector for each cell of a region.")
        LEARNED,
        @Label(value = "Absolute", description = "Sinusoids of line and column on the slide.")
        ABSOLUTE,
        @Label(value = "Relative", description = "A trained number for each offset between two tiles of a region.")
        RELATIVE
    }

    /** What a region becomes. */
    enum Aggregation {
        @Label(value = "Token", description = "What a token saw of its tiles.")
        TOKEN,
        @Label(value = "Mean", description = "The mean of its tiles.")
        MEAN,
        @Label(value = "Gated attention", description = "The mean of its tiles by gated attention.")
        GATED_ATTENTION
    }

    /** Loss of CLAM's classifiers of tiles. */
    enum TileLoss {
        @Label(value = "Smooth SVM", description = "The smooth top-1 SVM loss, as in the paper.")
        SMOOTH_SVM,
        @Label(value = "Cross-entropy", description = "Cross-entropy.")
        CROSS_ENTROPY
    }

    @Advanced
    @Widget(
            title = "Outer region sides",
            description = "For the regional transformer: sides in tiles of further regions around the innermost, from "
                    + "small to large, separated by commas; each is a multiple of the one before. For instance 8 groups "
                    + "regions of 2 x 2 tiles inside 8 x 8. Empty for one level.")
    @Persist(configKey = "outer_sides")
    String outerSides = "";

    @Advanced
    @Widget(title = "Positions", description = "For the regional transformer: how tiles know of their places.")
    @Persist(configKey = "positions")
    Positions positions = Positions.LEARNED;

    @Advanced
    @Widget(title = "Aggregation", description = "For the regional transformer: what regions, and the slide, become.")
    @Persist(configKey = "aggregation")
    Aggregation aggregation = Aggregation.TOKEN;

    @Advanced
    @Widget(
            title = "Tiles that classifiers learn from",
            description = "For CLAM: so many tiles of the highest and as many of the lowest attention.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "instance_tiles")
    int instanceTiles = 8;

    @Advanced
    @Widget(
            title = "Classes exclude each other in tiles",
            description = "For CLAM (there: subtyping): tiles that a wrong class attends to most count against it.")
    @Persist(configKey = "subtyping")
    boolean subtyping;

    @Advanced
    @Widget(title = "Loss of tiles", description = "For CLAM: the loss of its classifiers of tiles.")
    @Persist(configKey = "tile_loss")
    TileLoss tileLoss = TileLoss.SMOOTH_SVM;

    @Advanced
    @Widget(title = "Share of the slide's loss", description = "For CLAM: the rest is the tiles'.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "bag_share")
    double bagShare = 0.7;

    MilSpec.Regions regions() {
        return new MilSpec.Regions(
                sides(),
                switch (positions) {
                    case LEARNED -> MilSpec.Positions.LEARNED;
                    case ABSOLUTE -> MilSpec.Positions.ABSOLUTE;
                    case RELATIVE -> MilSpec.Positions.RELATIVE;
                },
                switch (aggregation) {
                    case TOKEN -> MilSpec.Aggregation.TOKEN;
                    case MEAN -> MilSpec.Aggregation.MEAN;
                    case GATED_ATTENTION -> MilSpec.Aggregation.GATED_ATTENTION;
                });
    }

    MilSpec.Instances instances() {
        return new MilSpec.Instances(instanceTiles, subtyping, tileLoss == TileLoss.SMOOTH_SVM, bagShare);
    }

    private List<Integer> sides() {
        final List<Integer> sides = new ArrayList<>();
        for (final String side : outerSides.split(",")) {
            if (!side.isBlank()) {
                sides.add(Integer.valueOf(side.trim()));
            }
        }
        return sides;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        try {
            sides();
        } catch (NumberFormatException e) {
            throw new InvalidSettingsException(
                    "Setting \"Outer region sides\" is \"" + outerSides
                            + "\". Give whole numbers separated by commas, for instance 8.",
                    e);
        }
        Checks.range("Tiles that classifiers learn from", instanceTiles, 1, 1 << 16);
        Checks.range("Share of the slide's loss", bagShare, 0, 1);
    }
}
