package org.selfdiff.nodes.bags.heatmap;

import org.knime.core.data.DoubleValue;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.imaging.draw.ColourMap;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.NameList;
import org.selfdiff.nodes.common.OptionalColumns;
import org.selfdiff.nodes.common.UnreadableSlide;
import org.selfdiff.stages.bags.AttentionScale;
import org.selfdiff.stages.bags.DrawAttention;

/** Settings of the Attention Heatmap. */
@LoadDefaultsForAbsentFields
final class AttentionHeatmapParameters implements NodeParameters {

    /** How attention is scaled. */
    enum Scaling {
        @Label(
                value = "By rank",
                description = "Every colour for as many tiles as any other: shows the order, also among low attention.")
        RANK,
        @Label(
                value = "Between percentiles",
                description = "Evenly between two percentiles of the slide: shows how far the largest stand out.")
        PERCENTILES
    }

    /** Colours of the scale. */
    enum Colouring {
        @Label(value = "Viridis", description = "From violet over green to yellow.")
        VIRIDIS,
        @Label(value = "Cividis", description = "From blue over grey to yellow, near to the same for everybody.")
        CIVIDIS,
        @Label(value = "Inferno", description = "From black over red to pale yellow.")
        INFERNO
    }

    /** The numbers of the input, or the one that a MIL Predictor added. */
    static final class AttentionColumns extends OptionalColumns {
        AttentionColumns() {
            super(0, "Found by name", DoubleValue.class);
        }
    }

    /** To show the percentiles where they count. */
    static final class ScalingReference implements ParameterReference<Scaling> {}

    /** Whether percentiles are asked for. */
    static final class ByPercentiles implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer initializer) {
            return initializer.getEnum(ScalingReference.class).isOneOf(Scaling.PERCENTILES);
        }
    }

    @Widget(
            title = "Attention column",
            description =
                    "Column with the attention of each tile. Left alone, it is the last one whose name begins with"
                            + " <i>Attention</i>.")
    @ChoicesProvider(AttentionColumns.class)
    @Persist(configKey = "attention_column")
    String attentionColumn = "";

    @Widget(
            title = "Folder",
            description =
                    "Folder for pictures and GeoJSON files, which are named after the slides. Empty to write no files. "
                            + "Absolute, relative to the workflow, or <tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "data/heatmaps";

    @Widget(title = "Scaling", description = "How attention becomes colour, slide by slide.")
    @ValueSwitchWidget
    @ValueReference(ScalingReference.class)
    @Persist(configKey = "scaling")
    Scaling scaling = Scaling.RANK;

    @Widget(title = "Lower percentile", description = "Attention of this percentile and less has the lowest colour.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = ByPercentiles.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "lower_percentile")
    double lower = 1;

    @Widget(title = "Upper percentile", description = "Attention of this percentile and more has the highest colour.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = ByPercentiles.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "upper_percentile")
    double upper = 99;

    @Widget(title = "Colours", description = "Colours of the scale. All of them can be read by the colour-blind.")
    @ValueSwitchWidget
    @Persist(configKey = "colours")
    Colouring colours = Colouring.VIRIDIS;

    @Widget(title = "Strength", description = "How strongly the colours cover the slide, 0 to 1.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "strength")
    double strength = 0.55;

    @Widget(
            title = "Tiles shown",
            description = "How many tiles with the most attention, and as many with the least, are shown; 0 to 100.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "tiles_shown")
    int shown = 6;

    @Widget(
            title = "Outlines of classes",
            description = "Classes of the slides' annotations whose outlines are drawn over the heatmap, separated by"
                    + " commas, such as <i>Tumor</i>; where the Tiler was given annotations. Empty for none.")
    @Persist(configKey = "outlined_classes")
    String outlined = "";

    @Widget(title = "GeoJSON for QuPath", description = "Whether the tiles of each slide are written for QuPath.")
    @Persist(configKey = "geojson")
    boolean geoJson = true;

    @Advanced
    @Widget(title = "Longest side", description = "Longest side of the overview in pixels, 128 to 16,384.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "longest_side")
    int side = 1600;

    @Widget(title = UnreadableSlide.TITLE, description = UnreadableSlide.DESCRIPTION)
    @ValueSwitchWidget
    @Persist(configKey = "on_failure")
    UnreadableSlide onFailure = UnreadableSlide.SKIP;

    DrawAttention.Look look() {
        return new DrawAttention.Look(
                switch (scaling) {
                    case RANK -> AttentionScale.byRank();
                    case PERCENTILES -> new AttentionScale(AttentionScale.Kind.PERCENTILES, lower, upper);
                },
                switch (colours) {
                    case VIRIDIS -> ColourMap.VIRIDIS;
                    case CIVIDIS -> ColourMap.CIVIDIS;
                    case INFERNO -> ColourMap.INFERNO;
                },
                strength,
                side,
                shown,
                NameList.split(outlined));
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Lower percentile", lower, 0, 100);
        Checks.range("Upper percentile", upper, 0, 100);
        if (lower >= upper) {
            throw new InvalidSettingsException(
                    "\"Lower percentile\" is " + lower + ", \"Upper percentile\" " + upper + ". It must be larger.");
        }
        Checks.range("Strength", strength, 0, 1);
        Checks.range("Tiles shown", shown, 0, 100);
        Checks.range("Longest side", side, 128, 16_384);
    }
}
