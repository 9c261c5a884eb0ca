package org.selfdiff.nodes.slides.tiler;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
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
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.selfdiff.imaging.grid.Resolution;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.stages.slides.CutTiles;

/** How large a pixel of a tile is. */
final class ResolutionParameters implements NodeParameters {

    /** What the size of a tile's pixel is told in. */
    enum Target {
        @Label(value = "As scanned", description = "The finest level as it is, whatever its resolution.")
        FINEST,
        @Label(
                value = "Micrometres per pixel",
                description = "The same physical size of a pixel on every slide, such as 0.5.")
        MPP,
        @Label(
                value = "Magnification",
                description =
                        "As through an objective, such as 20; for files that name the objective and no micrometres.")
        MAGNIFICATION
    }

    interface TargetReference extends ParameterReference<Target> {}

    static final class ByMpp implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TargetReference.class).isOneOf(Target.MPP);
        }
    }

    static final class ByMagnification implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(TargetReference.class).isOneOf(Target.MAGNIFICATION);
        }
    }

    @Widget(title = "Resolution", description = "How large a pixel of a tile is.")
    @ValueSwitchWidget
    @ValueReference(TargetReference.class)
    @Persist(configKey = "target")
    Target target = Target.FINEST;

    @Widget(
            title = "Micrometres per pixel",
            description =
                    "Side of a tile's pixel: 0.25 is about 40x, 0.5 about 20x, 1 about 10x. The next finer level is "
                            + "read and the rest averaged; nothing is enlarged.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = ByMpp.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "mpp")
    double mpp = 0.5;

    @Widget(title = "Magnification", description = "Of the objective that tiles are to be seen through.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    @Effect(predicate = ByMagnification.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "magnification")
    double magnification = 20;

    @Widget(
            title = "Micrometres per pixel of the files",
            description = "In place of what the files say, for files that say nothing or something wrong; 0 to believe "
                    + "them. A file that says nothing is never guessed at.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "mpp_override")
    double mppOverride;

    @Advanced
    @Widget(
            title = "Tolerance",
            description =
                    "A level that differs by no more than this share is read as it is, because averaging to a pixel "
                            + "that is hardly larger blurs and gains nothing. The table holds the true value.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "tolerance")
    double tolerance = 0.05;

    /** How slides are read. */
    CutTiles.Reading reading() {
        return new CutTiles.Reading(
                switch (target) {
                    case FINEST -> Resolution.finest();
                    case MPP -> Resolution.mpp(mpp);
                    case MAGNIFICATION -> Resolution.magnification(magnification);
                },
                mppOverride,
                tolerance);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Micrometres per pixel", mpp, 0.001, 1000);
        Checks.range("Magnification", magnification, 0.01, 1000);
        Checks.range("Micrometres per pixel of the files", mppOverride, 0, 1000);
        Checks.range("Tolerance", tolerance, 0, 0.5);
    }
}
