package org.knime.node.parameters.updates;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Shows, hides or greys out a parameter. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Effect {
    /** What happens when the predicate holds. */
    enum EffectType {
        DISABLE,
        ENABLE,
        HIDE,
        SHOW
    }

    Class<? extends EffectPredicateProvider> predicate();

    EffectType type();
}
