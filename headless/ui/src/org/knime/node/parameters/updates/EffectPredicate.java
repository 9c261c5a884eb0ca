package org.knime.node.parameters.updates;

/** A condition on parameters. Dialogs are not shown here, so that it is never asked. */
public interface EffectPredicate {

    default EffectPredicate and(EffectPredicate other) {
        return this;
    }

    default EffectPredicate or(EffectPredicate other) {
        return this;
    }

    default EffectPredicate negate() {
        return this;
    }
}
