package org.selfdiff.nodes.diffusion.conditions;

import org.knime.core.node.InvalidSettingsException;
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
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.diffusion.conditions.Interpolation;
import org.selfdiff.diffusion.conditions.LabelRule;
import org.selfdiff.nodes.common.Checks;

/** How conditions lie between two pictures. */
final class InterpolationParameters implements NodeParameters {

    /** The way from the one to the other. */
    enum Path {
        @Label(value = "Linear", description = "In a straight line.")
        LINEAR,
        @Label(value = "Spherical", description = "Along the arc between the directions, which keeps lengths (slerp).")
        SPHERICAL
    }

    /** The other picture. */
    enum Partner {
        @Label(value = "Nearest", description = "One of the nearest by Euclidean distance.")
        NEAREST,
        @Label(value = "Same label", description = "Any other picture of the same label.")
        SAME_LABEL,
        @Label(value = "Random", description = "Any other picture.")
        RANDOM
    }

    /** The label of what lies between. */
    enum Rule {
        @Label(value = "Agreed", description = "The label of both; missing where they disagree.")
        AGREED,
        @Label(value = "Nearer", description = "That of the picture that weighs more.")
        NEARER,
        @Label(value = "Source", description = "That of the source, whatever the partner's.")
        SOURCE
    }

    interface PartnerReference extends ParameterReference<Partner> {}

    /** Whether partners are near ones. */
    static final class Near implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PartnerReference.class).isOneOf(Partner.NEAREST);
        }
    }

    @Widget(title = "Path", description = "The way from the one embedding to the other.")
    @ValueSwitchWidget
    @Persist(configKey = "path")
    Path path = Path.SPHERICAL;

    @Widget(title = "Partner", description = "How the second picture is chosen, anew for each condition.")
    @ValueSwitchWidget
    @ValueReference(PartnerReference.class)
    @Persist(configKey = "partner")
    Partner partner = Partner.NEAREST;

    @Widget(title = "Neighbours", description = "Of how many nearest pictures one is taken.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = Near.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "neighbours")
    int neighbours = 5;

    @Widget(title = "Least weight of the partner", description = "0 to 1; 0 is the source itself.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "least_weight")
    double least = 0.2;

    @Widget(title = "Most weight of the partner", description = "Weights are drawn evenly between the two.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "most_weight")
    double most = 0.5;

    @Widget(title = "Label", description = "Which label a condition gets.")
    @ValueSwitchWidget
    @Persist(configKey = "label_rule")
    Rule rule = Rule.AGREED;

    boolean needsLabels() {
        return partner == Partner.SAME_LABEL;
    }

    Interpolation strategy() {
        return new Interpolation(
                switch (path) {
                    case LINEAR -> Interpolation.Path.LINEAR;
                    case SPHERICAL -> Interpolation.Path.SPHERICAL;
                },
                switch (partner) {
                    case NEAREST -> Interpolation.Partner.NEAREST;
                    case SAME_LABEL -> Interpolation.Partner.SAME_LABEL;
                    case RANDOM -> Interpolation.Partner.RANDOM;
                },
                neighbours,
                least,
                most,
                switch (rule) {
                    case AGREED -> LabelRule.AGREED;
                    case NEARER -> LabelRule.NEARER;
                    case SOURCE -> LabelRule.SOURCE;
                });
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Neighbours", neighbours, 1, 1_000_000);
        Checks.range("Least weight of the partner", least, 0, 1);
        Checks.range("Most weight of the partner", most, least, 1);
    }
}
