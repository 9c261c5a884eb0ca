package org.selfdiff.nodes.segmentation.zeroshot;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
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
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.data.ClassLabels;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.MaskValues;
import org.selfdiff.nodes.common.UnreadableSlide;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.segmentation.SegmentRule;
import org.selfdiff.stages.segmentation.SegmentZeroShot;

/** Settings of the Zero-shot Segmenter. */
final class ZeroShotSegmenterParameters implements NodeParameters {

    /** How far places are merged. */
    enum Until {
        @Label(
                value = "Few are left",
                description =
                        "Merges at the lowest threshold that leaves no more segments than given, tile by tile: for models of "
                                + "any size.")
        SEGMENTS,
        @Label(value = "They differ", description = "Merges what differs by less than a threshold, as published.")
        THRESHOLD
    }

    interface UntilReference extends ParameterReference<Until> {}

    static final class BySegments implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(UntilReference.class).isOneOf(Until.SEGMENTS);
        }
    }

    /** What segments are called where there are no labels. */
    enum Unlabelled {
        @Label(value = "Numbers", description = "Segments have numbers; there is no prediction.")
        NUMBERS,
        @Label(
                value = "By the tile's own mask",
                description =
                        "Each tile's own mask says what its segments are: no prediction, but the most that its segments "
                                + "could give, as papers compare methods.")
        OWN_MASK
    }

    /** Which segment of a labelled tile is which class. */
    enum Rule {
        @Label(
                value = "Majority",
                description =
                        "Each segment is the class of most of its pixels, so that several segments may be of one class.")
        MAJORITY,
        @Label(
                value = "One to one",
                description =
                        "One segment for each class, so that they overlap most (Hungarian method); the others are "
                                + "background.")
        ONE_TO_ONE
    }

    @Section(title = "Segments")
    interface Segments {}

    @Section(title = "Classes")
    @After(Segments.class)
    interface Classes {}

    @Section(title = "Pictures in the table")
    @After(Classes.class)
    interface Pictures {}

    @Section(title = "Execution")
    @After(Pictures.class)
    interface Execution {}

    @Layout(Segments.class)
    @Widget(
            title = "Time-step",
            description =
                    "With how much noise the model sees the tiles: 0 is least, the last time-step of its training "
                            + "(usually 999) most. Published with 300 of 1000 for a large model.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "timestep")
    int timestep = 100;

    @Layout(Segments.class)
    @Widget(title = "Merge until", description = "How far places are merged to segments.")
    @ValueSwitchWidget
    @ValueReference(UntilReference.class)
    @Persist(configKey = "until")
    Until until = Until.SEGMENTS;

    @Layout(Segments.class)
    @Widget(title = "Segments", description = "Most segments of a tile.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = BySegments.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "segments")
    int segments = 20;

    @Layout(Segments.class)
    @Widget(
            title = "Merge threshold",
            description = "Looks that differ by less (mean of the two Kullback-Leibler divergences) are merged: larger "
                    + "gives fewer segments. 0.9 to 1.1 was published for Stable Diffusion.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Effect(predicate = BySegments.class, type = Effect.EffectType.HIDE)
    @Persist(configKey = "threshold")
    double threshold = 1;

    @Advanced
    @Layout(Segments.class)
    @Widget(
            title = "Grid of anchors",
            description = "Places along a side at which merging begins; at most as many as the attention has are used.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "points")
    int points = 16;

    @Advanced
    @Layout(Segments.class)
    @Widget(title = "Rounds", description = "How often maps are merged.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "rounds")
    int rounds = 3;

    @Layout(Classes.class)
    @Widget(title = "Class names", description = "Names of the classes, background first, separated by commas.")
    @Persist(configKey = "class_names")
    String classNames = "background, foreground";

    @Layout(Classes.class)
    @Widget(title = "Mask values", description = "What the values of the masks mean.")
    @ValueSwitchWidget
    @ValueReference(MaskValues.Reference.class)
    @Persist(configKey = "mask_values")
    MaskValues maskValues = MaskValues.FOREGROUND;

    @Layout(Classes.class)
    @Widget(title = MaskValues.COLOURS_TITLE, description = MaskValues.COLOURS_DESCRIPTION)
    @Effect(predicate = MaskValues.Colours.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "class_colours")
    String classColours = MaskValues.COLOURS_OF_TWO;

    @Layout(Classes.class)
    @Widget(
            title = "Segments of a labelled tile",
            description = "Which segment of a tile with a mask is which class. A segment with labelled points is the "
                    + "class of most of them.")
    @ValueSwitchWidget
    @Persist(configKey = "rule")
    Rule rule = Rule.MAJORITY;

    @Layout(Classes.class)
    @Widget(title = "Without labels", description = "What segments are called where the port of labels is open.")
    @ValueSwitchWidget
    @Persist(configKey = "unlabelled")
    Unlabelled unlabelled = Unlabelled.NUMBERS;

    @Layout(Pictures.class)
    @Widget(title = "Overlay", description = "Adds the tile with the outlines of the classes, or of the segments.")
    @Persist(configKey = "with_overlay")
    boolean withOverlay = true;

    @Layout(Pictures.class)
    @Widget(
            title = "Comparison",
            description = "Adds tile, truth and prediction side by side, where there are a true mask and a prediction.")
    @Persist(configKey = "with_comparison")
    boolean withComparison = true;

    @Layout(Execution.class)
    @Widget(
            title = UnreadableSlide.TITLE,
            description = UnreadableSlide.DESCRIPTION + " A tile that cannot be read has no row.")
    @ValueSwitchWidget
    @Persist(configKey = "on_failure")
    UnreadableSlide onFailure = UnreadableSlide.SKIP;

    @Layout(Execution.class)
    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    SegmentZeroShot.Settings segments() {
        final SegmentZeroShot.Merging merging =
                switch (until) {
                    case SEGMENTS -> new SegmentZeroShot.Merging.AtMost(segments);
                    case THRESHOLD -> new SegmentZeroShot.Merging.Below(threshold);
                };
        return new SegmentZeroShot.Settings(timestep, merging, points, rounds, compute.seed);
    }

    SegmentRule segmentRule() {
        return switch (rule) {
            case MAJORITY -> SegmentRule.MAJORITY;
            case ONE_TO_ONE -> SegmentRule.ONE_TO_ONE;
        };
    }

    ClassLabels classes() throws RunFailed {
        final List<String> names =
                Arrays.stream(classNames.split(",")).map(String::trim).toList();
        return new ClassLabels(maskValues.coding(classColours), names);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        compute.validate();
        Checks.range("Grid of anchors", points, 2, 1024);
        Checks.range("Segments", segments, 2, 256);
        Checks.range("Rounds", rounds, 1, 20);
        Checks.range("Time-step", timestep, 0, 99_999);
        Checks.range("Merge threshold", threshold, 1e-6, 1000);
        try {
            final ClassLabels classes = classes();
            final List<String> names = classes.names();
            if (names.size() < 2 || names.contains("") || new HashSet<>(names).size() < names.size()) {
                throw new InvalidSettingsException("Setting \"Class names\" is \"" + classNames
                        + "\". Give two or more different names separated by commas, background first.");
            }
            classes.requireFit("setting \"Mask values\"");
        } catch (final RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
