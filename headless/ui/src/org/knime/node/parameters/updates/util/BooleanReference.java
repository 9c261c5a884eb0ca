package org.knime.node.parameters.updates.util;

import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;

/** The name of a check box, which is also the condition that it is set. */
public interface BooleanReference extends ParameterReference<Boolean>, EffectPredicateProvider {

    @Override
    default EffectPredicate init(PredicateInitializer i) {
        return i.getBoolean(getClass()).isTrue();
    }
}
