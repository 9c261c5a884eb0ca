package org.selfdiff.nodes.diffusion.scorer;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.OptionalColumns;
import org.selfdiff.nodes.common.VectorColumns;
import org.selfdiff.stages.diffusion.ScoreDistribution;

/** Settings of the Distribution Scorer. */
@LoadDefaultsForAbsentFields
final class DistributionScorerParameters implements NodeParameters {

    @Section(title = "Columns")
    interface Columns {}

    @Section(title = "Scores")
    @After(Columns.class)
    interface Scores {}

    @Layout(Columns.class)
    @Widget(
            title = "Embeddings of real pictures",
            description =
                    "Left alone, the last column that an encoder of this extension made, else the first of vectors.")
    @ChoicesProvider(VectorColumns.class)
    @Persist(configKey = "real_column")
    String realColumn = "";

    @Layout(Columns.class)
    @Widget(title = "Embeddings of synthetic pictures", description = "The same for the second input.")
    @ChoicesProvider(VectorColumns.OfSecondInput.class)
    @Persist(configKey = "synthetic_column")
    String syntheticColumn = "";

    @Layout(Columns.class)
    @Widget(
            title = "Embeddings of held-out pictures",
            description = "The same for the third input, if it is connected.")
    @ChoicesProvider(VectorColumns.OfThirdInput.class)
    @Persist(configKey = "held_out_column")
    String heldOutColumn = "";

    @Layout(Columns.class)
    @Widget(
            title = "Class",
            description =
                    "Column of both tables that says of which class a picture is. Each class is also scored by itself.")
    @ChoicesProvider(OptionalColumns.Texts.class)
    @Persist(configKey = "class_column")
    String classColumn = "";

    @Layout(Columns.class)
    @Widget(
            title = "Sources",
            description =
                    "Column of the second input with the row IDs of the pictures that each synthetic one was made from; a"
                            + " Condition Sampler makes one that is called <tt>Sources</tt>. Then the share of synthetic"
                            + " pictures that are nearest to their own source is scored, and both are shown side by side.")
    @ChoicesProvider(OptionalColumns.OfSecondInput.class)
    @Persist(configKey = "source_column")
    String sourceColumn = "";

    @Layout(Scores.class)
    @Widget(
            title = "Points of the line to infinitely many pictures",
            description = "A Frechet distance of few pictures is too large by about 1/N. From this many numbers of "
                    + "synthetic pictures, up to all, a line is drawn to infinitely many, if there are at least twice as "
                    + "many as an embedding has numbers. 0 draws none.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "points")
    int points = 10;

    @Layout(Scores.class)
    @Widget(
            title = "Neighbours",
            description = "How far the ball around a picture reaches, for precision, recall, density and coverage.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "neighbours")
    int neighbours = 5;

    @Layout(Scores.class)
    @Widget(
            title = "Nearest pairs",
            description =
                    "How many pairs of a synthetic picture and its nearest real one are put out, the nearest first.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "pairs")
    int pairs = 50;

    @Advanced
    @Layout(Scores.class)
    @Widget(title = "Subsets of the kernel distance", description = "Its mean and deviation are over so many subsets.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "kernel_subsets")
    int kernelSubsets = 100;

    @Advanced
    @Layout(Scores.class)
    @Widget(title = "Pictures in a subset", description = "At most as many as there are.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "kernel_subset_size")
    int kernelSubsetSize = 1000;

    @Advanced
    @Layout(Scores.class)
    @Widget(
            title = "Most pictures for neighbours",
            description =
                    "Precision, recall, density, coverage and diversity take so many pictures of each set, chosen at "
                            + "random, since their time grows with the square.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "most_pictures")
    int mostPictures = 10_000;

    @Advanced
    @Layout(Scores.class)
    @Widget(title = "Random seed", description = "Subsets and choices follow from this number.")
    @Persist(configKey = "seed")
    long seed = 1;

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Points of the line to infinitely many pictures", points, 0, 1000);
        Checks.range("Neighbours", neighbours, 1, 1000);
        Checks.range("Nearest pairs", pairs, 0, 1_000_000);
        Checks.range("Subsets of the kernel distance", kernelSubsets, 1, 100_000);
        Checks.range("Pictures in a subset", kernelSubsetSize, 2, 100_000);
        Checks.range("Most pictures for neighbours", mostPictures, 2, 1_000_000);
    }

    ScoreDistribution.Settings settings() {
        return new ScoreDistribution.Settings(
                points, kernelSubsets, kernelSubsetSize, neighbours, mostPictures, pairs, seed);
    }
}
