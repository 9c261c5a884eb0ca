package org.selfdiff.nodes.diffusion.conditions;

import java.util.OptionalDouble;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.diffusion.conditions.Amount;
import org.selfdiff.diffusion.conditions.Centroid;
import org.selfdiff.diffusion.conditions.ConditionStrategy;
import org.selfdiff.diffusion.conditions.Density;
import org.selfdiff.diffusion.conditions.Jitter;
import org.selfdiff.diffusion.conditions.Reconstruction;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.VectorColumns;

/** Settings of the Condition Sampler. */
final class ConditionSamplerParameters implements NodeParameters {

    /** How conditions are made. */
    enum Strategy {
        @Label(value = "Reconstruction", description = "The embedding of a picture itself.")
        RECONSTRUCTION,
        @Label(value = "Interpolation", description = "Between the embeddings of two pictures.")
        INTERPOLATION,
        @Label(value = "Jitter", description = "The embedding of a picture with noise.")
        JITTER,
        @Label(value = "Class centroid", description = "The mean of a label; of all rows where there are no labels.")
        CENTROID,
        @Label(
                value = "Density",
                description =
                        "Drawn from a mixture of normal distributions for each label: needs no picture to start from.")
        DENSITY
    }

    /** What the scale of jitter is measured by. */
    enum JitterUnit {
        @Label(value = "Deviation", description = "Each dimension's own standard deviation over all rows.")
        DEVIATION,
        @Label(
                value = "Nearest neighbour",
                description = "The distance to the nearest other picture: noise of 1 is as long as that.")
        NEIGHBOUR
    }

    /** Covariances of the density. */
    enum Shape {
        @Label(
                value = "Full",
                description = "Directions in which embeddings vary together are learnt, shrunk where rows are few.")
        FULL,
        @Label(value = "Diagonal", description = "Each dimension by itself: fast, and coarser.")
        DIAGONAL
    }

    /** How the number is meant. */
    enum Count {
        @Label(
                value = "For each source",
                description = "As many for each row; with the class centroid, for each label.")
        EACH,
        @Label(value = "In all", description = "So many, from sources in random order, each once before any twice.")
        TOTAL
    }

    interface StrategyReference extends ParameterReference<Strategy> {}

    /** Whether there are labels. */
    static final class Labelled implements BooleanReference {}

    /** Whether the strategy is interpolation. */
    static final class Interpolates implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(StrategyReference.class).isOneOf(Strategy.INTERPOLATION);
        }
    }

    /** Whether the strategy is jitter. */
    static final class Jitters implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(StrategyReference.class).isOneOf(Strategy.JITTER);
        }
    }

    /** Whether the strategy is density. */
    static final class Dense implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(StrategyReference.class).isOneOf(Strategy.DENSITY);
        }
    }

    @Section(title = "Sources")
    interface Source {}

    @Section(title = "Strategy")
    @After(Source.class)
    interface Making {}

    @Section(title = "Number")
    @After(Making.class)
    interface Number {}

    @Layout(Source.class)
    @Widget(title = "Embeddings", description = "The column of vectors. New ones get its name and its marks.")
    @ChoicesProvider(VectorColumns.class)
    @Persist(configKey = "embeddings")
    String embeddings = "";

    @Layout(Source.class)
    @Widget(
            title = "There are labels",
            description = "Whether a column names the class of each picture. Rows with a missing label are a class "
                    + "without a name.")
    @ValueReference(Labelled.class)
    @Persist(configKey = "labelled")
    boolean labelled;

    @Layout(Source.class)
    @Widget(title = "Labels", description = "The column of labels.")
    @ChoicesProvider(LabelColumns.class)
    @Effect(predicate = Labelled.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "labels")
    String labels = "";

    @Layout(Making.class)
    @Widget(title = "Strategy", description = "How conditions are made.")
    @ValueReference(StrategyReference.class)
    @Persist(configKey = "strategy")
    Strategy strategy = Strategy.RECONSTRUCTION;

    @Layout(Making.class)
    @Effect(predicate = Interpolates.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "interpolation")
    InterpolationParameters interpolation = new InterpolationParameters();

    @Layout(Making.class)
    @Widget(title = "Scale of the noise", description = "In the unit below; 0 adds none.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = Jitters.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "jitter_scale")
    double jitterScale = 0.25;

    @Layout(Making.class)
    @Widget(title = "Unit of the noise", description = "What a scale of 1 means.")
    @ValueSwitchWidget
    @Effect(predicate = Jitters.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "jitter_unit")
    JitterUnit jitterUnit = JitterUnit.NEIGHBOUR;

    @Layout(Making.class)
    @Widget(
            title = "Components at most",
            description =
                    "Normal distributions of a label's mixture. As many are taken as suit the data best (Bayesian "
                            + "information criterion), no more than half the label's rows.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = Dense.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "components")
    int components = 5;

    @Layout(Making.class)
    @Widget(title = "Covariances", description = "What is learnt of each normal distribution beside its mean.")
    @ValueSwitchWidget
    @Effect(predicate = Dense.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "covariances")
    Shape covariances = Shape.FULL;

    @Advanced
    @Layout(Making.class)
    @Widget(
            title = "Shrinkage",
            description =
                    "Of full covariances toward equal, unrelated dimensions: 0 for none, 1 for all; -1 estimates it "
                            + "from the rows (oracle approximating shrinkage).")
    @NumberInputWidget
    @Effect(predicate = Dense.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "shrinkage")
    double shrinkage = -1;

    @Layout(Number.class)
    @Widget(title = "The number is meant", description = "For each source, or in all.")
    @ValueSwitchWidget
    @Persist(configKey = "count")
    Count count = Count.EACH;

    @Layout(Number.class)
    @Widget(title = "Number of conditions", description = "How many are made.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "number")
    int number = 1;

    @Layout(Number.class)
    @Widget(title = "Random seed", description = "Everything that is drawn follows from it.")
    @Persist(configKey = "seed")
    long seed = 1;

    ConditionSamplerParameters() {}

    ConditionSamplerParameters(final NodeParametersInput input) {
        embeddings = EmbeddingColumn.guess(input, 0);
    }

    ConditionStrategy conditions() {
        return switch (strategy) {
            case RECONSTRUCTION -> new Reconstruction();
            case INTERPOLATION -> interpolation.strategy();
            case JITTER -> new Jitter(
                    jitterScale,
                    switch (jitterUnit) {
                        case DEVIATION -> Jitter.Unit.DEVIATION;
                        case NEIGHBOUR -> Jitter.Unit.NEIGHBOUR;
                    });
            case CENTROID -> new Centroid();
            case DENSITY -> new Density(
                    components,
                    covariances == Shape.FULL,
                    shrinkage < 0 ? OptionalDouble.empty() : OptionalDouble.of(shrinkage));
        };
    }

    Amount amount() {
        return switch (count) {
            case EACH -> new Amount.Each(number);
            case TOTAL -> new Amount.Total(number);
        };
    }

    @Override
    public void validate() throws InvalidSettingsException {
        interpolation.validate();
        Checks.range("Scale of the noise", jitterScale, 0, 1000);
        Checks.range("Components at most", components, 1, 1000);
        if (shrinkage != -1) {
            Checks.range("Shrinkage", shrinkage, 0, 1);
        }
        Checks.range("Number of conditions", number, 1, 10_000_000);
        if (strategy == Strategy.INTERPOLATION && interpolation.needsLabels() && !labelled) {
            throw new InvalidSettingsException(
                    "A partner of the same label needs labels: tick \"There are labels\", or choose another partner.");
        }
    }
}
