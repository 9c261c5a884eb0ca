package org.knime.node.parameters;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.knime.node.parameters.updates.Effect;

/** Makes a parameter visible in the dialog and in the node description. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Widget {
    String title();

    /** What it does; XHTML. */
    String description();

    boolean advanced() default false;

    Effect effect() default @Effect(predicate = NoEffect.class, type = Effect.EffectType.SHOW);
}
