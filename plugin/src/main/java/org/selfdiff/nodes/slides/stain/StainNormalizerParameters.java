package org.selfdiff.nodes.slides.stain;

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
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.UnreadableSlide;

/** Settings of the Stain Normalizer. */
final class StainNormalizerParameters implements NodeParameters {

    /** How a look is described. */
    enum Method {
        @Label(value = "Macenko", description = "Stains as the extreme directions of optical density. Quick.")
        MACENKO,
        @Label(value = "Vahadane", description = "Stains by sparse factorisation. Slower, steadier.")
        VAHADANE,
        @Label(value = "Reinhard", description = "Mean and spread of colours; for any stain.")
        REINHARD
    }

    /** The common look. */
    enum CommonLook {
        @Label(
                value = "Published reference",
                description = "The same for every data set, so that models can be exchanged.")
        STANDARD,
        @Label(value = "First slide", description = "The look of the first slide of the table.")
        FIRST,
        @Label(value = "Picture", description = "The look of a slide or picture that you name.")
        PICTURE
    }

    interface LookReference extends ParameterReference<CommonLook> {}

    static final class ByPicture implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LookReference.class).isOneOf(CommonLook.PICTURE);
        }
    }

    @Widget(title = "Method", description = "How the look of a slide is found.")
    @ValueSwitchWidget
    @Persist(configKey = "method")
    Method method = Method.MACENKO;

    @Widget(title = "Common look", description = "What all slides are brought to.")
    @ValueSwitchWidget
    @ValueReference(LookReference.class)
    @Persist(configKey = "common_look")
    CommonLook commonLook = CommonLook.STANDARD;

    @Widget(
            title = "Picture",
            description = "A slide or picture that looks as all shall look. Absolute, relative to the workflow, or "
                    + "<tt>knime://</tt>.")
    @Effect(predicate = ByPicture.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "picture")
    String picture = "";

    @Widget(title = UnreadableSlide.TITLE, description = UnreadableSlide.DESCRIPTION)
    @ValueSwitchWidget
    @Persist(configKey = "on_failure")
    UnreadableSlide onFailure = UnreadableSlide.SKIP;

    @Advanced
    @Widget(title = "Threads", description = "How many slides are worked on at once; 0 for one a processor.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "threads")
    int threads;

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Threads", threads, 0, 1024);
        if (commonLook == CommonLook.PICTURE && picture.isBlank()) {
            throw new InvalidSettingsException("No picture is named whose look is to be taken. Set \"Picture\".");
        }
    }
}
